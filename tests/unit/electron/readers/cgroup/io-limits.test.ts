import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import {
  ioInForce,
  ioKeys,
  parseIoMax,
  parseThrottle,
} from "../../../../../electron/readers/cgroup/io-limits.ts";

test("io.max: the least of each kind over all devices; max is none", () => {
  const text =
    "8:16 rbps=2097152 wbps=max riops=max wiops=120\n8:0 rbps=1048576 wbps=max riops=max wiops=max\n";
  expect(parseIoMax(text)).toEqual({ ioRead: 1_048_576, ioWrite: null, ioReads: null, ioWrites: 120 });
});

test.each(["", "8:16 rbps=max wbps=max riops=max wiops=max\n", "garbage rbps=1\n", "8:16 xrbps=1\n"])(
  "io.max %j: none",
  (text) => expect(Object.values(parseIoMax(text))).toEqual([null, null, null, null]),
);

test.each([
  ["", null],
  ["8:16\t1048576\n8:0 524288\n", 524_288],
  ["8:16 max\n", null],
])("blkio.throttle %j", (text, value) => expect(parseThrottle(text)).toBe(value));

const nowhere = { unified: null, memory: null, cpu: null, cpuacct: null, pids: null, blkio: null };

test("v1 before v2, each with the file that it was read from", () => {
  const top = mkdtempSync(`${tmpdir()}/tare-io-`);
  for (const name of ["v1", "v2"]) mkdirSync(`${top}/${name}`);
  writeFileSync(`${top}/v2/io.max`, "8:0 rbps=1000 wbps=2000 riops=max wiops=max\n");
  writeFileSync(`${top}/v1/blkio.throttle.write_bps_device`, "8:0 3000\n");
  const none = { value: null, ancestor: null, from: null };
  const found = (paths: object) => ioInForce({ ...nowhere, ...paths }, ioKeys, new Map());
  expect(found({ unified: `${top}/v2` })).toEqual({
    ioRead: { value: 1000, ancestor: null, from: `${top}/v2/io.max` },
    ioWrite: { value: 2000, ancestor: null, from: `${top}/v2/io.max` },
    ioReads: none,
    ioWrites: none,
  });
  expect(found({ unified: `${top}/v2`, blkio: `${top}/v1` })).toEqual({
    ioRead: none,
    ioWrite: { value: 3000, ancestor: null, from: `${top}/v1/blkio.throttle.write_bps_device` },
    ioReads: none,
    ioWrites: none,
  });
  expect(found({})).toEqual({ ioRead: none, ioWrite: none, ioReads: none, ioWrites: none });
  rmSync(top, { recursive: true });
});
