import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { findLabDaemon, type LabDaemon } from "../../electron/lab/docker-daemon.ts";
import { guestHelper } from "../../electron/lab/image/helper.ts";
import { isPrepared } from "../../electron/lab/image/image-store.ts";
import { type Initramfs, initramfsFor } from "../../electron/lab/image/initramfs.ts";
import { bootableKernel, type GuestKernel } from "../../electron/lab/image/kernel.ts";
import { type Notes, openNotes } from "../../electron/lab/notes.ts";
import { LabFailure } from "../../electron/lab/trial.ts";
import type { Workload } from "../../electron/lab/workload.ts";
import { workloadOf } from "../../electron/lab/workload-of.ts";
import { needs } from "../needs.ts";
import { boot, busyboxSystem, type Guest, makeImage, marked, oddSystem, printed, tree } from "./image-lab.ts";

const odd = "tare-image-odd:1";
const plain = "tare-image-plain:1";
const scratch = "tare-image-scratch:1";
const mebibytes = 2 ** 20;
// A boot takes 2 s of CPU; a machine that is busy with ten other things may take a minute for it.
vi.setConfig({ testTimeout: 180_000 });

needs(
  "docker",
  "qemu",
  "kernel",
  "busybox",
  "root",
)("an image as a guest", () => {
  const { signal } = new AbortController();
  let directory = "";
  let daemon: LabDaemon;
  let notes: Notes;
  let kernel: GuestKernel;
  let helper = "";
  const guests: Guest[] = [];
  const made: Initramfs[] = [];

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "tare-lab-image-"));
    notes = openNotes(directory);
    makeImage(odd, ['CMD ["/bin/sh"]'], oddSystem);
    makeImage(plain, ['CMD ["/bin/sh"]'], busyboxSystem);
    makeImage(scratch, ['ENTRYPOINT ["/echo"]'], (folder) => cpSync("/bin/busybox", join(folder, "echo")));
    daemon = await findLabDaemon(signal);
    kernel = await bootableKernel({ chosen: null, directory, signal });
    helper = await guestHelper({ machine: "x64", directory, lender: null });
  });
  afterEach(async () => {
    for (const guest of guests.splice(0)) {
      guest.kill();
      await guest.ended;
    }
    for (const one of made.splice(0)) one.remove();
  });
  afterAll(() => {
    daemon?.close();
    notes?.close();
    rmSync(directory, { recursive: true, force: true });
    execFileSync("docker", ["rmi", "-f", odd, plain, scratch], { stdio: "ignore" });
  });

  const workload = async (image: string, more: Partial<Workload>): Promise<Workload> => {
    const wish = { probe: { kind: "exit" }, memory: 256 * mebibytes, cpus: 1 } as const;
    return { ...workloadOf(await daemon.docker.image(image, signal), image, wish, "x64"), ...more };
  };
  const make = async (image: string, more: Partial<Workload>): Promise<Initramfs> => {
    const parts = { docker: daemon.docker, notes, helper, directory, signal };
    const one = await initramfsFor(await workload(image, more), parts);
    made.push(one);
    return one;
  };
  const start = async (image: string, more: Partial<Workload>): Promise<Guest> => {
    const guest = boot(await make(image, more), kernel.path, 256);
    guests.push(guest);
    return guest;
  };
  const exitOf = async (guest: Guest) => {
    const { marker } = await guest.until(marked("exit"));
    return marker?.kind === "exit" ? marker.code : null;
  };
  /** Lines of both streams; whatever it exits with. */
  const inContainer = (options: readonly string[], image: string, command: readonly string[]) => {
    const args = ["run", "--rm", "--network", "none", ...options, image, ...command];
    return spawnSync("docker", args, { encoding: "utf8", maxBuffer: 1 << 26 })
      .stdout.split("\n")
      .slice(0, -1);
  };

  test("the kernel was unpacked once, and is kept", async () => {
    expect(kernel.format).toBe("elf");
    expect(kernel.from).toMatch(/^\/boot\/vmlinuz/);
    const { mtimeMs } = statSync(kernel.path);
    expect(await bootableKernel({ chosen: kernel.from, directory, signal })).toEqual(kernel);
    expect(statSync(kernel.path).mtimeMs).toBe(mtimeMs);
  });

  test("the guest's file tree is the image's: contents, modes, owners, links, devices, times", async () => {
    const argv = ["/bin/sh", "-c", tree] as const;
    const guest = await start(odd, { argv });
    expect(await exitOf(guest)).toBe(0);
    await guest.ended;
    const expected = inContainer([], odd, argv);
    expect(expected.at(-1)).toBe("whole");
    expect(expected.filter((line) => line.includes("./odd/")).length).toBeGreaterThan(40);
    expect(printed(guest)).toEqual(expected);
    expect(guest.heard.filter(({ marker }) => marker).map(({ marker }) => marker?.kind)).toEqual([
      "init",
      "exec",
      "ready",
      "exit",
    ]);
  });

  const words = ["a b", "", 'it\'s "q"', "two\nlines", "한국어 \\ $HOME `id`", "*"];
  const show = `exec 2>&1
echo "$$ $(id -u) $(id -g) $(id -G)"; pwd; for w; do echo "[$w]"; done
test -p /dev/stdout && echo piped; echo error >/dev/stderr; env -0 | sort -z | tr '\\0' '\\n'; exit 7`;

  test.each([
    ["a user with further groups", "app", "1 1234 1234 1234 44"],
    ["a user whom the image does not know", "12345:54321", "1 12345 54321 54321"],
  ])(
    "%s runs as process 1, with words, environment, output and folder as in a container",
    async (_, user, who) => {
      const env = ["ODD=it's\n한국 $x", "with.dot=1", "HOSTNAME=box"];
      const command = ["sh", "-c", show, "sh", ...words] as const;
      const directory = "/srv/not there";
      const guest = await start(plain, { argv: command, user, env, directory });
      expect(await exitOf(guest)).toBe(7);
      const lines = printed(guest);
      expect(lines.slice(0, 4)).toEqual([who, directory, "[a b]", "[]"]);
      expect(lines).toEqual(
        inContainer(["-u", user, "-w", directory, ...env.flatMap((one) => ["-e", one])], plain, command),
      );
      expect(lines).toContain("HOSTNAME=box");
    },
  );

  test("an image of one static program, without a shell, runs", async () => {
    const guest = await start(scratch, { argv: ["/echo", "two  words", "한"] });
    expect(await exitOf(guest)).toBe(0);
    expect(printed(guest)).toEqual(["two  words 한"]);
  });

  test("a program that is not there is told as such, and never taken from our busybox", async () => {
    const guest = await start(scratch, { argv: ["sleep", "0"] });
    expect(await exitOf(guest)).toBe(127);
    expect(printed(guest).join("\n")).toMatch(/can't execute '\/bin\/sleep'/);
    await expect(guest.until(marked("ready"))).rejects.toThrow("the guest ended");
  });

  test("ready comes when the port listens, no sooner; then its memory, as often as it is asked", async () => {
    const argv = ["sh", "-c", "sleep 0.7; exec httpd -f -p 8080"] as const;
    const guest = await start(plain, { argv, probe: { kind: "port", port: 8_080 } });
    const ready = await guest.until(marked("ready"));
    const exec = await guest.until(marked("exec"));
    expect(ready.at - exec.at).toBeGreaterThanOrEqual(700);
    const { marker } = await guest.until(marked("memory"));
    if (marker?.kind !== "memory") throw new Error("no memory");
    const { buffers, shared, ...memory } = marker.memory;
    expect([buffers, shared]).not.toContain(null);
    for (const [name, value] of Object.entries(memory))
      expect([name, value && value > 0]).toEqual([name, true]);
    expect(marker.memory.total).toBeLessThan(256 * mebibytes);
    // httpd of a static busybox: some hundred KiB of it resident.
    expect(marker.memory.workload).toBeLessThan(8 * mebibytes);
    const before = guest.heard.length;
    guest.ask();
    await guest.until((line) => marked("memory")(line) && guest.heard.indexOf(line) >= before);
  });

  test("ready comes when the image's own check passes, inside the workload's namespaces", async () => {
    const health = {
      argv: ['test "$(cat /proc/1/comm)" = sleep && test -f /tmp/up'],
      shell: true,
      interval: 30_000,
      timeout: 5_000,
    } as const;
    const argv = ["sh", "-c", "sleep 0.5; touch /tmp/up; exec sleep 1000"] as const;
    const guest = await start(plain, { argv, health, probe: { kind: "health" }, user: "app" });
    const ready = await guest.until(marked("ready"));
    expect(ready.at - (await guest.until(marked("exec"))).at).toBeGreaterThanOrEqual(500);
    await guest.until(marked("memory"));
  });

  test("a line that the workload prints comes through, and the host asks for the memory", async () => {
    const argv = ["sh", "-c", "printf 'now: 준비'; sleep 0.2; echo ' done'; exec sleep 1000"] as const;
    const guest = await start(plain, { argv, probe: { kind: "line", pattern: "done$" } });
    await guest.until(({ output }) => output.replace(/\r$/, "") === "now: 준비 done");
    guest.ask();
    await guest.until(marked("memory"));
    expect(guest.heard.some(marked("ready"))).toBe(false);
  });

  test("an image is prepared once, kept privately, and lent to two at once", async () => {
    rmSync(join(directory, "lab", "images"), { recursive: true, force: true });
    const { digest } = await workload(plain, {});
    expect(isPrepared(directory, digest)).toBe(false);
    const first = await make(plain, {});
    const second = await make(plain, {});
    expect([first.cold, second.cold]).toEqual([true, false]);
    expect(first.path).not.toBe(second.path);
    expect(first.nonce).not.toBe(second.nonce);
    expect(isPrepared(directory, digest)).toBe(true);
    expect(statSync(first.path)).toMatchObject({ mode: 0o100600, size: first.bytes });
    first.remove();
    second.remove();
    expect(readdirSync(join(directory, "lab", "images")).sort()).toEqual(
      ["img", "json"].map((end) => `${digest.slice(7)}.${end}`),
    );
    expect((await make(plain, {})).cold).toBe(false);
  });

  test("no container is left, whether it succeeds, fails, or is stopped half-way", async () => {
    rmSync(join(directory, "lab", "images"), { recursive: true, force: true });
    const stop = new AbortController();
    const { docker } = daemon;
    const cut = async (id: string, own: AbortSignal) => {
      const tar = await docker.export(id, own);
      return Readable.from(
        (async function* () {
          for await (const chunk of tar) {
            yield chunk;
            stop.abort(new Error("enough"));
          }
        })(),
      );
    };
    const slow = { ...docker, export: cut };
    const parts = { docker: slow, notes, helper, directory, signal: stop.signal };
    await expect(initramfsFor(await workload(odd, {}), parts)).rejects.toThrow("enough");
    const small = make(odd, { memory: 150 * mebibytes });
    await expect(small).rejects.toSatisfy(
      (error) => error instanceof LabFailure && error.trouble.code === "image-too-large",
    );
    await make(odd, { memory: 512 * mebibytes });
    expect(readdirSync(join(directory, "lab", "images")).filter((name) => name.endsWith(".part"))).toEqual(
      [],
    );
    const left = execFileSync("docker", ["ps", "-aq", "--filter", `label=io.tare.trial=${notes.run}`], {
      encoding: "utf8",
    });
    expect(left).toBe("");
  });
});
