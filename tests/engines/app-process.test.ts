import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { built, top } from "../built.ts";
import { long } from "../long.ts";
import { needs } from "../needs.ts";
import { busyboxImage, ensureBusyboxImage } from "./busybox-image.ts";
import { dockerCommand, removeContainers } from "./docker-lab.ts";

const prefix = "tare-app-process-";
const restarts = long ? 1_000 : 12;
const start = join(top, "electron/start.mjs");

/** A line of `tare watch --json`. */
type Line = {
  readonly at: number;
  readonly id: string;
  readonly state: string;
  readonly startedAt: number;
  readonly memory: { readonly gross: number | null; readonly limit: number | null };
  readonly cpu: { readonly cores: number | null; readonly throttledShare: number | null };
};

/** Runs `tare watch --json` as a process of its own, and keeps what it says of one instance. */
function watch(id: string) {
  const child = spawn(process.execPath, [start, "watch", "--json"], { stdio: ["ignore", "pipe", "inherit"] });
  const lines: Line[] = [];
  let rest = "";
  child.stdout.on("data", (data: Buffer) => {
    const whole = `${rest}${data}`.split("\n");
    rest = whole.pop() ?? "";
    for (const text of whole) {
      const line = JSON.parse(text) as Line;
      if (line.id === id) lines.push(line);
    }
  });
  return { child, lines };
}

const until = (check: () => void, most = 20_000) => vi.waitFor(check, { timeout: most, interval: 50 });
/** Files of one container that a process holds open, and those of processes that have ended: other containers come and go here too. */
function descriptors(pid: number, container: string): number {
  return readdirSync(`/proc/${pid}/fd`).filter((fd) => {
    const path = linkOf(`/proc/${pid}/fd/${fd}`);
    const [, owner] = /^\/proc\/(\d+)\//.exec(path) ?? [];
    return path.includes(container) || (owner !== undefined && !existsSync(`/proc/${owner}`));
  }).length;
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ""; // closed meanwhile
  }
}

needs("docker", "busybox")("Tare as a process", () => {
  let tare: ChildProcess | null = null;
  beforeAll(async () => {
    built();
    ensureBusyboxImage();
    await removeContainers(prefix);
  }, 120_000);
  afterEach(async () => {
    tare?.kill("SIGCONT");
    tare?.kill("SIGKILL");
    await removeContainers(prefix);
  }, 60_000);
  afterAll(() => removeContainers(prefix));

  const run = async (name: string) => {
    const options = ["--name", prefix + name, "--network", "none", "--cpus", "0.2", "--memory", "32m"];
    const command = [busyboxImage, "sh", "-c", "while :; do :; done"];
    return `docker:${await dockerCommand(["run", "-d", ...options, ...command])}`;
  };

  test("stopped for 4 s: one gap, no burst of catching up, no spike", async () => {
    const { child, lines } = watch(await run("slept"));
    tare = child;
    await until(() => expect(lines.filter(({ cpu }) => cpu.cores !== null).length).toBeGreaterThan(3));
    child.kill("SIGSTOP");
    const stopped = Date.now();
    // Stopped for good, and for 4 s: nothing else can tell that time has passed for it.
    await until(() => expect(Date.now() - stopped).toBeGreaterThanOrEqual(4_000));
    child.kill("SIGCONT");
    const going = Date.now();
    await until(() => expect(lines.filter(({ at }) => at > going).length).toBeGreaterThan(4));
    const step = (index: number) => (lines[index]?.at ?? 0) - (lines[index - 1]?.at ?? 0);
    // One step is as long as the stop, and what was missed is not made up for: one line a second at the most.
    const across = lines.findIndex(({ at }) => at > going) - 1;
    expect(Math.max(step(across), step(across + 1))).toBeGreaterThanOrEqual(3_500);
    const after = lines.filter(({ at }) => at > going);
    const lasted = (after.at(-1)?.at ?? 0) - (after[0]?.at ?? 0);
    expect(after.length - 1).toBeLessThanOrEqual(Math.ceil(lasted / 1_000) + 1);
    // The interval of the stop is a gap: nobody knows what happened in it. So is any other in which it got no turn.
    const known = lines.slice(lines.findIndex(({ cpu }) => cpu.cores !== null));
    const gaps = known.filter(({ cpu }) => cpu.cores === null);
    expect(gaps.length).toBeGreaterThanOrEqual(1);
    for (const gap of gaps) expect(step(lines.indexOf(gap))).toBeGreaterThan(2_500);
    expect(gaps[0]?.cpu.throttledShare).toBeNull();
    expect(gaps[0]?.memory.gross).toBeGreaterThan(0);
    for (const { cpu } of known.filter((line) => !gaps.includes(line))) {
      expect(cpu.cores).toBeGreaterThan(0);
      expect(cpu.cores).toBeLessThan(0.35);
    }
  }, 60_000);

  test(
    `a container restarted ${restarts} times: no descriptor is left behind, a gap each time, never a spike`,
    async () => {
      const id = await run("restless");
      const { child, lines } = watch(id);
      tare = child;
      const pid = child.pid ?? 0;
      const restart = () => dockerCommand(["restart", "-t", "0", `${prefix}restless`]);
      const startedAt = async () =>
        Date.parse(await dockerCommand(["inspect", "-f", "{{.State.StartedAt}}", `${prefix}restless`]));
      const weighed = () => lines.at(-1)?.cpu.cores ?? null;
      await until(() => expect(weighed()).not.toBeNull());
      const held: number[] = [];
      for (let turn = 0; turn < restarts; turn++) {
        await restart();
        // The first three calmly, so that each one's gap can be seen; then as fast as Docker can.
        if (turn < 3) {
          const now = await startedAt();
          const fresh = () => lines.filter((line) => line.startedAt === now && line.state === "running");
          await until(() => expect(fresh().some(({ cpu }) => cpu.cores !== null)).toBe(true));
          expect(fresh()[0]?.cpu.cores).toBeNull();
          expect(descriptors(pid, id.slice("docker:".length))).toBeGreaterThan(0);
          held.push(descriptors(pid, id.slice("docker:".length)));
        }
      }
      await until(() => expect(weighed()).not.toBeNull());
      await until(() =>
        expect(
          Math.abs(descriptors(pid, id.slice("docker:".length)) - Math.min(...held)),
        ).toBeLessThanOrEqual(4),
      );
      const truth = await startedAt();
      await until(() => expect(lines.at(-1)?.startedAt).toBe(truth));
      for (const { cpu, memory } of lines) {
        expect(cpu.cores ?? 0).toBeGreaterThanOrEqual(0);
        expect(cpu.cores ?? 0).toBeLessThan(0.5);
        expect(memory.gross ?? 0).toBeLessThan(64 * 2 ** 20);
      }
      expect(readFileSync(`/proc/${pid}/status`, "utf8")).toMatch(/^State:\s+[SR]/m);
    },
    60_000 + restarts * 8_000,
  );

  test("a DOCKER_HOST that leads nowhere: the rest goes on, and the doctor says what to mend", () => {
    const tell = (host: string, ...args: readonly string[]) =>
      spawnSync(process.execPath, [start, ...args], {
        encoding: "utf8",
        timeout: 50_000,
        env: { ...process.env, LC_ALL: "C", DOCKER_HOST: host },
      });
    const listed = tell("unix:///nowhere/docker.sock", "list", "--json");
    expect(listed.status).toBe(0);
    expect(listed.stderr).toMatch(/DOCKER_HOST=\/nowhere\/docker\.sock/);
    for (const [host, code, what] of [
      ["unix:///nowhere/docker.sock", "misconfigured", /DOCKER_HOST=\/nowhere\/docker\.sock/],
      ["nonsense", "unsafe", /DOCKER_HOST=tcp:\/\/nonsense/],
    ] as const) {
      const { engines } = JSON.parse(tell(host, "doctor", "--json").stdout) as {
        readonly engines: readonly { readonly engine: string }[];
      };
      expect(engines.find(({ engine }) => engine === "docker")).toMatchObject({
        state: "absent",
        trouble: { code },
        mend: { what: expect.stringMatching(what), command: expect.any(String) },
      });
      expect(engines.find(({ engine }) => engine === "qemu")).toMatchObject({ state: "ready" });
    }
  }, 120_000);
});
