import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  descriptors,
  hold,
  isGone,
  lengthOf,
  letGo,
  readHeld,
  readOnce,
  shared,
} from "../../../../electron/machine/held-file.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tare-held-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([0, 1, 3_071, 3_072, 4_095, 4_096, 4_097, 40_000, (1 << 18) - 1, 1 << 18, (1 << 18) + 5])(
  "a file of %i bytes is read whole, at the most a buffer full",
  (size) => {
    const path = join(folder, "file");
    writeFileSync(path, "x".repeat(size));
    const file = hold(path);
    if (file === null) throw new Error("not held");
    expect(readHeld(file)).toBe(Math.min(size, shared.length));
    expect(readOnce(path)).toBe(Math.min(size, shared.length));
    letGo(file);
  },
);

test("it is read again from its start", () => {
  const path = join(folder, "file");
  writeFileSync(path, "12\n");
  const file = hold(path);
  expect(lengthOf(file)).toBe(3);
  writeFileSync(path, "1234\n");
  expect(lengthOf(file)).toBe(5);
  expect(shared.toString("latin1", 0, 5)).toBe("1234\n");
  letGo(file);
});

test("a name that is no UTF-8 works", () => {
  const path = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe])]);
  writeFileSync(path, "7");
  const file = hold(path.toString("latin1"));
  expect(lengthOf(file)).toBe(1);
  letGo(file);
});

test("what isn't there is null and -1, and letting go twice counts once", () => {
  const before = descriptors.held;
  expect(hold(join(folder, "nothing"))).toBeNull();
  expect(lengthOf(null)).toBe(-1);
  expect(readOnce(join(folder, "nothing"))).toBe(-1);
  const file = hold(folder);
  expect(lengthOf(file)).toBe(-1); // EISDIR: can't be read, but nothing is gone
  letGo(file);
  letGo(file);
  letGo(null);
  expect(descriptors.held).toBe(before);
});

test("errors that say gone", () => {
  const coded = (code: string) => Object.assign(new Error(code), { code });
  expect(["ENODEV", "ENOENT", "ESRCH"].map((code) => isGone(coded(code)))).toEqual([true, true, true]);
  expect([coded("EIO"), new Error("x"), "ENODEV"].map(isGone)).toEqual([false, false, false]);
});
