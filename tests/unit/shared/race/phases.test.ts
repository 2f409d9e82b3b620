import fc from "fast-check";
import { expect, test } from "vitest";
import { phasesOf } from "../../../../shared/race/phases.ts";

const lengths = (phases: ReturnType<typeof phasesOf>) =>
  Object.fromEntries(phases.map(({ name, from, to }) => [name, to - from]));

test.each([
  // lab.md's nginx: 11 + 96 + 118 + 14 = 239
  [
    "container",
    { created: 11, netns: 107, exec: 225, startedAt: 225, ready: 239 },
    { create: 11, start: 96, process: 118, ready: 14 },
  ],
  // `true` is over before anybody sees it: Docker's word stands for the start
  ["container", { created: 11, startedAt: 162, ready: 164 }, { create: 11, start: 151, ready: 2 }],
  // the namespace was not seen: no phase of its own for the process
  ["container", { created: 10, exec: 200, ready: 210 }, { create: 10, start: 190, ready: 10 }],
  // nothing but the end
  ["container", { ready: 50 }, { ready: 50 }],
  // two clocks: Docker's start lies before our sight of the namespace, and FinishedAt before StartedAt
  ["container", { created: 12, netns: 100, startedAt: 99, ready: 98 }, { create: 12, start: 86, ready: 0 }],
  // q35 bzImage: 49 QEMU, 56 firmware, 1,941 kernel, 66 init, 141 ready = 2,253
  [
    "vm",
    { spawned: 49, firmware: 105, kernel: 431, init: 2046, exec: 2112, ready: 2253 },
    { qemu: 49, firmware: 56, kernel: 1941, init: 66, ready: 141 },
  ],
  // microvm's firmware is silent: QEMU until the kernel speaks
  [
    "vm",
    { spawned: 20, kernel: 91, init: 1425, exec: 1490, ready: 1628 },
    { qemu: 91, kernel: 1334, init: 65, ready: 138 },
  ],
  // a guest with nothing of ours in it
  ["vm", { spawned: 20, firmware: 200, ready: 16_900 }, { qemu: 20, firmware: 180, ready: 16_700 }],
  // never ready: as far as it came
  ["vm", { spawned: 20, firmware: 100, kernel: 400 }, { qemu: 20, firmware: 80 }],
] as const)("%s %j", (kind, moments, expected) => {
  expect(lengths(phasesOf(kind, moments))).toEqual(expected);
});

test("whatever was seen, in whatever order: end to end, from 0 to ready", () => {
  const moment = fc.option(fc.double({ min: 0, max: 1e5, noNaN: true }), { nil: undefined });
  const seen = fc.record({
    created: moment,
    netns: moment,
    startedAt: moment,
    spawned: moment,
    firmware: moment,
    kernel: moment,
    init: moment,
    exec: moment,
  });
  fc.assert(
    fc.property(
      fc.constantFrom("container" as const, "vm" as const),
      seen,
      fc.double({ min: 0, max: 1e5, noNaN: true }),
      (kind, found, ready) => {
        const moments = Object.fromEntries(Object.entries(found).filter(([, at]) => at !== undefined));
        const phases = phasesOf(kind, { ...moments, ready });
        expect(phases[0]?.from).toBe(0);
        expect(phases.at(-1)?.to).toBe(ready);
        phases.forEach(({ from, to }, place) => {
          expect(to).toBeGreaterThanOrEqual(from);
          expect(from).toBe(phases[place - 1]?.to ?? 0);
        });
      },
    ),
  );
});
