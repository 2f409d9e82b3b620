import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { built, top } from "../built.ts";
import { needs } from "../needs.ts";
import { docker, prepare, start, sweep, until } from "./readers-lab.ts";

/** `tare check`, as a pipeline runs it. */
function check(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(top, "electron/start.mjs"), "check", ...args],
    { encoding: "utf8", timeout: 50_000 },
  );
  return { status, stdout, stderr };
}

needs(
  "docker",
  "busybox",
  "root",
)("tare check", () => {
  beforeAll(() => {
    built();
    prepare();
  }, 120_000);
  afterAll(sweep, 60_000);

  test("fails a pipeline for a container that overruns its limit, and for no other", async () => {
    // A process inside is killed again and again; the container lives on, so that no engine tells of an end.
    const greedy = "while :; do tail -c 100m /dev/zero; sleep 1; done";
    const over = start("check-over", greedy, "--memory", "24m", "--memory-swap", "24m");
    const calm = start(
      "check-calm",
      "exec sleep 1000",
      "--memory",
      "64m",
      "--cpus",
      "1",
      "--pids-limit",
      "20",
    );
    await until(
      "the kernel killed one",
      () =>
        Number(
          docker("exec", over.id, "sh", "-c", "cat /sys/fs/cgroup/memory/memory.oom_control | tail -1").split(
            " ",
          )[1],
        ) > 0,
    );

    const failed = check(
      "--for",
      "6s",
      "--json",
      "--only",
      `${over.name},${calm.name}`,
      "--fail-on",
      "critical",
    );
    expect(failed.status).toBe(1);
    const said = JSON.parse(failed.stdout);
    expect(said.instances.map(({ name }: { readonly name: string }) => name).sort()).toEqual(
      [calm.name, over.name].sort(),
    );
    const found = said.findings.find(({ fails }: { readonly fails: boolean }) => fails);
    expect(found).toMatchObject({
      rule: "memory-killed",
      severity: "critical",
      instance: { id: `docker:${over.id}` },
    });
    expect(found.mend).toMatch(new RegExp(`^docker update --memory \\d+m --memory-swap \\d+m ${over.name}$`));
    expect(
      said.findings.filter(
        ({ instance }: { readonly instance: { readonly name: string } | null }) =>
          instance?.name === calm.name,
      ),
    ).toEqual([]);

    const passed = check("--for", "3s", "--junit", "--only", calm.name);
    expect(passed.status).toBe(0);
    expect(passed.stdout).toContain(`<testcase name="${calm.name}" classname="tare.docker"/>`);
  }, 90_000);
});
