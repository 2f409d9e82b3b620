import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSerialLine } from "../../../../../electron/lab/image/markers.ts";

const nonce = "5f0c9b3a61d2e874";
const parse = (line: string) => parseSerialLine(line, nonce);

describe("parseSerialLine", () => {
  test.each([
    [`TARE:${nonce}:init`, { kind: "init" }, ""],
    [`TARE:${nonce}:exec\r`, { kind: "exec" }, ""],
    [`no line's end TARE:${nonce}:ready`, { kind: "ready" }, "no line's end "],
    [`TARE:${nonce}:exit 137`, { kind: "exit", code: 137 }, ""],
  ])("%j", (line, marker, output) => {
    expect(parse(line)).toEqual({ marker, output });
  });

  test.each([
    "TARE:ready",
    "TARE:0000000000000000:ready",
    `TARE:${nonce}:ready or not`,
    `TARE:${nonce}:exit`,
    `TARE:${nonce}:exit -1`,
    `TARE:${nonce}:exit 1000`,
    `TARE:${nonce}`,
    "",
  ])("takes %j for output", (line) => {
    expect(parse(line)).toEqual({ marker: null, output: line });
  });

  test("gives memory in bytes, and null for what was not told", () => {
    const { marker } = parse(
      `TARE:${nonce}:memory MemTotal=200000 AnonPages=12 Percpu=x workload=10 workloadAnonymous=4`,
    );
    if (marker?.kind !== "memory") throw new Error("no memory");
    const { total, anonymous, perCpu, free, workload, workloadAnonymous } = marker.memory;
    expect({ total, anonymous }).toEqual({ total: 200_000 * 1_024, anonymous: 12 * 1_024 });
    expect({ perCpu, free }).toEqual({ perCpu: null, free: null });
    expect({ workload, workloadAnonymous }).toEqual({ workload: 10 * 1_024, workloadAnonymous: 4 * 1_024 });
  });

  test("never throws, and loses no output that holds no marker", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const line = text.replaceAll("\r", "");
        expect(parse(line)).toEqual({ marker: null, output: line });
        parse(`TARE:${nonce}:${text}`);
      }),
    );
  });
});
