import { expect, test } from "vitest";
import { box, mib, story } from "./told.ts";

const guest = box({
  kind: "vm",
  engine: "libvirt",
  weighed: "process",
  reported: { memory: null, cpu: null, pids: null },
  virtualization: {
    accelerator: "kvm",
    acceleratorSeen: true,
    machine: null,
    vcpus: 2,
    configured: 4_096 * mib,
  },
});
const holds = (held: number | null) => ({
  sample: {
    configured: 4_096 * mib,
    memoryLimit: 4_096 * mib,
    gross: 3_500 * mib,
    inUse: 2_100 * mib,
    held: held && held * mib,
  },
});

test("1.4 GiB of 4 held without use for ten minutes: a note, and the balloon that takes it back", () => {
  const told = story(guest);
  told.seconds(500, holds(1_400));
  expect(told.rules()).toEqual([]);
  told.seconds(130, holds(1_400));
  expect(told.one("vm-held")).toMatchObject({
    severity: "note",
    facts: { held: 1_400 * mib },
    proposal: { resource: "vmMemory", from: 4_096 * mib, to: 2_688 * mib }, // 2,100 and a quarter: 2,625
  });
  told.seconds(59, holds(200));
  expect(told.rules()).toEqual([]);
});

test("quiet: a fifth, or for a moment, or not known", () => {
  for (const second of [() => holds(800), (at: number) => holds(at < 60 ? 1_400 : 100), () => holds(null)]) {
    const told = story(guest);
    told.seconds(900, second);
    expect(told.told.filter(({ rule }) => rule === "vm-held")).toEqual([]);
  }
});
