import { expect, test } from "vitest";
import { columnsOf, shorten, table } from "../../../../electron/cli/table.ts";

test.each([
  ["web", 3],
  ["웹서버", 6],
  ["サーバ", 6],
  ["é", 1], // e and a combining acute
  ["🐳x", 3],
])("%s takes %i columns", (text, columns) => expect(columnsOf(text)).toBe(columns));

test.each([
  ["abcdef", 6, "abcdef"],
  ["abcdefg", 6, "abcde…"],
  ["웹서버들", 6, "웹서…"], // 4 columns and the ellipsis: a third one would make 7
])("%s in %i columns", (text, most, short) => expect(shorten(text, most)).toBe(short));

const columns = [{ title: "NAME" }, { title: "CPU", right: true }];
const rows = [
  [{ text: "웹" }, { text: "0.25" }],
  [{ text: "web-server", colour: "vm" as const }, { text: "12" }],
];
test("columns stand in line, whatever the script; no colour where there is none", () => {
  expect(table({ colour: false }, columns, rows)).toEqual([
    "NAME         CPU",
    "웹          0.25",
    "web-server    12",
  ]);
});

test("colour changes no width", () => {
  const [, , line = ""] = table({ colour: true }, columns, rows);
  expect(line).toBe("\x1b[33mweb-server\x1b[0m    12");
});
