import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { boot } from "../guest/boot.ts";
import type { Owned } from "../guest/own-cgroup.ts";
import { needs } from "../needs.ts";

needs(
  "qemu",
  "kernel",
  "busybox",
  "docker",
  "podman",
)("a lab guest's own cgroup where there is only v2", () => {
  test("stands beside ours, holds its process alone, caps it, and goes with it", async () => {
    const program = fileURLToPath(new URL("../guest/own-cgroup.ts", import.meta.url));
    const { results, code, serial } = await boot({ program, deadline: 300_000 });
    expect(code, serial.slice(-3_000)).toBe(0);
    const told = (name: string) => results.get(name) as Owned;
    for (const [name, memory, cpu] of [
      ["half", 64 << 20, "50000 100000"],
      ["whole", 64 << 20, "max 100000"],
      ["greedy", 32 << 20, "max 100000"],
    ] as const) {
      const { before, folder, files, left } = told(name);
      expect(before, name).toBe("/sys/fs/cgroup/init.scope");
      expect(folder).toBe(`/sys/fs/cgroup/tare-guest-tried-${files.pid}`);
      expect(files["cgroup.procs"]).toBe(`${files.pid}\n`);
      expect(files["memory.max"]).toBe(`${memory}\n`);
      expect(files["cpu.max"]).toBe(`${cpu}\n`);
      expect(left).toBe(false);
    }
    expect([told("greedy").signal, told("greedy").events]).toEqual([
      "SIGKILL",
      expect.stringMatching(/^oom_kill [1-9]/m),
    ]);
  }, 330_000);
});
