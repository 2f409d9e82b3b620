import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { width } from "../../../../shared/columns.ts";
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  frameVersion,
  nothingKnown,
} from "../../../../shared/wire/frames.ts";

const frame: Frame = {
  sequence: 7,
  at: 1_795_500_000_000,
  whole: false,
  came: [],
  went: ["docker:gone"],
  events: [{ at: 1, kind: "died", instance: "docker:gone", detail: "137 \u202e\ud83d 🐳 컨테이너" }],
  host: {
    cores: 0.5,
    available: null,
    free: 0,
    cache: null,
    read: null,
    written: null,
    received: null,
    sent: null,
  },
  self: { cores: null, resident: 50_000_000 },
  engines: null,
  facts: null,
  replay: null,
  findings: [],
  rows: new Map([
    [0, { ...nothingKnown, cores: 0, gross: 2 ** 50 + 1 }],
    [41, { ...nothingKnown, other: -4096 }],
  ]),
};

/** The bytes of a frame whose parts are as given, whether they fit together or not. */
function bytesOf(
  head: string,
  rows: readonly (readonly number[])[],
  columns = width,
  version = frameVersion,
) {
  const text = new TextEncoder().encode(head);
  const start = Math.ceil((12 + text.length) / 8) * 8;
  const bytes = new Uint8Array(start + rows.length * (columns + 1) * 8).fill(0x20, 0, start);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x45524154, true);
  view.setUint16(4, version, true);
  view.setUint16(6, columns, true);
  view.setUint32(8, start - 12, true);
  bytes.set(text, 12);
  new Float64Array(bytes.buffer, start).set(rows.flat());
  return bytes;
}
const refused = (bytes: Uint8Array) => expect(() => decodeFrame(bytes));

describe("round trip", () => {
  test("every part as it was: null stays null, 0 stays 0", () => {
    expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
  });

  test("without rows", () => {
    const empty = { ...frame, rows: new Map() };
    expect(decodeFrame(encodeFrame(empty))).toEqual(empty);
  });

  test("whatever the length of the head, rows are aligned", () => {
    for (let length = 0; length < 9; length++) {
      const one = { ...frame, went: ["x".repeat(length)] };
      expect(decodeFrame(encodeFrame(one))).toEqual(one);
    }
  });

  test("bytes that stand anywhere in a larger buffer, as a socket gives them", () => {
    const bytes = encodeFrame(frame);
    for (const offset of [0, 1, 5]) {
      const buffer = Buffer.alloc(bytes.length + 16);
      buffer.set(bytes, offset);
      expect(decodeFrame(buffer.subarray(offset, offset + bytes.length))).toEqual(frame);
    }
  });

  test("300 instances take their figures, and little more", () => {
    const rows = new Map(Array.from({ length: 300 }, (_, slot) => [slot, nothingKnown]));
    expect(encodeFrame({ ...frame, rows }).length).toBeLessThan(300 * (width + 1) * 8 + 1_000);
  });
});

describe("other versions of the registry", () => {
  const { rows: _, ...head } = frame;
  test("a recording that knew fewer figures: the others are unknown", () => {
    const { rows } = decodeFrame(bytesOf(JSON.stringify(head), [[3, 0.25, 2]], 2));
    expect(rows.get(3)).toEqual({ ...nothingKnown, cores: 0.25, cpuLimit: 2 });
  });
  test("one that knew more: what we don't know is left out", () => {
    const row = [3, 0.25, ...Array.from({ length: width + 4 }, () => Number.NaN)];
    const { rows } = decodeFrame(bytesOf(JSON.stringify(head), [row], width + 5));
    expect(rows.get(3)).toEqual({ ...nothingKnown, cores: 0.25 });
  });
});

describe("cut and hostile", () => {
  const whole = encodeFrame(frame);
  test("cut at any byte: refused with a RangeError that says why", () => {
    for (let length = 0; length < whole.length; length++) {
      // Cut between two rows it is a whole frame of fewer rows: the carrier and the recording know its length.
      if ((whole.length - length) % ((width + 1) * 8) === 0) continue;
      refused(whole.subarray(0, length)).toThrow(RangeError);
    }
  });
  test.each([
    ["nothing", new Uint8Array(0), "cut"],
    ["not ours", new Uint8Array(64), "not a frame"],
    ["a version of tomorrow", bytesOf("{}", [], width, 2), "other version"],
    ["a head that is no JSON", bytesOf("{", []), "not JSON"],
    ["a head that is a list", bytesOf("[]", []), "no object"],
    ["a head that is null", bytesOf("null", []), "no object"],
    ["a slot below 0", bytesOf("{}", [[-1, 5]], 1), "not a slot"],
    ["a slot that is no number", bytesOf("{}", [[Number.NaN, 5]], 1), "not a slot"],
    ["a slot of half", bytesOf("{}", [[0.5, 5]], 1), "not a slot"],
  ])("%s", (_, bytes, why) => {
    refused(bytes).toThrow(RangeError);
    refused(bytes).toThrow(why);
  });
  test("a head longer than the frame, up to 4 GiB", () => {
    const bytes = whole.slice();
    for (const length of [whole.length, 0xffff_fff4, 0xffff_ffff]) {
      new DataView(bytes.buffer).setUint32(8, length, true);
      refused(bytes).toThrow("do not add up");
    }
  });
  test("infinity in a row is unknown, as NaN is", () => {
    const bytes = bytesOf("{}", [[1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]], 2);
    expect(decodeFrame(bytes).rows.get(1)).toEqual(nothingKnown);
  });
  test("__proto__ in a head changes no prototype", () => {
    const read = decodeFrame(bytesOf('{"__proto__":{"polluted":1},"sequence":1}', []));
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
  test("any bytes, and any byte of a frame turned: read, or refused with a RangeError", () => {
    const check = (bytes: Uint8Array) => {
      try {
        decodeFrame(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), check));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (index, turn) => {
        const bytes = whole.slice();
        bytes[index] = (bytes[index] ?? 0) ^ turn;
        check(bytes);
      }),
    );
  });
});
