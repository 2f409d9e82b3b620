import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { builtinImage } from "../../electron/lab/container/builtin.ts";
import { writeTar } from "../../electron/lab/container/tar-writer.ts";
import { containerStarter, settle } from "../../electron/lab/container/trial.ts";
import { findLabDaemon, type LabDaemon } from "../../electron/lab/docker-daemon.ts";
import { type Notes, openNotes } from "../../electron/lab/notes.ts";
import { measureOverhead } from "../../electron/lab/overhead.ts";
import type { Workload } from "../../electron/lab/workload.ts";
import { workloadOf } from "../../electron/lab/workload-of.ts";
import type { Moments, Probe } from "../../shared/model/race.ts";
import { builtinProbes } from "../../shared/race/builtin-probes.ts";
import { median as medianOf } from "../../shared/stats/outliers.ts";
import { against, atLeast, atMost, type Result } from "./result.ts";

const run = promisify(execFile);
const forever = new AbortController().signal;
const options = { giveUp: 60_000, weigh: false, keep: false, saw: () => undefined };
const blocks = 3;
const inABlock = 7;
const delayed = 200;

/** Trials of containers beside Docker's own command, their overhead, and what they see beside what the workload itself says. */
export async function benchLabContainer(): Promise<readonly Result[]> {
  const directory = mkdtempSync(join(tmpdir(), "tare-bench-lab-"));
  const daemon = await findLabDaemon(forever);
  const notes = openNotes(directory);
  try {
    return [
      ...(await benchTrue(daemon, notes)),
      atMost("a trial that does nothing, median", (await measureOverhead(forever)) ?? Number.NaN, 5, "ms"),
      ...(await benchLateness(daemon, notes, directory)),
    ];
  } finally {
    notes.close();
    daemon.close();
    rmSync(directory, { recursive: true });
  }
}

/** In blocks by turns, so that both have the same machine. */
async function benchTrue(daemon: LabDaemon, notes: Notes): Promise<readonly Result[]> {
  const image = await builtinImage("true", "/bin/busybox", daemon.docker, forever);
  const starter = containerStarter(daemon, await workload(daemon, image, builtinProbes.true), notes);
  const [own, plain, none]: [number[], number[], number[]] = [[], [], []];
  const hyperfine = await has("hyperfine");
  for (let block = 0; block < blocks; block++) {
    for (let turn = 0; turn < inABlock; turn++) {
      const { moments, trouble } = await starter.run(options, forever);
      if (trouble) throw new Error(`${trouble.code}: ${trouble.cause}`);
      own.push(moments.ready ?? Number.NaN);
      await pause(settle);
    }
    plain.push(...(await timed(["run", "--rm", image, "true"], hyperfine)));
    none.push(...(await timed(["run", "--rm", "--network", "none", image, "true"], hyperfine)));
  }
  const by = hyperfine ? "by hyperfine" : "by our own loop: no hyperfine here";
  return [
    against("true as a container, against docker run --rm", median(own), median(plain), "ms", 1, by),
    against("the same, against docker run --rm --network none", median(own), median(none), "ms", 1, by),
  ];
}

/** ms of each run of the docker command. */
async function timed(args: readonly string[], hyperfine: boolean): Promise<readonly number[]> {
  if (hyperfine) {
    const file = join(tmpdir(), `tare-bench-hyperfine-${process.pid}.json`);
    const command = `docker ${args.join(" ")}`;
    await run("hyperfine", ["-N", "--runs", String(inABlock), "--export-json", file, command]);
    const told = JSON.parse(readFileSync(file, "utf8")) as { results: [{ times: number[] }] };
    rmSync(file);
    return told.results[0].times.map((seconds) => seconds * 1_000);
  }
  const times: number[] = [];
  for (let turn = 0; turn < inABlock; turn++) {
    const began = performance.now();
    await run("docker", [...args]);
    times.push(performance.now() - began);
  }
  return times;
}

/** Says by the kernel's monotonic clock when its main began, and the moments right before and after listen(). */
const source = `
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1e3 + t.tv_nsec / 1e6; }
int main(void) {
  double began = now();
  unsigned random = 0;
  getrandom(&random, sizeof random, 0);
  usleep(random % 700000);
  int server = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in any = { .sin_family = AF_INET, .sin_port = htons(8080) };
  bind(server, (struct sockaddr *)&any, sizeof any);
  double before = now();
  listen(server, 8);
  double after = now();
  printf("%.3f %.3f %.3f\\n", began, before, after);
  fflush(stdout);
  for (;;) pause();
}
`;

async function benchLateness(daemon: LabDaemon, notes: Notes, directory: string): Promise<readonly Result[]> {
  if (!(await has("gcc"))) {
    console.log("lateness is not measured: it needs gcc, for a workload that tells its own time");
    return [];
  }
  const program = join(directory, "late");
  execFileSync("gcc", ["-O2", "-static", "-x", "c", "-o", program, "-"], { input: source });
  const image = "tare-bench-late:1";
  const tar = writeTar([{ path: "late", mode: 0o755, bytes: readFileSync(program) }]);
  await daemon.docker.import(Readable.from([tar]), image, ['CMD ["/late"]'], forever);
  const starter = containerStarter(
    daemon,
    await workload(daemon, image, { kind: "port", port: 8080 }),
    notes,
  );
  const [early, late, exec, startedAt]: [number[], number[], number[], number[]] = [[], [], [], []];
  let cpu = 0;
  let wall = 0;
  for (let turn = 0; turn < delayed; turn++) {
    let created = Number.NaN;
    const saw = (moment: keyof Moments) => {
      if (moment === "created") created = Number(process.hrtime.bigint()) / 1e6;
    };
    const before = process.cpuUsage();
    const { moments, kept, trouble } = await starter.run({ ...options, keep: true, saw }, forever);
    const used = process.cpuUsage(before);
    if (trouble || !kept) throw new Error(`${trouble?.code}: ${trouble?.cause}`);
    const { stdout } = await run("docker", ["logs", kept.id.slice("docker:".length)]);
    await kept.stop();
    const request = created - (moments.created ?? Number.NaN);
    const [began = Number.NaN, listening = Number.NaN, listened = Number.NaN] = stdout.split(" ").map(Number);
    const at = (moment: keyof Moments) => request + (moments[moment] ?? Number.NaN);
    early.push(at("ready") - listening);
    late.push(at("ready") - listened);
    exec.push(at("exec") - began);
    startedAt.push(at("startedAt") - began);
    cpu += (used.user + used.system) / 1_000;
    wall += moments.ready ?? Number.NaN;
    await pause(settle);
  }
  await run("docker", ["rmi", image]);
  return [
    atLeast(`ready after listen() was called, earliest of ${delayed}`, Math.min(...early), 0, "ms"),
    atMost("ready after listen() returned, median", median(late), 10, "ms"),
    atMost("exec seen, after main began, median", median(exec), 10, "ms"),
    {
      ...atMost(
        "Docker's StartedAt, after main began, median",
        median(startedAt),
        Number.POSITIVE_INFINITY,
        "ms",
      ),
      bar: null,
      met: null,
    },
    atMost("CPU of watching a start, of one core", (cpu / wall) * 100, 25, "%"),
  ];
}

async function workload(daemon: LabDaemon, image: string, probe: Probe): Promise<Workload> {
  const wish = { probe, memory: 128 << 20, cpus: 1 };
  return workloadOf(await daemon.docker.image(image, forever), image, wish, process.arch);
}

const has = (program: string): Promise<boolean> =>
  run(program, ["--version"]).then(
    () => true,
    () => false,
  );

const median = (values: readonly number[]): number => medianOf(values) ?? Number.NaN;
