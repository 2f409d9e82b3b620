import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAuxv } from "../../../../electron/machine/auxv.ts";
import {
  parseDepth,
  parsePrivate,
  parsePss,
  parseStat,
  parseStatus,
} from "../../../../electron/machine/proc-files.ts";
import { fuzzRuns } from "../../../fuzz-runs.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const stat = (text: string) => parseStat(bytes(text), bytes(text).length);
const behind = "S 1 2517 2517 0 -1 138412416 61234 0 12 0 1834 207 0 0 20 0 5 0 91234 1284 77\n";
const fixture = (name: string) => readFileSync(`tests/fixtures/proc/kernel-6.18/${name}`);

describe("/proc/PID/stat", () => {
  const whole = { state: "S", parent: 1, used: 2041, threads: 5, start: 91_234 }; // 1834 + 207
  test.each([
    ["2517 (qemu-system-x86) ", whole],
    ["2517 (a) S 1 (b) c) ", whole], // a name like another process's line
    ["2517 () ", whole],
    ["2517 (한글 이름) ", whole],
  ])("%s", (front, expected) => expect(stat(front + behind)).toEqual(expected));
  test.each([
    "",
    ")",
    "1 (x)",
    "1 (x) ",
    "1 (x) S",
    "1 (x) S 1 2 3\n",
    `1 (x) ${behind.replace("91234", "9x234")}`,
  ])("%j is none", (text) => expect(stat(text)).toBeNull());
  test("the fixture, against a reading of its own", () => {
    const file = fixture("stat");
    const fields = file
      .toString("latin1")
      .replace(/^.*\) /s, "")
      .split(" ");
    expect(parseStat(file, file.length)).toEqual({
      state: fields[0],
      parent: Number(fields[1]),
      used: Number(fields[11]) + Number(fields[12]),
      threads: Number(fields[17]),
      start: Number(fields[19]),
    });
  });
  test("anything: no throw, no NaN", () =>
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string().map(bytes)), (input) => {
        const parsed = parseStat(input, input.length);
        expect(parsed === null || Object.values(parsed).every((value) => !Number.isNaN(value))).toBe(true);
      }),
      fuzzRuns(10_000),
    ));
});

test("/proc/PID/status", () => {
  expect(parseStatus(fixture("status").toString("latin1"))).toMatchObject({ name: "sh", threads: 1 });
  expect(parseStatus("Name:\tkthreadd\nThreads:\t1\n")).toEqual({
    name: "kthreadd",
    resident: null,
    threads: 1,
  });
  expect(parseStatus("")).toBeNull();
});

test("smaps_rollup", () => {
  const text =
    "Rss: 99 kB\nPss:   812 kB\nPss_Dirty: 7 kB\nPrivate_Clean:  4 kB\nPrivate_Dirty: 3 kB\nPrivate_Hugetlb: 1 kB\n";
  expect(parsePss(text)).toBe(812 * 1024);
  expect(parsePrivate(text)).toBe(8 * 1024);
  expect(parsePss("Rss: 99 kB\n")).toBeNull();
  expect(parsePrivate("Rss: 99 kB\n")).toBeNull();
});

test.each([
  ["NSpid:\t4711\t1\n", 2],
  ["Pid:\t4711\nNSpid:\t4711\n", 1],
  ["Pid:\t4711\n", null],
])("%j", (text, depth) => expect(parseDepth(text)).toBe(depth));

test("the auxiliary vector", () => {
  const vector = Buffer.alloc(32);
  vector.writeBigUInt64LE(17n, 0);
  vector.writeBigUInt64LE(100n, 8);
  expect(parseAuxv(vector, 17)).toBe(100);
  expect(parseAuxv(vector, 6)).toBeNull();
  expect(parseAuxv(Buffer.alloc(3), 6)).toBeNull();
});
