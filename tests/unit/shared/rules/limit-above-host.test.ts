import { expect, test } from "vitest";
import { box, mib, story } from "./told.ts";

test.each([
  [
    "a container of 64 GiB on 8",
    box({ reported: { memory: 65_536 * mib, cpu: null, pids: null } }),
    { resource: "memory" },
  ],
  [
    "16 cores on 4",
    box({ reported: { memory: 192 * mib, cpu: 16, pids: null } }),
    { resource: "cpu", host: 4 },
  ],
  [
    "a VM larger than the host",
    box({
      kind: "vm",
      virtualization: {
        accelerator: "kvm",
        acceleratorSeen: true,
        machine: null,
        vcpus: 2,
        configured: 9_000 * mib,
      },
    }),
    { resource: "memory", vm: 1 },
  ],
])("%s: a note", (_, instance, facts) => {
  const told = story(instance);
  told.seconds(3, { sample: { memoryLimit: instance.reported.memory === 192 * mib ? 192 * mib : null } });
  expect(told.one("limit-above-host")).toMatchObject({ severity: "note", facts });
});

test("quiet: a group around it has a limit that holds", () => {
  const told = story(box({ reported: { memory: 65_536 * mib, cpu: null, pids: null } }));
  told.seconds(3);
  expect(told.rules()).not.toContain("limit-above-host");
});
