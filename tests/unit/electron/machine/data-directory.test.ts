import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dataDirectory } from "../../../../electron/machine/data-directory.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tare-data-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("made with all above it, for this user alone, and empty", () => {
  const path = join(folder, "a/b/한글");
  expect(dataDirectory(path)).toBe(path);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(readdirSync(path)).toEqual([]);
});

test("the mode of one that was there is the user's own affair", () => {
  const path = join(folder, "open");
  mkdirSync(path);
  chmodSync(path, 0o755);
  dataDirectory(path);
  expect(statSync(path).mode & 0o777).toBe(0o755);
});

test("a file, and what lies below one", () => {
  const path = join(folder, "file");
  writeFileSync(path, "mine");
  expect(() => dataDirectory(path)).toThrow(/EEXIST|ENOTDIR/);
  expect(() => dataDirectory(join(path, "below"))).toThrow("ENOTDIR");
});

test("a link is not followed, wherever it leads", () => {
  const elsewhere = join(folder, "elsewhere");
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, join(folder, "link"));
  expect(() => dataDirectory(join(folder, "link"))).toThrow("ENOTDIR");
});

test("somebody else's", () => {
  // Root's; for root itself a place that the kernel makes nothing in.
  const path = process.getuid?.() === 0 ? "/proc/tare" : "/";
  expect(() => dataDirectory(path)).toThrow(/ENOENT|EACCES|EPERM/);
});
