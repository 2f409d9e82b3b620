import { expect, test } from "vitest";
import { sectionsOf } from "../../../../renderer/meaning/markdown.ts";

const page = `# Title, not shown

## Working set

Charged - \`inactive_file\`, see [gaps](#gaps) and **net**:
on two lines.
*Edges.* None.

    a + b
    = c

- one
  goes on
- two <https://example.org/a#b>

| from | what |
|---|---|
| v2 | \`memory.max\` |

## <a id="net"></a>순수
`;
const text = (is: string, said: string) => ({ is, text: said });

test("a heading is a section; its blocks are what they look like", () => {
  const [section, korean] = sectionsOf(page);
  expect(section).toEqual({
    anchor: "working-set",
    title: "Working set",
    blocks: [
      {
        is: "paragraph",
        text: [
          text("text", "Charged - "),
          text("code", "inactive_file"),
          text("text", ", see "),
          { is: "link", text: "gaps", to: "gaps" },
          text("text", " and "),
          text("strong", "net"),
          text("text", ": on two lines."),
        ],
      },
      { is: "paragraph", text: [text("em", "Edges."), text("text", " None.")] },
      { is: "formula", text: "a + b\n= c" },
      {
        is: "list",
        items: [
          [text("text", "one goes on")],
          [text("text", "two "), text("address", "https://example.org/a#b")],
        ],
      },
      {
        is: "table",
        head: [[text("text", "from")], [text("text", "what")]],
        rows: [[[text("text", "v2")], [text("code", "memory.max")]]],
      },
    ],
  });
  expect(korean).toEqual({ anchor: "net", title: "순수", blocks: [] });
});

test.each([
  ["markup", "<script>alert(1)</script>"],
  ["a link to elsewhere", "[here](https://example.org)"],
  ["an image", "![it](#x"],
])("%s stays the text that it is", (_, said) => {
  expect(sectionsOf(`## A\n\n${said}\n`)[0]?.blocks).toEqual([
    { is: "paragraph", text: [text("text", said)] },
  ]);
});
