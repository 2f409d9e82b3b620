import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

// The lines of architecture are held by the linter; here each line is broken once, and the linter must refuse it.
const top = fileURLToPath(new URL("../../..", import.meta.url));
const planted = join(top, "tests/lint/violations");
const folder = mkdtempSync(join(tmpdir(), "tare-lint-"));
let refusals: ReadonlyMap<string, readonly string[]> = new Map();

beforeAll(() => {
  cpSync(planted, folder, { recursive: true });
  cpSync(join(top, "biome.json"), join(folder, "biome.json"));
  cpSync(
    join(top, "tests/lint/format-in-one-file.grit"),
    join(folder, "tests/lint/format-in-one-file.grit"),
    { recursive: true },
  );
  symlinkSync(join(top, "node_modules"), join(folder, "node_modules"));
  refusals = lint();
}, 30_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lint(): ReadonlyMap<string, readonly string[]> {
  let out: string;
  try {
    out = execFileSync(
      process.execPath,
      [
        join(top, "node_modules/@biomejs/biome/bin/biome"),
        "lint",
        "--vcs-enabled=false",
        "--reporter=json",
        "--max-diagnostics=500",
        ".",
      ],
      { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
    );
  } catch (error) {
    out = (error as { readonly stdout: string }).stdout;
  }
  const found = new Map<string, string[]>();
  const { diagnostics } = JSON.parse(out) as {
    readonly diagnostics: readonly {
      readonly category: string;
      readonly severity: string;
      readonly location: { readonly path: string | { readonly file: string } };
    }[];
  };
  for (const { category, severity, location } of diagnostics) {
    if (severity !== "error") continue;
    const file = typeof location.path === "string" ? location.path : location.path.file;
    found.set(file, [...(found.get(file) ?? []), category]);
  }
  return found;
}

const files = readdirSync(planted, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(planted, join(entry.parentPath, entry.name)));

test.each(files)("%s is refused", (file) => {
  expect(refusals.get(file) ?? []).not.toEqual([]);
});

test.each([
  ["shared/bad.ts", "lint/correctness/noNodejsModules"],
  ["shared/bad.ts", "lint/style/noRestrictedImports"],
  ["shared/bad.ts", "lint/style/noRestrictedGlobals"],
  ["shared/bad.ts", "lint/correctness/noProcessGlobal"],
  ["shared/kinds.ts", "lint/nursery/useExhaustiveSwitchCases"],
  ["shared/kinds.ts", "lint/style/noNonNullAssertion"],
  ["shared/kinds.ts", "lint/style/noDefaultExport"],
  ["shared/long.ts", "lint/style/noExcessiveLinesPerFile"],
  ["electron/index.ts", "lint/performance/noReExportAll"],
  ["electron/cycle-b.ts", "lint/nursery/noFloatingPromises"],
  ["electron/cycle-b.ts", "lint/suspicious/noImportCycles"],
  ["electron/cycleA.ts", "lint/style/useFilenamingConvention"],
  ["electron/sampler-x.ts", "lint/style/noRestrictedImports"],
  ["electron/engines/libvirt/libvirt.ts", "lint/style/noRestrictedImports"],
  ["electron/machine/spawn.ts", "lint/style/noRestrictedImports"],
  ["electron/lab/race.ts", "lint/style/noRestrictedImports"],
  ["electron/live/sampler.ts", "lint/style/noRestrictedImports"],
  ["renderer/views/bad.tsx", "lint/style/noJsxLiterals"],
  ["renderer/charts/gantt.tsx", "plugin"],
  ["renderer/views/limits/limits-view.tsx", "lint/style/noRestrictedImports"],
])("%s breaks %s", (file, rule) => {
  expect(refusals.get(file)).toContain(rule);
});
