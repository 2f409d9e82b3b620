import { describe, expect, test } from "vitest";
import type { Sample } from "../../../../shared/figures.ts";
import type { HostSample } from "../../../../shared/model/host.ts";
import type { Instance } from "../../../../shared/model/instance.ts";
import { limitsOverHost } from "../../../../shared/rules/limits-over-host.ts";
import { defaultThresholds } from "../../../../shared/rules/thresholds.ts";
import { watch } from "../../../../shared/rules/watched.ts";
import { unknownHost } from "../../../fixtures/made.ts";
import { box, host, idle, mib, start } from "./told.ts";

const limited = (slot: number, memory: number | null, change: Partial<Instance> = {}) => {
  const one = watch(box({ id: `docker:${slot}`, slot, ...change }), start);
  const sample: Sample = { ...idle, memoryLimit: memory === null ? null : memory * mib };
  one.take(start, sample);
  return one;
};
const virtualization = {
  accelerator: null,
  acceleratorSeen: false,
  machine: null,
  vcpus: 2,
  configured: 4_096 * mib,
};
const judge = (everyone: readonly ReturnType<typeof limited>[], sample: Partial<HostSample> = {}) =>
  limitsOverHost.judge(everyone, {
    at: start,
    thresholds: defaultThresholds,
    facts: host,
    host: { ...unknownHost, ...sample },
    open: null,
  });

describe("limits together", () => {
  test("5 GiB and a VM of 4 on a computer of 8: a note, that counts who has none", () => {
    const everyone = [limited(0, 5_120), limited(1, 100, { kind: "vm", virtualization }), limited(2, null)];
    expect(judge(everyone, { available: 4_096 * mib })).toMatchObject({
      severity: "note",
      facts: { sum: 9_216 * mib, count: 2, unlimited: 1, host: 8_192 * mib, available: null },
    });
  });

  test("while memory is scarce it is a warning", () => {
    const everyone = [limited(0, 5_120), limited(1, 5_120)];
    expect(judge(everyone, { available: 500 * mib })).toMatchObject({ severity: "warning" });
  });

  test.each([
    ["they can all be met", [limited(0, 4_000), limited(1, 4_000)]],
    ["one alone: that is a limit above the host", [limited(0, 9_000)]],
    ["who does not run takes nothing", [limited(0, 5_120), limited(1, 5_120, { state: "stopped" })]],
  ])("quiet: %s", (_, everyone) => {
    expect(judge(everyone)).toBe("quiet");
  });
});
