import { expect, test } from "vitest";
import { isKernel } from "../../../../../electron/lab/guest/kernel-image.ts";

const with512 = (text: string) =>
  Buffer.concat([Buffer.alloc(0x202, 0x90), Buffer.from(text), Buffer.alloc(100)]);

test.each([
  ["a vmlinux", Buffer.from("\u007fELF\u0002\u0001\u0001"), true],
  ["a bzImage", with512("HdrS"), true],
  ["a boot sector", with512("\u0055\u00aa"), false],
  ["a gzip file", Buffer.from([0x1f, 0x8b, 8, 0]), false],
  ["nothing", Buffer.alloc(0), false],
])("%s", (_, head, expected) => {
  expect(isKernel(head)).toBe(expected);
});
