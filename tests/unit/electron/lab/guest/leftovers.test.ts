import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { note, sweepGuests } from "../../../../../electron/lab/guest/leftovers.ts";
import { readStartTicks } from "../../../../../electron/machine/process-start.ts";

let folder: string;
let guest: ChildProcess;
let pid: number;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tare-leftovers-"));
  guest = spawn("sleep", ["600"]);
  await once(guest, "spawn");
  pid = guest.pid ?? 0;
});
afterEach(() => {
  guest.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});
const ticks = () => readStartTicks("/proc", pid);
const leave = (...name: readonly (number | null)[]) => writeFileSync(join(folder, name.join("-")), "");

test("a guest whose Tare lives is left alone, and its note goes when it does", () => {
  const forget = note(folder, pid);
  expect(readdirSync(folder)).toHaveLength(1);
  expect(sweepGuests(folder)).toBe(0);
  expect(guest.exitCode ?? guest.signalCode).toBeNull();
  forget();
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ["is gone", 2 ** 22 + 1, 1],
  ["is another program by now: its pid came again", process.pid, 1],
])("a guest whose Tare %s is ended", async (_, owner, ownerTicks) => {
  const ended = once(guest, "exit");
  leave(pid, ticks(), owner, ownerTicks);
  expect(sweepGuests(folder)).toBe(1);
  expect(await ended).toEqual([null, "SIGKILL"]);
  expect(readdirSync(folder)).toEqual([]);
});

test("another program that has the guest's pid by now is not touched", () => {
  leave(pid, (ticks() ?? 0) + 1, 2 ** 22 + 1, 1);
  expect(sweepGuests(folder)).toBe(0);
  expect(guest.signalCode).toBeNull();
  expect(readdirSync(folder)).toEqual([]);
});

test("what is no note of ours stays, and no folder is nothing to sweep", () => {
  writeFileSync(join(folder, "notes.txt"), "");
  leave(pid, null);
  expect(sweepGuests(folder)).toBe(0);
  expect(readdirSync(folder)).toHaveLength(2);
  expect(sweepGuests(join(folder, "none"))).toBe(0);
});
