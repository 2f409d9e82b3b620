import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { quote } from "../../../../../electron/lab/image/shell-quote.ts";

const said = (words: readonly string[]) =>
  execFileSync("/bin/sh", ["-c", `printf '%s\\0' ${words.map(quote).join(" ")}`], { encoding: "utf8" });

test("a shell sees each word as it was, whatever is in it", () => {
  const words = [
    "",
    "a b",
    "it's",
    '"',
    "\\",
    "$HOME `id` $(id)",
    "two\nlines",
    "한국어",
    "'; exit 1; '",
    "*",
    "-n",
    "\t\x7f\x01",
  ];
  expect(said(words)).toBe(`${words.join("\0")}\0`);
});

test("also for words that nobody thought of", () => {
  const word = fc.string({ unit: "grapheme", maxLength: 40 }).map((text) => text.replaceAll("\0", ""));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
      expect(said(words)).toBe(`${words.join("\0")}\0`);
    }),
    { numRuns: 30 },
  );
});
