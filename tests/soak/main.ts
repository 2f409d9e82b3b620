import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { busyboxTar, busyboxImage as image } from "../engines/busybox-image.ts";
import { dockerCommand, ownDaemon } from "../engines/docker-lab.ts";
import { box } from "../faults/box.ts";
import type { Health } from "./back-end.ts";
import { judge } from "./judge.ts";

// npm run soak [-- --minutes 30 --times 16 --instances 100]
// Eight hours in thirty minutes: a hundred instances of which one comes and one goes each second, a daemon of its own that
// is stopped, killed and started again, and Tare itself stopped, a fault a minute. As root, on a machine with Docker.
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    times: { type: "string", default: "16" },
    instances: { type: "string", default: "100" },
  },
});
const word = "tare-soak";
const end = performance.now() + Number(values.minutes) * 60_000;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const folder = mkdtempSync(join(tmpdir(), "tare-soak-"));
const daemon = await ownDaemon();
execFileSync("docker", ["-H", daemon.host, "import", "-", image], { input: busyboxTar(), stdio: "pipe" });
const docker = (...args: readonly string[]) => dockerCommand(args, daemon.host);
await docker(
  "run",
  "-d",
  "--restart",
  "always",
  "--name",
  `${word}-c`,
  "--network",
  "none",
  image,
  "sleep",
  "7200",
);

const boxes: Awaited<ReturnType<typeof box>>[] = [];
let born = 0;
const add = async () => void boxes.push(await box(`${word}-${born++}`));
for (let index = 1; index < Number(values.instances); index++) await add();

const healths: Health[] = [];
const causes: string[] = [];
const back = fork(
  fileURLToPath(new URL("back-end.js", import.meta.url)),
  [values.times, word, join(folder, "soak.tare")],
  { execArgv: ["--expose-gc"], env: { ...process.env, DOCKER_HOST: daemon.host } },
);
back.on("message", (health: Health) => {
  healths.push(health);
  const tenths = (value: number) => Math.round(value * 10) / 10;
  const mib = (bytes: number) => tenths(bytes / 2 ** 20);
  const { at, resident, heap, descriptors, zombies, lateness, ticks, gaps, absurd, saved } = health;
  console.log(
    `${Math.round(at / 36_000) / 100} h  resident ${mib(resident)} MiB  heap ${mib(heap)}  fds ${descriptors}  zombies ${zombies}` +
      `  p99 ${tenths(lateness)} ms  ticks ${ticks}  instances ${health.instances}  gaps ${gaps}  absurd ${absurd}` +
      `  file ${mib(saved)}  docker ${health.docker}`,
  );
});
let ended: number | null = null;
back.on("exit", (code) => (ended = code ?? -1));

/** One a minute, in turn. */
const faults: readonly [string, () => Promise<unknown>][] = [
  [
    "the daemon stands still for 10 s",
    async () => {
      daemon.signal("SIGSTOP");
      await wait(10_000);
      daemon.signal("SIGCONT");
    },
  ],
  [
    "the daemon is killed and started again",
    async () => {
      await daemon.stop("SIGKILL");
      await daemon.start();
    },
  ],
  [
    "Tare stands still for 2 s",
    async () => {
      back.kill("SIGSTOP");
      await wait(2_000);
      back.kill("SIGCONT");
    },
  ],
  [
    "a container is restarted ten times",
    async () => {
      for (let turn = 0; turn < 10; turn++) await docker("restart", "-t", "0", `${word}-c`);
    },
  ],
];
const churn = (async () => {
  while (performance.now() < end && ended === null) {
    await boxes.shift()?.end();
    await add();
    await wait(1_000);
  }
})();
for (let turn = 0; performance.now() < end && ended === null; turn++) {
  // The last quarter of a minute is calm: what a fault leaves behind is seen by then.
  await wait(Math.min(45_000, end - performance.now()));
  const [cause, make] = faults[turn % faults.length] ?? [];
  if (!cause || performance.now() + 15_000 > end) continue;
  console.log(`fault: ${cause}`);
  causes.push(cause);
  // On a starved machine the daemon itself may not come back in time: the run goes on, and says so.
  await make?.().catch((error: unknown) => console.log(`  it could not be made whole: ${error}`));
}
await churn;
const verdicts = judge(healths, causes, ended);
for (const { what, value, bar, met } of verdicts)
  console.log(`${met ? "met   " : "MISSED"} ${what}: ${value} (${bar})`);
if (ended === null) {
  const over = once(back, "exit");
  back.kill("SIGKILL");
  await over;
}
for (const one of boxes) await one.end();
await daemon.close();
rmSync(folder, { recursive: true, force: true });
process.exit(verdicts.every(({ met }) => met) ? 0 : 1);
