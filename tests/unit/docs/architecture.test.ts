import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../../", import.meta.url);

test("every folder and file that the map names is there", () => {
  const page = readFileSync(new URL("docs/architecture.md", root), "utf8");
  const paths = [...page.matchAll(/`((?:shared|electron|renderer|tests|docs)\/[^`<]*|biome\.json)`/g)].map(
    ([, path]) => path ?? "",
  );
  expect(paths.length).toBeGreaterThan(40);
  expect(paths.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});
