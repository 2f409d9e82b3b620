import { expect, test } from "vitest";
import { jsonOf } from "../../../../shared/race/json.ts";
import { mebi, race, tooLate, trial } from "../../../fixtures/race.ts";

const told = JSON.parse(JSON.stringify(jsonOf(race)));

test("the keys that programs read", () => {
  expect(told).toMatchObject({
    image: "nginx:1.27",
    container: { median: 236, p95: 248, failures: 0, memory: { gross: 19 * mebi, net: 5 * mebi } },
    vm: { median: 1_440, p95: 1_490, memory: { gross: 285 * mebi, net: 5 * mebi, tare: 280 * mebi } },
    ratio: { value: 6.102, low: expect.any(Number), high: expect.any(Number) },
    weight: 15,
    environment: {
      cpu: "AMD Ryzen 7 7840U",
      accelerator: "tcg",
      machine: "microvm,acpi=off",
      kernel: "6.8.0-45",
      qemu: "8.2.2",
      docker: "27.3.1",
    },
  });
  expect(told.vm.runs).toHaveLength(6);
  expect(told.vm.runs[0]).toMatchObject({ ready: 2_104, cold: true });
  expect(told.container.runs[1]).toMatchObject({
    ready: 230,
    cold: false,
    phases: { create: 50, start: 140, process: 15, ready: 25 },
  });
});

test("phases add up to ready as they are written, whatever the clock gave", () => {
  const odd = trial("container", { created: 10.1234567, netns: 99.9995, exec: 100.0004, ready: 123.4567891 });
  const [run] = jsonOf({ ...race, trials: [odd] }).container?.runs ?? [];
  const sum = Object.values(run?.phases ?? {}).reduce((all, one) => all + one, 0);
  expect(run?.ready).toBe(123.457);
  expect(sum).toBeCloseTo(123.457, 9);
});

test("a run that failed has no time and says why; a kind that was not asked for is null", () => {
  const failed = trial("vm", { spawned: 20 }, { trouble: tooLate });
  const { container, vm, ratio } = jsonOf({
    ...race,
    trials: [failed],
    wish: { ...race.wish, kinds: ["vm"] },
  });
  expect([container, ratio]).toEqual([null, null]);
  expect(vm).toMatchObject({ median: null, failures: 1, runs: [{ ready: null, trouble: tooLate }] });
});
