import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dataDirectory } from "../../../../electron/machine/data-directory.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tare-data-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (path: string) => statSync(path).mode & 0o777;

test("a missing one is made, with its parents, for this user alone", () => {
  const path = join(folder, "a/b");
  expect(dataDirectory(path)).toBe(path);
  expect([modeOf(path), modeOf(join(folder, "a"))]).toEqual([0o700, 0o700]);
});

test("one that was there keeps its mode: --data-dir /tmp must not close /tmp", () => {
  const path = join(folder, "open");
  mkdirSync(path);
  chmodSync(path, 0o755);
  dataDirectory(path);
  expect(modeOf(path)).toBe(0o755);
});

test("a file, a link, a place where nothing can be made: refused", () => {
  writeFileSync(join(folder, "file"), "");
  symlinkSync(folder, join(folder, "link"));
  expect(() => dataDirectory(join(folder, "file"))).toThrow("ENOTDIR");
  expect(() => dataDirectory(join(folder, "link"))).toThrow("ENOTDIR");
});

test.runIf(process.platform === "linux")("a folder under /proc is refused at once", () => {
  expect(() => dataDirectory("/proc/tare/x")).toThrow("ENOENT");
});
