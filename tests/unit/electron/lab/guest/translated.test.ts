import { expect, test } from "vitest";
import { parseTranslated, readTranslated } from "../../../../../electron/lab/guest/translated.ts";

const code = `55b7beaed000-55b7bf084000 r-xp 00407000 fe:00 2170984                    /usr/bin/qemu-system-x86_64
Size:               5724 kB
Rss:                5176 kB
`;
const ram = `7f9e1fe00000-7f9e23e00000 rw-p 00000000 00:00 0 
Size:              65536 kB
Rss:                6144 kB
`;
const cache = `7f9e24000000-7f9e63fff000 rwxp 00000000 00:00 0 
Size:            1048572 kB
KernelPageSize:        4 kB
Rss:                2048 kB
Pss:                2048 kB
`;
const split = `7f1e24000000-7f1e63fff000 rw-s 00000000 00:01 2051                       /memfd:tcg-jit (deleted)
Rss:                4096 kB
7f2e24000000-7f2e63fff000 r-xs 00000000 00:01 2051                       /memfd:tcg-jit (deleted)
Rss:                4096 kB
`;

test.each([
  ["QEMU 7.2 under TCG", code + ram + cache + code, 2_048 * 1_024],
  ["one that keeps writing and running apart counts once", code + split + ram, 4_096 * 1_024],
  ["the hardware runs the guest", code + ram, null],
  ["nothing", "", null],
])("%s", (_, text, expected) => {
  expect(parseTranslated(text)).toBe(expected);
});

test("a process that is gone has none that anybody could tell", () => {
  expect(readTranslated(2 ** 22 + 1)).toBeNull();
});
