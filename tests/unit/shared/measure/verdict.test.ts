import { describe, expect, test } from "vitest";
import type { Sample } from "../../../../shared/figures.ts";
import { memoryVerdict, type VerdictCode } from "../../../../shared/measure/verdict.ts";
import { nothingKnown } from "../../../../shared/wire/frames.ts";
import { words } from "../../../../shared/words/words.ts";

const mib = 2 ** 20;
const gib = 2 ** 30;
const of = (change: Partial<Sample>) => memoryVerdict({ ...nothingKnown, ...change }, 0.9);
const said = (change: Partial<Sample>) =>
  words.en.verdict
    .sentence(of(change))
    .map((part) => (typeof part === "string" ? part : part.text))
    .join("");

/** net + unreclaimable kernel is what can kill. */
const fixtures: readonly (readonly [string, Partial<Sample>, VerdictCode, RegExp])[] = [
  [
    "10 GB of cache under a big limit: no alarm",
    {
      net: 300 * mib,
      killable: 320 * mib, //   300 + 25 kernel - 5 slab
      slabReclaimable: 5 * mib,
      tareKernel: 25 * mib,
      cache: 10 * gib,
      cacheMapped: 40 * mib,
      memoryLimit: 12 * gib,
    },
    "roomy", //                 320 MiB + 10 GiB < 0.9 x 12 GiB
    /320 MiB of 12 GiB can’t be taken back, so 11\.7 GiB are left/,
  ],
  [
    "the same under a limit that the cache fills: still no alarm",
    {
      net: 300 * mib,
      killable: 320 * mib,
      slabReclaimable: 5 * mib,
      tareKernel: 25 * mib,
      cache: 10 * gib,
      cacheMapped: 40 * mib,
      memoryLimit: 11 * gib,
    },
    "cache",
    /near its limit by cache: 10\.0 GiB the kernel takes back.* kill it is 320 MiB of 11 GiB/,
  ],
  [
    "250 of 256 MiB are tmpfs: the working set would say the same of cache, this can't be taken back",
    {
      net: 251 * mib, //        250 tmpfs + 1 anonymous
      killable: 252 * mib, //   + 2 kernel - 1 slab: 98.4 %
      slabReclaimable: mib,
      tareKernel: 2 * mib,
      cache: mib,
      cacheMapped: 0,
      memoryLimit: 256 * mib,
    },
    "full",
    /252 MiB of 256 MiB can’t be taken back: 4\.00 MiB are left, and then the kernel kills.*tmpfs/,
  ],
  [
    "much of it is mapped file: it can be taken back, with pain",
    {
      net: 200 * mib,
      killable: 210 * mib,
      slabReclaimable: 4 * mib,
      tareKernel: 14 * mib,
      cache: 750 * mib,
      cacheMapped: 700 * mib,
      memoryLimit: gib, //      210 + 750 + 4 = 964 of 1,024
    },
    "mapped",
    /files that it maps: the kernel can take back 754 MiB, but they are missed at once/,
  ],
  [
    "1 GB of slab that can be taken back",
    {
      net: 100 * mib,
      killable: 130 * mib, //   100 + 1,054 kernel - 1,024 slab
      slabReclaimable: gib,
      tareKernel: 1_054 * mib,
      cache: 50 * mib,
      cacheMapped: 10 * mib,
      memoryLimit: 1_280 * mib,
    },
    "slab",
    /the kernel’s own caches of names and files, 1\.05 GiB.* kill it is 130 MiB of 1\.25 GiB/,
  ],
  ["the controller is off", { cores: 0.1 }, "unknown", /counts no memory here/],
];

describe("the verdict on memory", () => {
  test.each(fixtures)("%s", (_, sample, code, sentence) => {
    expect(of(sample).code).toBe(code);
    expect(said(sample)).toMatch(sentence);
  });

  test("cgroup v1 tells no slab apart: all of the kernel's memory counts, and it says at most", () => {
    const told = of({
      net: 100 * mib,
      killable: 112 * mib,
      tareKernel: 12 * mib,
      cache: 8 * mib,
      memoryLimit: 120 * mib,
    });
    expect(told).toMatchObject({
      code: "near",
      atMost: true,
      parts: { own: 100 * mib, kernel: 12 * mib, slab: null },
    });
  });

  test("its parts add up to what can kill it and what can be taken back", () => {
    for (const [, sample] of fixtures) {
      const { parts, killable, takeBack } = of(sample);
      if (killable === null) continue;
      expect((parts.own ?? 0) + (parts.kernel ?? 0)).toBe(killable);
      expect((parts.slab ?? 0) + (parts.mapped ?? 0) + (parts.cache ?? 0)).toBe(takeBack);
    }
  });

  test("no limit: none to be near to", () => {
    expect(of({ net: 5 * gib, killable: 5 * gib, cache: mib })).toMatchObject({
      code: "unlimited",
      share: null,
      left: null,
    });
  });
});
