import type { Terminal } from "./terminal.ts";

/** SGR parameters, https://man7.org/linux/man-pages/man4/console_codes.4.html */
export type Colour = "plain" | "bold" | "dim" | "container" | "vm" | "over";
const codes: { readonly [colour in Colour]: string } = {
  plain: "",
  bold: "1",
  dim: "2",
  container: "36",
  vm: "33",
  over: "31",
};

export type Cell = { readonly text: string; readonly colour?: Colour };
export type Column = { readonly title: string; readonly right?: boolean };

/** Text in a colour, where the terminal has any. */
export function paint({ colour }: Pick<Terminal, "colour">, text: string, as: Colour): string {
  return colour && codes[as] !== "" ? `\x1b[${codes[as]}m${text}\x1b[0m` : text;
}

/** Columns in line, two spaces apart. Texts from outside have passed `visible` before they come here. */
export function table(
  terminal: Pick<Terminal, "colour">,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): readonly string[] {
  const head = columns.map(({ title }): Cell => ({ text: title, colour: "dim" }));
  const widths = columns.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => columnsOf(row[column]?.text ?? ""))),
  );
  return [head, ...rows].map((row) =>
    columns
      .map(({ right }, column) => {
        const { text, colour = "plain" }: Cell = row[column] ?? { text: "" };
        const space = " ".repeat((widths[column] ?? 0) - columnsOf(text));
        return right ? space + paint(terminal, text, colour) : paint(terminal, text, colour) + space;
      })
      .join("  ")
      .trimEnd(),
  );
}

/** Two columns of a terminal for what East Asian Width calls wide (Hangul, Han, kana, full-width forms, emoji). */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns that a text takes in a terminal. Combining marks take none. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += /\p{M}/u.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

/** At most `most` columns of it, with an ellipsis where something is left out. */
export function shorten(text: string, most: number): string {
  if (columnsOf(text) <= most) return text;
  let kept = "";
  for (const character of text) {
    if (columnsOf(kept + character) > most - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
