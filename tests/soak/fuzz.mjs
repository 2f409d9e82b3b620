// npm run fuzz [-- 100000]: every parser with so many inputs, a million as a rule. Takes hours, so it is no part of npm test.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const top = fileURLToPath(new URL("../..", import.meta.url));
const inputs = process.argv[2] ?? "1000000";
const fuzzed = readdirSync(`${top}tests/unit`, { recursive: true, encoding: "utf8" })
  .map((name) => `tests/unit/${name}`)
  .filter((path) => path.endsWith(".test.ts") && readFileSync(top + path, "utf8").includes("fuzzRuns("));
const { status } = spawnSync(
  process.execPath,
  [
    `${top}node_modules/vitest/vitest.mjs`,
    ...["run", "-c", "tests/vitest.config.ts", "--project", "unit", "--testTimeout", String(6 * 3_600_000)],
    ...fuzzed,
  ],
  { cwd: top, stdio: "inherit", env: { ...process.env, TARE_FUZZ: inputs } },
);
process.exitCode = status ?? 1;
