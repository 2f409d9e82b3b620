import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { qemu } from "../../electron/engines/qemu/qemu.ts";
import { selfTest } from "../../electron/lab/guest/command-line.ts";
import { guestStarter } from "../../electron/lab/guest/vm.ts";
import { wrapped } from "../../electron/lab/guest/wrapped.ts";
import type { Outcome } from "../../electron/lab/trial.ts";
import { textOf } from "../../electron/machine/proc-files.ts";
import type { Probe } from "../../shared/model/race.ts";
import { needs } from "../needs.ts";
import { guestsOf, initramfs, labFolder, never, runsOn, workload } from "./guest-lab.ts";
import { watchTogether } from "./vms-lab.ts";

const MiB = 2 ** 20;
const stays = "exec $B sleep 1000";

needs(
  "qemu",
  "kernel",
  "busybox",
  "root",
)("a guest made from an image", () => {
  let folder: string;
  let on: Awaited<ReturnType<typeof runsOn>>;
  let names = 0;
  beforeAll(async () => {
    folder = labFolder();
    on = await runsOn(folder);
  });
  afterEach(() => {
    // Each test leaves no guest and no note of one.
    expect(guestsOf("guest=tare-race")).toEqual([]);
    expect(readdirSync(join(folder, "guests"))).toEqual([]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const starter = (body: string, probe: Probe, memory = 256 * MiB) =>
    guestStarter({
      ...on,
      workload: { ...workload(probe), memory },
      initramfs: initramfs(folder, `image ${names++}, 이미지`, body),
    });
  const run = (
    body: string,
    { probe = { kind: "port", port: 80 } as Probe, giveUp = 60_000, weigh = false, keep = false } = {},
    signal = never,
  ): Promise<Outcome> => starter(body, probe).run({ giveUp, weigh, keep, saw: () => undefined }, signal);

  test("is ready when its init says so, phase by phase, and weighed then", async () => {
    const saw: string[] = [];
    const { moments, memory, trouble, kept } = await starter(`tell exec; tell ready; ${stays}`, {
      kind: "port",
      port: 80,
    }).run({ giveUp: 60_000, weigh: true, keep: false, saw: (moment) => saw.push(moment) }, never);
    expect(trouble).toBeNull();
    expect(kept).toBeNull();
    const order = ["spawned", "kernel", "init", "exec", "ready"] as const;
    expect(saw.filter((moment) => moment !== "firmware")).toEqual(order);
    const times = order.map((moment) => moments[moment] ?? Number.NaN);
    expect(times).toEqual([...times].sort((one, other) => one - other));
    // QEMU, a kernel and a guest of 256 MiB that touched some of it; nobody knows what of it is the workload's.
    expect(memory?.gross).toBeGreaterThan(100 * MiB);
    expect(memory?.gross).toBeLessThan(600 * MiB);
    expect(memory).toMatchObject({ net: null, cache: null, tare: null });
    expect(memory?.imageCopy).toBeGreaterThan(MiB);
    expect(memory?.translated).toBeGreaterThan(4 * MiB);
    expect(memory?.translated).toBeLessThan(memory?.gross ?? 0);
  });

  test("is ready by a line of its output, never by a line of the kernel, nor before", async () => {
    const probe = { kind: "line", pattern: "^port (\\d+) open$|Linux version" } as const;
    const body = `echo port 80 open; tell exec; echo "almost: port 80 open"; $B usleep 400000; echo port 80 open; ${stays}`;
    const { moments, trouble } = await run(body, { probe });
    expect(trouble).toBeNull();
    expect((moments.ready ?? 0) - (moments.exec ?? 0)).toBeGreaterThan(350);
  });

  test("an expression that would take for ever is refused, and does not hold up Tare", async () => {
    const probe = { kind: "line", pattern: "^(a+)+$" } as const;
    const { trouble } = await run(`tell exec; echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!; ${stays}`, {
      probe,
    });
    expect(trouble).toMatchObject({ code: "failed", where: "^(a+)+$" });
  });

  test("that ends is a failed trial with its last words, whatever QEMU's exit code", async () => {
    const body =
      "tell exec; i=0; while [ $i -lt 60 ]; do i=$((i+1)); echo word $i; done; tell exit 3; $B reboot -f";
    const { trouble, moments, memory } = await run(body, { weigh: true });
    expect(trouble).toMatchObject({ code: "exited", cause: "exit 3" });
    expect(trouble?.output).toHaveLength(40);
    expect(trouble?.output.at(-1)).toBe("word 60");
    expect(moments.ready).toBeUndefined();
    expect(memory).toBeNull();
  });

  test("that resets before its init is through failed to start; the kernel's lines are shown", async () => {
    const { trouble } = await run("$B reboot -f");
    expect(trouble).toMatchObject({ code: "failed-to-start", cause: "exit 0" });
    expect(trouble?.output.join("\n")).toContain("reboot: Restarting system");
  });

  test("whose init is gone panics, and says why", async () => {
    const { trouble } = await run("exit 7");
    expect(trouble).toMatchObject({
      code: "failed-to-start",
      cause: expect.stringContaining("Attempted to kill init! exitcode=0x00000700"),
    });
  });

  test("with less memory than its image needs is refused before it boots", async () => {
    const { trouble } = await starter(stays, { kind: "port", port: 80 }, 64 * MiB).run(
      { giveUp: 60_000, weigh: false, keep: false, saw: () => undefined },
      never,
    );
    expect(trouble).toMatchObject({ code: "image-too-large", where: "tare-guest-test:1" });
  });

  test("with too little memory after all, where QEMU ends with 0 and no word, failed to start", async () => {
    const image = initramfs(folder, "large", stays);
    const padded = { ...image, path: join(folder, "padded.cpio"), needed: 0 };
    execFileSync("sh", ["-c", 'cp "$1" "$2" && truncate -s 80M "$2"', "-", image.path, padded.path]);
    const small = guestStarter({
      ...on,
      workload: { ...workload({ kind: "port", port: 80 }), memory: 64 * MiB },
      initramfs: padded,
    });
    const { trouble } = await small.run(
      { giveUp: 60_000, weigh: false, keep: false, saw: () => undefined },
      never,
    );
    rmSync(padded.path);
    expect(trouble?.code).toBe("failed-to-start");
  });

  test("whose QEMU is killed half-way failed, and is told so", async () => {
    const running = run(`tell exec; ${stays}`);
    const [pid] = await waitForGuest();
    process.kill(pid, "SIGKILL");
    expect((await running).trouble).toMatchObject({ cause: "SIGKILL" });
  });

  test("that is never ready is given up, and ended", async () => {
    const { trouble, moments } = await run(`tell exec; echo waiting; ${stays}`, { giveUp: 6_000 });
    expect(trouble?.code).toBe("not-ready");
    // Seconds after its start the kernel says one thing and another of its clock.
    const said = trouble?.output.filter((line) => !/^\[ *\d+\.\d+\] /.test(line));
    expect(said).toEqual(moments.exec === undefined ? expect.anything() : ["waiting"]);
  });

  test("is nobody, without rights, network, monitor or files of ours, behind QEMU's filter", async () => {
    const kept = await run(`tell exec; tell ready; ${stays}`, { keep: true });
    const [pid] = guestsOf("guest=tare-race");
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    expect(status).toMatch(/^Uid:\t65534\t65534\t65534\t65534$/m);
    expect(status).toMatch(/^Groups:\s*$/m);
    expect(status).toMatch(/^CapEff:\t0000000000000000$/m);
    expect(status).toMatch(/^Seccomp:\t2$/m);
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
    const args = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    expect(args).not.toContain("-qmp");
    expect(args.join(" ")).not.toContain(folder);
    await kept.kept?.stop();
  });

  test("is left running where that is asked for, as an instance of Tare's own, until it is stopped", async () => {
    const watched = watchTogether(qemu({}));
    const { kept, trouble } = await run(`tell exec; tell ready; while :; do echo chatter; done`, {
      keep: true,
    });
    expect(trouble).toBeNull();
    const name = "tare-race tare-guest-test:1 as a VM";
    await watched.until(() =>
      expect(watched.named(name)).toMatchObject([
        { id: kept?.id, state: "running", virtualization: { accelerator: "tcg", configured: 256 * MiB } },
      ]),
    );
    await kept?.stop();
    await watched.until(() => expect(watched.named(name)).toEqual([]));
    await watched.close();
  });

  test("dies with Tare, whoever kills that: the kernel sees to it", async () => {
    // As spawn.ts starts it: in a group of its own, which nobody kills here.
    const { program, args } = wrapped("/usr/bin/qemu-system-x86_64", selfTest("tcg", true));
    const script = `
      const { spawn } = require("node:child_process");
      const guest = spawn(${JSON.stringify(program)}, ${JSON.stringify(args)}, { detached: true, stdio: "ignore" });
      console.log(guest.pid);
      setInterval(() => undefined, 1000);`;
    const tare = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    const pid = Number(await new Promise((resolve) => tare.stdout.once("data", resolve)));
    // It has become QEMU by now, and still knows whose it is.
    await vi.waitFor(() => expect(readlinkSync(`/proc/${pid}/exe`)).toContain("qemu"), { timeout: 10_000 });
    tare.kill("SIGKILL");
    // Its new parent may not reap it at once.
    await vi.waitFor(() => expect(textOf(`/proc/${pid}/stat`)).toMatch(/^$|\) Z /), { timeout: 10_000 });
  });

  test("can be stopped at any moment, and leaves nothing: 20 times", async () => {
    const file = initramfs(folder, "stopped", `tell exec; tell ready; ${stays}`);
    const stopped = guestStarter({ ...on, workload: workload({ kind: "port", port: 80 }), initramfs: file });
    const before = readdirSync(folder);
    const began = performance.now();
    for (let time = 0; time < 20; time++) {
      const stop = new AbortController();
      const running = stopped.run(
        { giveUp: 60_000, weigh: true, keep: false, saw: () => undefined },
        stop.signal,
      );
      const timer = setTimeout(() => stop.abort(new Error("enough")), time === 0 ? 0 : (time * 7919) % 1_400);
      await expect(running).rejects.toThrow("enough");
      clearTimeout(timer);
      expect(guestsOf("guest=tare-race")).toEqual([]);
    }
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(readdirSync(folder)).toEqual(before);
  });

  test("boots also where the disk is full, and its files are for root alone", async () => {
    const full = join(folder, "full");
    mkdirSync(full);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", full]);
    try {
      const image = initramfs(full, "image", `tell exec; tell ready; ${stays}`);
      chmodSync(image.path, 0o600);
      execFileSync("sh", ["-c", 'cat /dev/zero > "$1" 2>/dev/null || true', "-", join(full, "filler")]);
      const small = guestStarter({
        ...on,
        directory: full,
        workload: workload({ kind: "port", port: 80 }),
        initramfs: image,
      });
      const { trouble } = await small.run(
        { giveUp: 60_000, weigh: false, keep: false, saw: () => undefined },
        never,
      );
      expect(trouble).toBeNull();
    } finally {
      execFileSync("umount", [full]);
    }
  });

  const waitForGuest = () =>
    vi.waitFor(
      () => {
        const [pid] = guestsOf("guest=tare-race");
        if (pid === undefined) throw new Error("no guest yet");
        return [pid] as const;
      },
      { timeout: 10_000, interval: 20 },
    );
});
