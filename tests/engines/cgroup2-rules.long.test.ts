import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { boot } from "../guest/boot.ts";
import { expectSituations } from "../guest/judge-rules.ts";
import type { Situations } from "../guest/situations.ts";
import { needs } from "../needs.ts";

needs(
  "qemu",
  "kernel",
  "busybox",
)("rules where there is only cgroup v2", () => {
  test("they say what is made for real, as the kernel counts it, and nothing of near misses", async () => {
    const { results, code, serial } = await boot({
      program: fileURLToPath(new URL("../guest/situations.ts", import.meta.url)),
      kernel: "tare.bare",
      deadline: 300_000,
    });
    expect(code, serial.slice(-3_000)).toBe(0);
    expectSituations(results.get("situations") as Situations);
  }, 330_000);
});
