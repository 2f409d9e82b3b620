import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { boot } from "../guest/boot.ts";
import { expectOff } from "../guest/judge-rules.ts";
import type { Off } from "../guest/off.ts";
import { needs } from "../needs.ts";

needs(
  "qemu",
  "kernel",
  "busybox",
)("a guest whose kernel has the memory controller switched off", () => {
  test("memory is unknown and never 0, and that is a finding", async () => {
    const { results, code, serial } = await boot({
      program: fileURLToPath(new URL("../guest/off.ts", import.meta.url)),
      kernel: "cgroup_disable=memory tare.bare",
      deadline: 300_000,
    });
    expect(code, serial.slice(-3_000)).toBe(0);
    expectOff(results.get("off") as Off);
  }, 330_000);
});
