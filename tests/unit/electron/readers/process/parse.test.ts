import { expect, test } from "vitest";
import { parseProcessIo, parseStatm } from "../../../../../electron/readers/process/parse.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ["321024 15320 4810 1802 0 38104 0\n", 15_320],
  ["321024\n", null],
  ["a b\n", null],
  ["", null],
])("statm %j", (text, pages) => expect(parseStatm(bytes(text), text.length)).toBe(pages));

const io =
  "rchar: 1948\nwchar: 3\nsyscr: 7\nsyscw: 0\nread_bytes: 4096\nwrite_bytes: 8396800\ncancelled_write_bytes: 12\n";
test.each([
  [io, { read: 4096, written: 8_396_800 }],
  [io.replace("read_bytes: 4096\n", ""), null],
  [io.replace("8396800", "-1"), null],
  ["", null],
])("io %#", (text, reading) => expect(parseProcessIo(text)).toEqual(reading));
