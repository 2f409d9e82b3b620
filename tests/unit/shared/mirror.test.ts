import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";

/** Folders of formulas: each file of theirs is proven by a table at the mirrored path. */
const folders = ["measure", "rules", "series", "stats"];
/** Nothing but types, a list, or a table of numbers: what they hold is proven where it is used. */
const declared: ReadonlySet<string> = new Set(["rule.ts", "rules.ts", "thresholds.ts"]);
const root = new URL("../../../", import.meta.url);

test.each(folders)("every file of shared/%s has its test at the same path under tests/unit", (folder) => {
  const files = readdirSync(new URL(`shared/${folder}/`, root)).filter(
    (name) => name.endsWith(".ts") && !declared.has(name),
  );
  expect(files.length).toBeGreaterThan(0);
  const untested = files
    .map((name) => `tests/unit/shared/${folder}/${name.replace(/\.ts$/, ".test.ts")}`)
    .filter((path) => !existsSync(new URL(path, root)));
  expect(untested).toEqual([]);
});
