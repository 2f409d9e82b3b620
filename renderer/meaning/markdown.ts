/** A piece of a line. `to`: the heading that a link leads to; an address is shown, never followed. */
export type Inline =
  | { readonly is: "text" | "code" | "em" | "strong" | "address"; readonly text: string }
  | { readonly is: "link"; readonly text: string; readonly to: string };
export type Block =
  | { readonly is: "paragraph"; readonly text: readonly Inline[] }
  | { readonly is: "list"; readonly items: readonly (readonly Inline[])[] }
  | { readonly is: "formula"; readonly text: string }
  | { readonly is: "table"; readonly head: Row; readonly rows: readonly Row[] };
type Row = readonly (readonly Inline[])[];

export type Section = { readonly anchor: string; readonly title: string; readonly blocks: readonly Block[] };

/**
 * docs/measuring.md as what the page draws: one section a heading. It knows what that page uses (paragraphs, lists,
 * tables, lines set apart, code, emphasis, links within, addresses) and leaves all else as the text that it is.
 * `## <a id="net"></a>순수` names its anchor; without one it is the heading as Markdown's hosts write it.
 */
export const sectionsOf = (page: string): readonly Section[] =>
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [head = "", ...lines] = section.split("\n");
      const [, named, title = ""] = /^(?:<a id="([a-z0-9-]+)"><\/a>)?\s*(.*?)\s*$/.exec(head) ?? [];
      return { anchor: named ?? anchorOf(title), title, blocks: blocksOf(lines.join("\n")) };
    });

const anchorOf = (title: string) =>
  title
    .toLowerCase()
    .replaceAll(" ", "-")
    .replace(/[^a-z0-9-]/g, "");

const blocksOf = (text: string): readonly Block[] =>
  text
    .split(/\n{2,}/)
    .map((block) => block.replace(/^\n+|\s+$/g, ""))
    .filter(Boolean)
    .flatMap((block) => partsOf(block).map(blockOf));

/** "*Case.*" and its like begin a paragraph of their own, also where no empty line stands before them. */
const partsOf = (block: string): readonly string[] =>
  /^(?:- |\|| {4})/.test(block) ? [block] : block.split(/\n(?=\*[^*\s][^*]*\.\*)/);

function blockOf(block: string): Block {
  if (block.startsWith("    "))
    return {
      is: "formula",
      text: block
        .split("\n")
        .map((line) => line.trim())
        .join("\n"),
    };
  if (block.startsWith("- "))
    return { is: "list", items: block.split(/\n(?=- )/).map((item) => inlineOf(joined(item.slice(2)))) };
  if (block.startsWith("|")) {
    const [head = "", , ...rows] = block.split("\n");
    return { is: "table", head: cellsOf(head), rows: rows.map(cellsOf) };
  }
  return { is: "paragraph", text: inlineOf(joined(block)) };
}

const joined = (text: string) => text.replace(/\s*\n\s*/g, " ");
const cellsOf = (row: string): Row =>
  row
    .split("|")
    .slice(1, -1)
    .map((cell) => inlineOf(cell.trim()));

const inline = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\(#([a-z0-9-]+)\)|<(https:\/\/[^>\s]+)>/g;

function inlineOf(text: string): readonly Inline[] {
  const found: Inline[] = [];
  let at = 0;
  const plain = (until: number) => {
    if (until > at) found.push({ is: "text", text: text.slice(at, until) });
  };
  for (const match of text.matchAll(inline)) {
    const [whole, code, strong, em, link, to, address] = match;
    plain(match.index);
    at = match.index + whole.length;
    if (link !== undefined && to !== undefined) found.push({ is: "link", text: link, to });
    else if (code !== undefined) found.push({ is: "code", text: code });
    else if (strong !== undefined) found.push({ is: "strong", text: strong });
    else if (em !== undefined) found.push({ is: "em", text: em });
    else found.push({ is: "address", text: address ?? "" });
  }
  plain(text.length);
  return found;
}
