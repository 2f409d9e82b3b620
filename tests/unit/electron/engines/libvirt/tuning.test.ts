import { expect, test } from "vitest";
import { parseDefinition } from "../../../../../electron/engines/libvirt/definition.ts";

const tuned = (inside: string) =>
  parseDefinition(`<domain type='kvm'><vcpu>2</vcpu>${inside}</domain>`).tuned.map(
    ({ key, value, told }) => [key, value, told] as const,
  );

test("all of memtune and cputune, in bytes and cores", () => {
  const xml = `<memtune>
    <hard_limit unit='KiB'>524288</hard_limit>
    <soft_limit unit='MiB'>256</soft_limit>
    <swap_hard_limit unit='KiB'>1048576</swap_hard_limit>
    <min_guarantee unit='KiB'>65536</min_guarantee>
  </memtune>
  <cputune>
    <shares>512</shares>
    <period>50000</period><quota>25000</quota>
    <global_period>100000</global_period><global_quota>150000</global_quota>
    <emulator_quota>20000</emulator_quota>
  </cputune>`;
  const MiB = 2 ** 20;
  expect(tuned(xml)).toEqual([
    ["domainMemory", 512 * MiB, null],
    ["domainSoft", 256 * MiB, null],
    ["domainSwap", 1024 * MiB, null],
    ["domainLow", 64 * MiB, null],
    ["domainCpu", 1.5, "150000 100000"],
    ["domainVcpu", 0.5, "25000 50000"],
    ["domainEmulator", 0.2, "20000 100000"],
    ["domainShares", 512, null],
  ]);
});

test.each([
  ["nothing is set", ""],
  [
    "no limit as libvirt writes it",
    "<memtune><hard_limit unit='KiB'>9007199254740991</hard_limit></memtune>",
  ],
  [
    "a quota of -1, of 0, and the largest",
    "<cputune><quota>-1</quota><global_quota>0</global_quota></cputune>",
  ],
  ["the largest quota", "<cputune><emulator_quota>17592186044415</emulator_quota></cputune>"],
  ["somebody else's", "<metadata><memtune><hard_limit>5</hard_limit></memtune></metadata>"],
])("%s: no limit", (_, inside) => expect(tuned(inside)).toEqual([]));
