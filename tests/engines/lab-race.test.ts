import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { built, top } from "../built.ts";
import { needs } from "../needs.ts";
import { busyboxTar } from "./busybox-image.ts";

/** The terminal door as it was built, without start.mjs, which looks each time whether it has to be built again. */
const door = join(top, "dist/electron/cli.js");
const folder = mkdtempSync(join(tmpdir(), "tare-race-"));
/** One for all: what was found out about the accelerator and the machine is found out once. */
const data = join(folder, "data");
const once = ["--runs", "1", "--warmup", "0"];
const images = { true: "tare-racetest:true", false: "tare-racetest:false", web: "tare-racetest:web" };

function importImages(): void {
  const tar = busyboxTar();
  const changes = {
    true: ['CMD ["/bin/true"]'],
    false: ['CMD ["/bin/sh", "-c", "echo it broke; exit 3"]'],
    web: ['CMD ["/bin/busybox", "httpd", "-f", "-p", "8080", "-h", "/tmp"]', "EXPOSE 8080/tcp"],
  };
  for (const name of ["true", "false", "web"] as const) {
    const flags = changes[name].flatMap((line) => ["--change", line]);
    execFileSync("docker", ["import", ...flags, "-", images[name]], { input: tar });
  }
}

const environment = { ...process.env, LC_ALL: "C", NO_COLOR: "1" };
function tare(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawned([process.execPath, door, ...args, "--data-dir", data], env);
}

/** As on a computer without QEMU: programs are looked for beyond PATH too, so it is covered up in a mount namespace. */
function tareWithoutQemu(args: readonly string[]) {
  const cover = `mount --bind /dev/null "$(command -v qemu-system-x86_64)" && exec "$@"`;
  const tare = [process.execPath, door, ...args, "--data-dir", data];
  return spawned(["unshare", "--mount", "sh", "-c", cover, "sh", ...tare], {});
}

function spawned([program = "", ...args]: readonly string[], env: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: "utf8",
    timeout: 240_000,
    env: { ...environment, ...env },
  });
  return { status, stdout, stderr };
}

/** Started, with what it has said on stderr so far. */
function begin(args: readonly string[]) {
  const child = spawn(process.execPath, [door, ...args, "--data-dir", data], { env: environment });
  let [said, printed] = ["", ""];
  child.stderr.on("data", (text) => {
    said += text;
  });
  child.stdout.on("data", (text) => {
    printed += text;
  });
  children.push(child);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const until = (check: () => void) => vi.waitFor(check, { timeout: 200_000, interval: 50 });
  return { child, ended, until, said: () => said, printed: () => printed };
}
const children: ChildProcess[] = [];

const last = (stdout: string) => JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
/** Containers of this file's images, and guests that were booted from its data directory. */
const left = () => ({
  containers: Object.values(images).flatMap((image) =>
    execFileSync("docker", ["ps", "-aq", "--filter", `ancestor=${image}`], { encoding: "utf8" })
      .split("\n")
      .filter(Boolean),
  ),
  guests: readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && /qemu-system.*tare-race tare-racetest/.test(commandOf(pid));
    } catch {
      return false;
    }
  }),
});
const commandOf = (pid: string) => readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ");
const nothing = { containers: [], guests: [] };

needs(
  "docker",
  "qemu",
  "kernel",
  "busybox",
  "root",
)("tare race", () => {
  beforeAll(() => {
    built();
    importImages();
  }, 120_000);
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    execFileSync("docker", ["rmi", "-f", ...Object.values(images)], { stdio: "ignore" });
  });

  test("both kinds: progress on stderr, one line for programs, 0, kept, and nothing left", () => {
    const { status, stdout, stderr } = tare(["race", images.true, "--runs", "2", "--json"]);
    expect([status, stderr.match(/ready after/g)?.length]).toEqual([0, 6]);
    expect(stdout.trim().split("\n")).toHaveLength(1);
    const told = last(stdout);
    expect(told).toMatchObject({
      image: images.true,
      probe: { kind: "exit" },
      environment: {
        docker: execFileSync("docker", ["version", "-f", "{{.Server.Version}}"], { encoding: "utf8" }).trim(),
        qemu: expect.stringMatching(/^\d+\.\d+/),
        accelerator: expect.stringMatching(/^(tcg|kvm)$/),
        machine: expect.any(String),
        kernel: expect.any(String),
        overhead: expect.any(Number),
      },
      troubles: [],
    });
    for (const half of [told.container, told.vm]) {
      expect(half.runs.map(({ cold }: { cold: boolean }) => cold)).toEqual([true, false, false]);
      for (const { ready, phases } of half.runs) {
        const sum = Object.values<number>(phases).reduce((all, one) => all + one, 0);
        expect(sum).toBeCloseTo(ready, 2);
      }
      const [, one, other] = half.runs.map(({ ready }: { ready: number }) => ready);
      expect(half.median).toBeCloseTo((one + other) / 2, 2);
    }
    expect(Object.keys(told.vm.runs[1].phases)).toEqual(expect.arrayContaining(["kernel", "init", "ready"]));
    expect(told.ratio.value).toBeCloseTo(told.vm.median / told.container.median, 2);
    expect(told.vm.memory.gross).toBeGreaterThan(64 * 2 ** 20);
    expect(readdirSync(join(data, "lab/races"))).toHaveLength(1);
    expect(left()).toEqual(nothing);
  }, 240_000);

  test("what fails is told with its last lines, is no reason to stop the rest, and ends with 1", () => {
    const args = ["race", images.false, ...once, "--kind", "container", "--json"];
    const { status, stdout, stderr } = tare(args);
    expect(status).toBe(1);
    expect(stderr).toContain(`${images.false} ended before it was ready.`);
    expect(last(stdout)).toMatchObject({
      state: "failed",
      vm: null,
      container: { median: null, failures: 1, runs: [{ ready: null, trouble: { output: ["it broke"] } }] },
    });
    expect(left()).toEqual(nothing);
  }, 120_000);

  test("for people: the result in words and a table, on stdout", () => {
    const { status, stdout } = tare(["race", images.web, "--runs", "3", "--kind", "container"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^tare-racetest:web is ready after [\d,.]+ ms as a container\.\n/);
    expect(stdout).toMatch(/\n {2}median +[\d,.]+ +–\n/);
    expect(stdout).toMatch(/\n {2}gross +\d+ +–\n/);
    expect(stdout).toContain("ready: TCP port 8080 listens inside");
  }, 120_000);

  describe("what only the VM lacks costs the VM alone", () => {
    const args = ["race", images.true, ...once, "--json"];
    const run = (env: Readonly<Record<string, string>>) => tare(args, env);

    test("QEMU", () => {
      const { status, stdout, stderr } = tareWithoutQemu(args);
      expect([status, last(stdout).container.runs.length, last(stdout).vm.runs]).toEqual([1, 1, []]);
      expect(stderr).toContain(
        "There is no QEMU here (qemu-system-x86_64). Install it: sudo apt-get install",
      );
    }, 120_000);

    test("a kernel, or one that is none", () => {
      const { status, stdout, stderr } = run({ TARE_KERNEL: join(folder, "vmlinuz") });
      expect([status, last(stdout).container.runs.length]).toEqual([1, 1]);
      expect(stderr).toContain(`There is no Linux kernel to boot (${join(folder, "vmlinuz")}).`);
      expect(run({ TARE_KERNEL: "/bin/busybox" }).stderr).toContain(
        "/bin/busybox is no kernel that can be booted directly. ",
      );
    }, 120_000);
  });

  test.each([
    [["race", "tare-racetest:none"], {}, "Docker has no image tare-racetest:none."],
    [["race", images.true, "--ready-health"], {}, "tare-racetest:true has no HEALTHCHECK to wait for."],
    [["race", images.true], { DOCKER_HOST: "unix:///nowhere.sock" }, "No Docker answers ("],
  ])(
    "what can't begin says so in one line with its mend, and ends with 2: %j %j",
    (args, env, line) => {
      const { status, stdout, stderr } = tare(args, env);
      expect([status, stdout, stderr.trim().split("\n").length]).toEqual([2, "", 1]);
      expect(stderr).toContain(line);
    },
    60_000,
  );

  test("Ctrl-C half-way: what was measured is told and kept, and nothing is left", async () => {
    const { child, ended, until, said, printed } = begin(["race", images.true, "--runs", "40", "--json"]);
    await until(() => expect(said()).toMatch(/\nrun 1 of 40.*\n.*run 1 of 40/));
    child.kill("SIGINT");
    const stopped = performance.now();
    expect(await ended).toBe(1);
    expect(performance.now() - stopped).toBeLessThan(15_000);
    expect(last(printed())).toMatchObject({ state: "stopped", ratio: { value: expect.any(Number) } });
    expect(last(printed()).container.runs.length).toBeGreaterThanOrEqual(2);
    expect(left()).toEqual(nothing);
  }, 240_000);

  test("--keep: the pair runs until Ctrl-C, and not a second longer", async () => {
    const { child, ended, until, said, printed } = begin(["race", images.web, ...once, "--keep", "--json"]);
    await until(() => expect(said()).toContain("Left running: "));
    const { pair } = last(printed());
    const both = left();
    expect([both.containers.length, both.guests.length]).toEqual([1, 1]);
    expect([...pair].sort()).toEqual([expect.stringContaining("docker:"), `qemu:${both.guests[0]}`]);
    // Another Tare in the terminal says of its VM what the page says: net as in the container, tare the rest.
    const listed = tare(["list", "--json"])
      .stdout.trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const { memory, borrowed } = listed.find(({ id }) => id === `qemu:${both.guests[0]}`);
    expect(borrowed).toBe("race");
    expect([memory.net > 0, memory.net + memory.tare]).toEqual([true, memory.gross]);
    child.kill("SIGINT");
    expect(await ended).toBe(0);
    expect(left()).toEqual(nothing);
  }, 240_000);

  test.each(["container", "vm"])(
    "a second Ctrl-C ends at once, whatever is in hand, and the next start takes it away: %s",
    async (kind) => {
      const args = ["race", images.web, "--ready-port", "9", "--kind", kind];
      const { child, ended, until, said } = begin(args);
      await until(() => expect(Object.values(left()).flat()).toHaveLength(1));
      child.stderr.on("data", () => said().includes("Ctrl-C again ends at once") && child.kill("SIGINT"));
      child.kill("SIGINT");
      expect(await ended).toBe(130);
      tare(["lab", "doctor"]);
      expect(left()).toEqual(nothing);
      expect(readdirSync(join(data, "lab/runs"))).toEqual([]);
    },
    120_000,
  );

  test("tare lab doctor says what there is, and how many races are kept", () => {
    const { status, stdout } = tare(["lab", "doctor", "--json"]);
    expect(status).toBe(0);
    const { parts, races } = JSON.parse(stdout);
    expect(parts.map(({ part, state }: { part: string; state: string }) => [part, state])).toEqual(
      ["docker", "qemu", "accelerator", "kernel", "helper", "machine"].map((part) => [part, "ready"]),
    );
    expect(races).toBeGreaterThan(3);
  }, 120_000);
});
