import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readStartedAt, readStartTicks } from "../../../../electron/machine/process-start.ts";

let proc: string;
beforeEach(() => {
  proc = mkdtempSync(join(tmpdir(), "tare-proc-"));
  mkdirSync(join(proc, "70"));
});
afterEach(() => rmSync(proc, { recursive: true }));

test("a start is counted from the last bracket of the name", () => {
  writeFileSync(join(proc, "70/stat"), `70 (a) S 1 (b) S 1 ${"0 ".repeat(17)}512345 0 0\n`);
  expect(readStartTicks(proc, 70)).toBe(512_345);
  expect(readStartTicks(proc, 71)).toBeNull();
});

test("a start becomes a moment", () => {
  const now = 1_795_500_000_000;
  writeFileSync(join(proc, "uptime"), "1000.00 1.00\n");
  // Began 900.00 s after boot, and it is 1,000.00 s after boot.
  expect(readStartedAt(proc, 90_000, now)).toBe(now - 100_000);
  writeFileSync(join(proc, "uptime"), "");
  expect(readStartedAt(proc, 90_000, now)).toBeNull();
});

test("this process began before now", () => {
  const ticks = readStartTicks("/proc", process.pid);
  expect(ticks).toBeGreaterThan(0);
  expect(readStartedAt("/proc", ticks ?? 0, Date.now())).toBeLessThan(Date.now());
});
