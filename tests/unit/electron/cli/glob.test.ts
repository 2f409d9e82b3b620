import { expect, test } from "vitest";
import { matches } from "../../../../electron/cli/glob.ts";

test.each([
  ["shop-*", "shop-web-1", true],
  ["shop-*", "workshop-web", false],
  ["*", "", true],
  ["", "", true],
  ["", "a", false],
  ["SHOP-?eb", "shop-web", true],
  ["shop-?", "shop-", false],
  ["a.c", "abc", false], // no regular expression
  ["*web*1", "shop-web-1-1", true],
  ["*b", "abab", true],
  ["[a]", "a", false],
])("%s means %s: %s", (pattern, name, meant) => {
  expect(matches(pattern, name)).toBe(meant);
});

test("a pattern that is made to be slow is not", () => {
  const began = process.cpuUsage();
  expect(matches(`${"*a".repeat(2_000)}b`, "a".repeat(4_000))).toBe(false);
  expect(process.cpuUsage(began).user).toBeLessThan(2_000_000);
});
