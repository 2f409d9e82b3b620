import { expect, test } from "vitest";
import { box, host, mib, story } from "./told.ts";

const guest = (configured: number) =>
  box({
    kind: "vm",
    engine: "libvirt",
    weighed: "process",
    reported: { memory: null, cpu: null, pids: null },
    virtualization: {
      accelerator: "kvm",
      acceleratorSeen: true,
      machine: null,
      vcpus: 2,
      configured: configured * mib,
    },
  });
const sample = (inUse: number | null, gross: number) => ({
  sample: {
    configured: 8_192 * mib,
    memoryLimit: 8_192 * mib,
    gross: gross * mib,
    inUse: inUse && inUse * mib,
    held: null,
  },
});
const large = { ...host, memory: 32_768 * mib };

test("what its guest says is judged, where it says something", () => {
  const told = story(guest(8_192), {}, large);
  told.seconds(610, sample(3_000, 6_000));
  expect(told.one("vm-unused")).toMatchObject({
    severity: "note",
    shows: "inUse",
    facts: { size: 8_192 * mib, peak: 3_000 * mib, told: 1 },
    proposal: { resource: "vmMemory", from: 8_192 * mib, to: 3_840 * mib }, // 3,750, written as 3,840
  });
});

test("else what it ever touched", () => {
  const told = story(guest(8_192), {}, large);
  told.seconds(610, sample(null, 2_000));
  expect(told.one("vm-unused")).toMatchObject({ shows: "gross", facts: { peak: 2_000 * mib, told: 0 } });
});

test("quiet: it has touched most of it, or was not watched for long", () => {
  const told = story(guest(8_192), {}, large);
  told.seconds(610, sample(null, 5_000));
  expect(told.rules()).toEqual([]);
  const soon = story(guest(8_192), {}, large);
  soon.seconds(100, sample(3_000, 6_000));
  expect(soon.rules()).toEqual([]);
});
