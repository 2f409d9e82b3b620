import { execFile, spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { promisify } from "node:util";
import { cgroups } from "../../electron/engines/cgroups/cgroups.ts";
import { docker } from "../../electron/engines/docker/docker.ts";
import { podman } from "../../electron/engines/podman/podman.ts";
import { supervise } from "../../electron/engines/supervisor.ts";
import { census } from "../../electron/live/census.ts";
import { systemClock } from "../../electron/machine/clock.ts";
import { helpersFinder } from "../../electron/readers/helpers/helpers.ts";
import type { Reader } from "../../electron/readers/reader.ts";
import type { Event, EventKind } from "../../shared/model/event.ts";
import type { Handle, Instance } from "../../shared/model/instance.ts";
import { changed } from "./changed.ts";
import { atRest, tell, textOf, until } from "./kernel.ts";

// The engines inside the guest, as the app runs them: each under its supervisor, their claims merged by the census, and
// what a claim's handle names weighed by the readers. Beside each result stands what the kernel and the engine say.

const execute = promisify(execFile);
const image = "tare-busybox:1";
const filling = ["/bin/sh", "-c", "dd if=/dev/zero bs=16M count=1 | sleep 1000"];
const MiB = 2 ** 20;

const people = census();
const events: Event[] = [];
const helpersOf = helpersFinder(systemClock);

/** The instance as the census has it after all that was told so far. */
function known(id: string): Instance | undefined {
  events.push(...people.changes().events);
  return people.instances.get(id);
}
const told = (id: string) => events.filter(({ instance }) => instance === id);
/** Waits until each kind of event was told of it: Docker's daemon and its shim tell theirs in no fixed order. */
const untilTold = (id: string, kinds: readonly EventKind[], wait?: number) =>
  until(
    `${kinds} of ${id} are told`,
    () => {
      known(id);
      return kinds.every((kind) => told(id).some((event) => event.kind === kind));
    },
    wait,
  );
/** All instances of one engine's id, whoever claims them. */
const named = (key: string) => [...people.instances.keys()].filter((id) => id.includes(key));

function handleOf(id: string): Extract<Handle, { via: "cgroup" }> {
  const handle = people.handle(id);
  if (handle?.via !== "cgroup") throw new Error(`${id} is weighed via ${handle?.via}`);
  return handle;
}

/** All that is told of one running container: its claim, its reading at rest, its helpers, beside the kernel's view. */
async function weigh(id: string, open: (handle: Handle) => Reader) {
  const handle = handleOf(id);
  const folder = handle.paths.unified ?? "";
  await until("the load is there", () => Number(textOf(folder, "memory.current")) > 16 * MiB);
  await until("its helper is weighed", () => (helpersOf(handle.container)[0]?.private ?? null) !== null);
  const rest = await atRest(folder, () => open(handle));
  return {
    ...rest,
    instance: known(id),
    paths: handle.paths,
    procs: textOf(folder, "cgroup.procs"),
    pid: handle.pid,
    helpers: helpersOf(handle.container).map((one) => ({
      ...one,
      rollup: textOf(`/proc/${one.pid}`, "smaps_rollup"),
    })),
  };
}

/** One call of Docker's API that changes something, or tells what the engine class does not: a test's own way in. */
function ask(method: string, path: string, body: object | Buffer | null = null): Promise<string> {
  return new Promise((resolve, reject) => {
    const data = body === null ? "" : Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const type = Buffer.isBuffer(body) ? "application/x-tar" : "application/json";
    const call = request(
      {
        socketPath: "/var/run/docker.sock",
        method,
        path: `/v1.41${path}`,
        headers: { "content-type": type },
      },
      (answer) => {
        let text = "";
        answer.on("data", (piece) => (text += piece));
        answer.on("end", () =>
          (answer.statusCode ?? 500) < 400
            ? resolve(text)
            : reject(new Error(`${answer.statusCode} ${text}`)),
        );
      },
    );
    call.on("error", reject);
    call.end(data);
  });
}

async function create(name: string, command: readonly string[], settings: object): Promise<string> {
  const { Id: key } = JSON.parse(
    await ask("POST", `/containers/create?name=${name}`, {
      Image: image,
      Cmd: command,
      Labels: { "com.docker.compose.project": "shop" },
      HostConfig: { NetworkMode: "none", ...settings },
    }),
  );
  await ask("POST", `/containers/${key}/start`);
  return key;
}

async function dockerInside(open: (handle: Handle) => Reader, ready: () => boolean): Promise<void> {
  await until("Docker is ready", ready, 90_000);
  await ask("POST", "/images/create?fromSrc=-&repo=tare-busybox&tag=1", readFileSync("/test/image.tar"));
  const key = await create("tare-guest-web", filling, { Memory: 64 * MiB, NanoCpus: 5e8, PidsLimit: 30 });
  const id = `docker:${key}`;
  await until("Docker claims it", () => known(id)?.detailed === true && known(id)?.state === "running");
  const weighed = await weigh(id, open);
  const stats = JSON.parse(await ask("GET", `/containers/${key}/stats?stream=false&one-shot=true`));
  const inspected = JSON.parse(await ask("GET", `/containers/${key}/json`));
  tell("docker", {
    ...weighed,
    ids: named(key),
    key,
    memoryStats: stats.memory_stats,
    state: inspected.State,
  });

  await ask("POST", `/containers/${key}/update`, { Memory: 80 * MiB, MemorySwap: 160 * MiB });
  await until("the new limit is told", () => known(id)?.reported.memory === 80 * MiB);
  const after = open(handleOf(id));
  tell("updated", { reading: after.read() });
  after.close();

  const standing = open(handleOf(id));
  standing.read();
  await ask("DELETE", `/containers/${key}?force=true`);
  await until("it is gone", () => known(id) === undefined);
  await untilTold(id, ["started", "limits-changed", "died"]);
  await until("its cgroup is gone", () => standing.read() === "gone");
  tell("removed", { reading: standing.read(), events: told(id), ids: named(key) });

  // Docker's shim hears of a kill from the cgroup, and not at all where that is gone by then: one of five it does hear of.
  for (let tries = 1; ; tries++) {
    const killed = `docker:${await oomKilled(`tare-guest-oom-${tries}`)}`;
    const heard = await untilTold(killed, ["oom-kill"], 2_000).then(
      () => true,
      () => false,
    );
    if (!heard && tries < 5) continue;
    tell("oom", { events: told(killed), instance: known(killed) });
    return;
  }
}

async function oomKilled(name: string): Promise<string> {
  const key = await create(name, ["tail", "/dev/zero"], { Memory: 16 * MiB, MemorySwap: 16 * MiB });
  // Its cgroup may stand for a moment longer than it ran.
  await until("its end is told", () => {
    const { state, weighed } = known(`docker:${key}`) ?? {};
    return state === "stopped" && weighed === null;
  });
  await untilTold(`docker:${key}`, ["started", "died"]);
  return key;
}

/** A container without limits, given one, freed of it, and given too small a one. */
async function changedInside(): Promise<void> {
  const id = `docker:${await create("tare-guest-change", filling, {})}`;
  await until("it is claimed", () => known(id)?.detailed === true && known(id)?.state === "running");
  const folder = handleOf(id).paths.unified ?? "";
  await until("the load is there", () => Number(textOf(folder, "memory.current")) > 16 * MiB);
  const made = await changed(known(id) as Instance, folder);
  // Whom the kernel kills of it, one process or the first one and so all, is the kernel's choice.
  const killed = () => /^oom_kill [1-9]/m.test(textOf(folder, "memory.events") ?? "");
  await until("it was killed", () => {
    known(id);
    return killed() || told(id).some(({ kind }) => kind === "oom-kill" || kind === "died");
  });
  tell("changed", made);
}

async function podmanInside(open: (handle: Handle) => Reader): Promise<void> {
  const command = async (...args: readonly string[]) =>
    (await execute("podman", args, { timeout: 90_000 })).stdout.trim();
  await command("import", "-q", "/test/image.tar", image);
  const limits = ["--memory", "64m", "--cpus", "0.5", "--pids-limit", "30"];
  const key = await command(
    "run",
    "-d",
    "--name",
    "tare-guest-pod",
    "--network",
    "none",
    ...limits,
    image,
    ...filling,
  );
  const id = `podman:${key}`;
  await until("it is claimed by its cgroup", () => known(id)?.state === "running");
  tell("podman-unserved", { instance: known(id), ids: named(key) });
  // Its service comes up only now: the engine finds the socket by itself, and its claim wins.
  mkdirSync("/run/podman");
  spawn("podman", ["system", "service", "--time=0", "unix:///run/podman/podman.sock"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  await until("Podman claims it", () => known(id)?.name === "tare-guest-pod" && known(id)?.detailed === true);
  tell("podman", { ...(await weigh(id, open)), ids: named(key), key });
  const standing = open(handleOf(id));
  standing.read();
  await command("rm", "-f", "-t", "0", key);
  await until("it is gone", () => known(id) === undefined);
  await until("its cgroup is gone", () => standing.read() === "gone");
  tell("podman-removed", { reading: standing.read(), events: told(id), ids: named(key) });
}

/** Watches all three engines for the whole time: before, while and after their daemons are there. */
export async function engines(open: (handle: Handle) => Reader): Promise<void> {
  const stop = new AbortController();
  const watched = [docker({}), podman({}), cgroups({ services: false })].map((engine) =>
    supervise(
      engine,
      systemClock,
      stop.signal,
      (news) => people.hear(engine.name, news),
      () => undefined,
    ),
  );
  const statuses = () => watched.map((one) => one.status());
  await dockerInside(open, () => statuses()[0]?.state === "ready");
  await changedInside();
  await podmanInside(open);
  tell("statuses", { statuses: statuses() });
  stop.abort();
}
