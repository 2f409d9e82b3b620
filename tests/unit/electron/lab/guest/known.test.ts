import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as z from "zod/mini";
import { keyOf, recall, remember } from "../../../../../electron/lab/guest/known.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tare-known-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const schema = z.object({ took: z.number() });
const found = { took: 12.5 };

test("what was found is known again under its key, and under no other", () => {
  remember(join(folder, "lab"), "one.json", keyOf("7.2"), found);
  expect(recall(join(folder, "lab"), "one.json", keyOf("7.2"), schema)).toEqual(found);
  expect(recall(join(folder, "lab"), "one.json", keyOf("8.0"), schema)).toBeNull();
  expect(readdirSync(join(folder, "lab"))).toEqual(["one.json"]);
});

test.each([
  ["half a file", '{"key":"k","fou'],
  ["of another form", '{"key":"k","found":{"took":"12"}}'],
  ["no object", "null"],
])("%s is nothing known", (_, text) => {
  writeFileSync(join(folder, "one.json"), text);
  expect(recall(folder, "one.json", "k", schema)).toBeNull();
});

test("where nothing can be kept nothing is left", () => {
  writeFileSync(join(folder, "in the way"), "");
  remember(join(folder, "in the way"), "one.json", "k", found);
  expect(readdirSync(folder)).toEqual(["in the way"]);
});
