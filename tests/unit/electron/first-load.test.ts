import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const top = fileURLToPath(new URL("../../..", import.meta.url));
/** `import`s and `export ... from`s that load something: not those of types, not those that are called when needed. */
const loading = /^(?:import|export)\s(?!type\b)(?:[^;"]*?\sfrom\s)?"([^"]+)";/gm;

/** All that is loaded with `entry`: our files by their path from the top, and packages by name. */
function loadedWith(entry: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const path = resolve(top, file);
    if (!existsSync(path) || !/\.tsx?$/.test(file)) return;
    for (const [whole, from = ""] of readFileSync(path, "utf8").matchAll(loading)) {
      const names =
        /\{([^}]*)\}/
          .exec(whole)?.[1]
          ?.split(",")
          .filter((name) => name.trim() !== "") ?? [];
      if (names.length > 0 && names.every((name) => name.trim().startsWith("type "))) continue;
      visit(from.startsWith(".") ? resolve(dirname(path), from).slice(top.length) : from);
    }
  };
  visit(entry);
  return seen;
}

describe("what the first figure would have to wait for is loaded later", () => {
  test.each([
    ["electron/cli.ts", ["shared/words/en.ts", "shared/words/ko.ts", "execa", "electron/app.ts"]],
    ["electron/web.ts", ["shared/words/en.ts", "shared/words/ko.ts", "execa", "electron/app.ts"]],
    ["shared/wire/channel.ts", ["zod/mini", "shared/wire/calls.ts"]],
  ])("%s", (entry, later) => {
    const loaded = loadedWith(entry);
    expect(loaded.size).toBeGreaterThan(1);
    expect([...loaded].filter((one) => later.includes(one))).toEqual([]);
  });

  test("and is found where it is loaded", () => {
    expect(loadedWith("electron/app.ts")).toContain("execa");
    expect(loadedWith("electron/main.ts")).toContain("shared/words/ko.ts");
  });
});
