import { execFileSync, spawn } from "node:child_process";
import { afterEach, expect, test } from "vitest";
import { box } from "../faults/box.ts";
import { type BackEnd, backEnd } from "../faults/process.ts";
import { needs } from "../needs.ts";

// Limits of the kernel, the real ones: reached in a namespace or by one process, never by the machine.

const prefix = "tare-faults-";
const elsewhere = {
  DOCKER_HOST: "unix:///nowhere/docker.sock",
  CONTAINER_HOST: "unix:///nowhere/podman.sock",
};
let tare: BackEnd | null = null;
const boxes: Awaited<ReturnType<typeof box>>[] = [];
const start = async (name: string) => {
  const one = await box(prefix + name);
  boxes.push(one);
  return one;
};
afterEach(async () => {
  await tare?.end();
  tare = null;
  await Promise.all(boxes.splice(0).map((one) => one.end()));
});

needs("root")("fault 10: no inotify is left", () => {
  test("births and deaths are seen within 2 s and a tick all the same, and it says so", async () => {
    const none = 'echo 0 >/proc/sys/user/max_inotify_instances; exec "$@"';
    const wrap = ["unshare", "--user", "--map-root-user", "sh", "-c", none, "sh"];
    tare = await backEnd(prefix, wrap, elsewhere);
    const back = tare;
    await back.until(() => {
      expect(back.status("cgroup")).toMatchObject({ state: "ready" });
      expect(back.status("cgroup")?.looked).toContainEqual({ where: "inotify", found: false });
    });
    const born = Date.now();
    const one = await start("unwatched");
    await back.until(() => expect(back.present().has(one.id)).toBe(true));
    const line = back.lines.find(({ came }) => came.some(({ id }) => id === one.id));
    expect((line?.at ?? 0) - born).toBeLessThan(4_000);
    await back.until(() => expect(back.lines.at(-1)?.samples.map(([id]) => id)).toEqual([one.id]));
    await one.end();
    boxes.length = 0;
    const died = Date.now();
    await back.until(() => expect(back.present().has(one.id)).toBe(false));
    expect((back.lines.at(-1)?.at ?? 0) - died).toBeLessThan(4_000);
  }, 120_000);
});

needs("root")("promise 8: few descriptors", () => {
  const count = 40;
  test.each([
    ["enough for some", 192],
    ["enough for none", 72],
  ])(
    "%s: every one is weighed each second, and some stay free",
    async (_, most) => {
      const all = new Set<string>();
      for (let index = 0; index < count; index++) all.add((await start(`fd-${index}`)).id);
      tare = await backEnd(prefix, ["prlimit", `--nofile=${most}:${most}`], elsewhere);
      const back = tare;
      const whole = () => back.lines.filter(({ samples }) => samples.length === count);
      await back.until(() => expect(whole().length).toBeGreaterThan(6), 40_000);
      const from = back.lines.findIndex(({ samples }) => samples.length === count);
      for (const { samples, descriptors } of back.lines.slice(from)) {
        expect(new Set(samples.map(([id]) => id))).toEqual(all);
        for (const [, { gross, cores }] of samples) {
          expect(gross).toBeGreaterThan(0);
          expect(cores ?? 0).toBeLessThan(0.5);
        }
        expect(descriptors).toBeLessThan(most);
      }
      expect(back.errors()).toBe("");
    },
    180_000,
  );
});

needs("qemu", "root")("fault 11: pids that come again", () => {
  /**
   * Runs a script in the back end's pid namespace whose first process gets pid 500, whoever had it. The pids go on far above
   * first, so that they come round to it as they do after their end: the back end looks each second.
   */
  const at500 = (root: number, script: string) => {
    const next = (pid: number) => `echo ${pid - 1} >/proc/sys/kernel/ns_last_pid`;
    const free = "kill -KILL 500; while [ -e /proc/500 ]; do :; done";
    return spawn(
      "nsenter",
      [
        "-t",
        String(root),
        "--pid",
        "--mount",
        "sh",
        "-c",
        `${next(20_000)}; sleep 3; ${free}; ${next(500)}; ${script}`,
      ],
      { stdio: "ignore" },
    );
  };
  const qemu = (name: string, memory: number) =>
    `qemu-system-x86_64 -nodefaults -no-user-config -display none -M q35 -accel tcg -name ${name} -m ${memory}`;
  test("a VM never gets the figures of what had its pid before", async () => {
    const wrap = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"];
    tare = await backEnd(prefix, wrap, elsewhere);
    const back = tare;
    await back.until(() => expect(back.status("qemu")?.state).toBe("ready"));
    const root = Number(execFileSync("pgrep", ["-P", String(back.child.pid)], { encoding: "utf8" }));
    const id = "qemu:500";
    const named = (name: string) => () => expect(back.present().get(id)?.name).toBe(prefix + name);

    at500(root, `${qemu(`${prefix}first`, 64)} & wait`);
    await back.until(named("first"));
    await back.until(() => expect(back.lines.at(-1)?.samples[0]?.[1].cores).not.toBeNull());
    const first = back.present().get(id);
    // A process that is none takes the pid and much memory at once: it must not be weighed as the VM.
    at500(root, "dd if=/dev/zero bs=300M count=1 | sleep 600 & wait");
    await back.until(() => expect(back.present().has(id)).toBe(false));
    const between = back.lines.length;
    await back.until(() => expect(back.lines.length).toBeGreaterThan(between + 2));
    expect(back.lines.slice(between).flatMap((line) => line.samples)).toEqual([]);
    at500(root, `${qemu(`${prefix}second`, 128)} & wait`);
    await back.until(named("second"));
    // And one VM after another within one tick.
    at500(root, `${qemu(`${prefix}third`, 256)} & wait`);
    await back.until(named("third"));
    const third = back.present().get(id);
    expect(third?.startedAt).toBeGreaterThan(first?.startedAt ?? Number.POSITIVE_INFINITY);
    await back.until(() => expect(back.lines.at(-1)?.samples[0]?.[1].cores).not.toBeNull());
    for (const [, { cores, gross, configured }] of back.lines.flatMap((line) => line.samples)) {
      expect(cores ?? 0).toBeGreaterThanOrEqual(0);
      expect(cores ?? 0).toBeLessThan(2.1);
      expect(gross).toBeLessThan(300 * 2 ** 20);
      expect([64, 128, 256].map((size) => size * 2 ** 20)).toContain(configured);
    }
  }, 180_000);
});
