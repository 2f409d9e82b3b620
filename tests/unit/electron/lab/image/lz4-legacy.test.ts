import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unpackLz4 } from "../../../../../electron/lab/image/lz4-legacy.ts";
import { storedLz4 } from "./made-kernels.ts";

function unpack(packed: Buffer, size: number) {
  const steps = unpackLz4(packed, size);
  let pauses = 0;
  for (;;) {
    const { done, value } = steps.next();
    if (done) return { out: value, pauses };
    pauses++;
  }
}
/** A frame of one block with these bytes. */
const block = (...bytes: readonly number[]) => {
  const head = Buffer.from("02214c1800000000", "hex");
  head.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([head, Buffer.from(bytes)]);
};
const text = (packed: Buffer, size = 1_000) => unpack(packed, size).out?.toString("latin1") ?? null;

describe("unpackLz4", () => {
  test("repeats what came before, also what it writes meanwhile", () => {
    // 3 literals "abc", then 4 + 5 bytes from 3 back: abcabcabc; then the literal "!".
    expect(text(block(0x35, 0x61, 0x62, 0x63, 3, 0, 0x10, 0x21))).toBe("abcabcabcabc!");
  });

  test("reads lengths of more than a byte", () => {
    // 1 literal, then 4 + 15 + 255 + 2 = 276 bytes from 1 back.
    expect(text(block(0x1f, 0x78, 1, 0, 255, 2, 0x00))).toBe("x".repeat(277));
  });

  test("goes on over blocks and repeated magic numbers, and pauses", () => {
    const bytes = Buffer.from(Array.from({ length: 3_000 }, (_, index) => index % 251));
    const twice = Buffer.concat([storedLz4(bytes, 1_000), storedLz4(bytes, 700)]);
    expect(unpack(twice, 6_000).out).toEqual(Buffer.concat([bytes, bytes]));
    // 4 MiB of one letter by one match: its end is one place to pause at.
    const long = Array<number>(16_449).fill(255);
    const { out, pauses } = unpack(block(0x1f, 0x78, 1, 0, ...long, 0, 0x10, 0x79), 5 << 20);
    expect(out?.length).toBe(1 + 4 + 15 + 255 * 16_449 + 1);
    expect(pauses).toBe(1);
  });

  test.each([
    ["nothing", Buffer.alloc(0)],
    ["another format", Buffer.from("1f8b080000000000", "hex")],
    ["a block that is cut", block(0x35, 0x61, 0x62, 0x63).subarray(0, 10)],
    ["literals that are cut", block(0xf0, 200, 1)],
    ["a match before the start", block(0x10, 0x61, 9, 0, 0)],
    ["a distance of nothing", block(0x10, 0x61, 0, 0, 0)],
    ["a match without its distance", block(0x10, 0x61, 1)],
    ["a length without its end", block(0xf0, 255, 255)],
    ["more than was told", block(0x1f, 0x78, 1, 0, 255, 255, 255, 255, 255, 0, 0)],
  ])("refuses %s", (_, packed) => {
    expect(text(packed)).toBeNull();
  });

  test("never writes beyond its size, whatever comes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(200), (noise, size) => {
        const { out } = unpack(block(...noise), size);
        if (out !== null) expect(out.length).toBeLessThanOrEqual(size);
      }),
      { numRuns: 2_000 },
    );
  });
});
