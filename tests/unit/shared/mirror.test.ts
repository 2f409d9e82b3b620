import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";

/** Folders of formulas: each file of theirs is proven by a table at the mirrored path. */
const folders = ["measure", "series", "stats"];
const root = new URL("../../../", import.meta.url);

test.each(folders)("every file of shared/%s has its test at the same path under tests/unit", (folder) => {
  const files = readdirSync(new URL(`shared/${folder}/`, root)).filter((name) => name.endsWith(".ts"));
  expect(files.length).toBeGreaterThan(0);
  const untested = files
    .map((name) => `tests/unit/shared/${folder}/${name.replace(/\.ts$/, ".test.ts")}`)
    .filter((path) => !existsSync(new URL(path, root)));
  expect(untested).toEqual([]);
});
