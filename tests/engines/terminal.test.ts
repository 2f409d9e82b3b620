import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openRecording } from "../../electron/history/recording.ts";
import { built, top } from "../built.ts";
import { needs } from "../needs.ts";
import { busyboxImage, ensureBusyboxImage } from "./busybox-image.ts";

const start = join(top, "electron/start.mjs");
let folder: string;
beforeAll(built, 120_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tare-terminal-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function tare(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [start, ...args], {
    encoding: "utf8",
    timeout: 50_000,
    env: { ...process.env, LC_ALL: "C", NO_COLOR: "1" },
  });
  return { status, stdout, stderr };
}

/** Waits for a condition; its deadline is the test's. */
async function until(look: () => boolean): Promise<void> {
  while (!look()) await new Promise((next) => setTimeout(next, 100));
}

describe("what can't go on says so in one line, with the mend, and ends with 2", () => {
  test.each([
    [["--frobnicate"], "There is no --frobnicate. All flags: tare --help"],
    [["--prot", "80"], "There is no --prot. Did you mean --port?"],
    [["lsit"], 'There is no command "lsit". Did you mean tare list?'],
    [["list", "--port", "80"], "--port is no flag of tare list. What is: tare --help"],
    [["record"], "Where to? tare record OUT.tare"],
    [["list", "--lang", "ko", "--x"], "--x 옵션은 없습니다. 모든 옵션: tare --help"],
    [
      ["list", "--data-dir", "/proc/tare"],
      "/proc/tare can't be used: there is no such place. Choose another with --data-dir.",
    ],
    [
      ["record", "/nowhere/out.tare"],
      "/nowhere/out.tare can't be made: there is no such place. Choose another place or name.",
    ],
    [["list", "--replay", "/nowhere/a.tare"], "There is no a.tare. Check the name."],
  ] as const)("tare %j", (args, line) => {
    expect(tare(...args)).toEqual({ status: 2, stdout: "", stderr: `${line}\n` });
  });

  test("a corrupt recording", () => {
    const path = join(folder, "a.tare");
    writeFileSync(path, "x".repeat(5_000));
    const line = "a.tare is not a recording of Tare. One is made by tare record.\n";
    expect(tare("list", "--json", "--replay", path)).toEqual({ status: 2, stdout: "", stderr: line });
    expect(tare("record", path)).toMatchObject({ status: 2, stdout: "" });
    expect(statSync(path).size).toBe(5_000);
  });

  test("--version and --help", () => {
    expect(tare("--version")).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
    const { status, stdout } = tare("list", "--help");
    expect(status).toBe(0);
    for (const flag of [
      "--desktop",
      "--web",
      "--port",
      "--no-open",
      "--replay",
      "--lang",
      "--data-dir",
      "record",
    ])
      expect(stdout).toContain(flag);
  });
});

needs("docker", "busybox")("against a real Docker", () => {
  const name = "tare-terminal-web";
  const remove = () => spawnSync("docker", ["rm", "-f", name]);
  beforeAll(() => {
    ensureBusyboxImage();
    remove();
    const options = ["--memory", "64m", "--cpus", "0.25", "--pids-limit", "20", "--network", "none"];
    const group = ["--label", "com.docker.compose.project=tare-terminal"];
    const command = ["sh", "-c", "dd if=/dev/zero of=/dev/shm/held bs=1M count=20; while :; do :; done"];
    execFileSync("docker", ["run", "-d", "--name", name, ...options, ...group, busyboxImage, ...command]);
  });
  afterAll(remove);

  type Line = { readonly name: string; readonly [key: string]: unknown };
  const lines = (stdout: string): readonly Line[] =>
    stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
  const ours = (stdout: string) => lines(stdout).filter((line) => line.name === name);

  test("tare list --json tells of it what docker inspect tells, and what the kernel charges", () => {
    const { status, stdout, stderr } = tare("list", "--json");
    expect([status, stderr]).toEqual([0, ""]);
    const [inspect] = JSON.parse(execFileSync("docker", ["inspect", name], { encoding: "utf8" }));
    expect(ours(stdout)).toMatchObject([
      {
        id: `docker:${inspect.Id}`,
        kind: "container",
        engine: "docker",
        name,
        state: inspect.State.Status,
        group: "tare-terminal",
        image: inspect.Config.Image,
        startedAt: Date.parse(inspect.State.StartedAt),
        memory: { limit: inspect.HostConfig.Memory, configured: null, inUse: null },
        cpu: { limit: inspect.HostConfig.NanoCpus / 1e9 },
        pids: { limit: inspect.HostConfig.PidsLimit },
        weighed: "cgroup",
      },
    ]);
    const { memory, cpu, pids } = ours(stdout)[0] as never as {
      memory: Record<string, number>;
      cpu: Record<string, number>;
      pids: Record<string, number>;
    };
    // 20 MiB of tmpfs and a shell; a loop under a quarter of a core.
    expect(memory.net).toBeGreaterThan(20 * 2 ** 20);
    expect(memory.net).toBeLessThan(22 * 2 ** 20);
    expect(cpu.cores).toBeGreaterThan(0);
    // Ten slices of the quota in a second, and one more at the edge.
    expect(cpu.cores).toBeLessThan(0.3);
    expect(pids.now).toBe(1);
  });

  test("tare list: one row for people, no colour where nobody looks", () => {
    const { status, stdout } = tare("list");
    expect(status).toBe(0);
    expect(stdout).not.toContain("\x1b");
    expect(stdout).toMatch(new RegExp(`^${name} +docker +running +0\\.\\d\\d +0\\.25 .* 64\\.0 MiB `, "m"));
  });

  test("tare watch --json: the same each second, until Ctrl-C", async () => {
    const child = spawn(process.execPath, [start, "watch", "--json"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    child.stdout.on("data", (data) => {
      text += data;
    });
    const whole = () => text.slice(0, text.lastIndexOf("\n"));
    await until(() => new Set(ours(whole() || '{"name":""}').map(({ at }) => at)).size >= 3);
    child.kill("SIGINT");
    expect(await ended(child)).toBe(0);
    const times = ours(whole()).map(({ at }) => Number(at));
    expect(Math.abs((times.at(-1) ?? 0) - Date.now())).toBeLessThan(20_000);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test("tare record: only what was asked for, under another name, and it can be listed", () => {
    const path = join(folder, "out.tare");
    const { status, stdout } = tare("record", "--for", "5s", "--only", name, "--host", "elsewhere", path);
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/out\.tare: \d s, 1 instances, [\d.]+ KiB\n$/),
    ]);
    const recording = openRecording(path);
    expect(recording.header.facts.name).toBe("elsewhere");
    expect(new Set(recording.stays.map(({ instance }) => instance.name))).toEqual(new Set([name]));
    recording.close();
    expect(ours(tare("list", "--json", "--replay", path).stdout)).toHaveLength(1);
    expect(tare("record", path)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("nothing is overwritten"),
    });
  });

  test("killed while it records: what was saved is played", async () => {
    const path = join(folder, "killed.tare");
    const child = spawn(process.execPath, [start, "record", path], { stdio: "ignore" });
    try {
      await until(() => existsSync(path) && statSync(path).size > 40_000);
      // The first commit may hold a single tick: another one came two seconds later.
      const { mtimeMs } = statSync(path);
      await until(() => statSync(path).mtimeMs > mtimeMs + 1_500);
    } finally {
      child.kill("SIGKILL");
    }
    await ended(child);
    const recording = openRecording(path);
    expect(recording.to - recording.from).toBeGreaterThanOrEqual(1_000);
    recording.close();
  });

  test("tare doctor --json: where each engine was looked for, and what this user may do", () => {
    const { status, stdout } = tare("doctor", "--json");
    const told = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(told.engines.find(({ engine }: { engine: string }) => engine === "docker")).toMatchObject({
      state: "ready",
      looked: expect.arrayContaining([{ where: expect.any(String), found: true }]),
      mend: null,
    });
    expect(told.permissions.user).toBe(process.getuid?.());
    expect(told.facts.cgroup).not.toBeNull();
  });
});

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once("exit", resolve);
  });
