import { PassThrough } from "node:stream";
import type { Millis } from "../../shared/model/units.ts";
import { median } from "../../shared/stats/outliers.ts";
import { containerStarter } from "./container/trial.ts";
import type { LabDocker } from "./docker.ts";
import type { Notes } from "./notes.ts";
import type { Workload } from "./workload.ts";

const turns = 5;

/**
 * The lab's own part of a time to ready: the median of trials that do nothing, by the code of every other container trial over a
 * Docker that answers at once. null where even that fails.
 */
export async function measureOverhead(signal: AbortSignal): Promise<Millis | null> {
  const daemon = { docker: idle, engine: "docker", where: "nowhere", native: false } as const;
  const starter = containerStarter(daemon, nothing, unwritten);
  const times: Millis[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const options = { giveUp: 1_000, weigh: false, keep: false, saw: () => undefined };
    const { moments } = await starter.run(options, signal);
    if (moments.ready !== undefined) times.push(moments.ready);
  }
  return median(times);
}

const note = { made: () => undefined, gone: () => undefined };
/** Nothing is made that would have to be found again. */
const unwritten: Notes = {
  run: "overhead",
  container: () => note,
  started: () => note,
  close: () => undefined,
};

const ended = { State: { Running: false, ExitCode: 0, Error: "" } };
const noLines: AsyncIterable<string> = { [Symbol.asyncIterator]: () => ({ next: async () => over }) };
const over = { done: true, value: undefined } as const;

/** Everything is made, started and over at once. */
const idle: LabDocker = {
  facts: async () => ({ version: "", storage: "", cgroup: "" }),
  images: async () => [],
  image: async () => null,
  create: async () => "nothing",
  start: async () => undefined,
  inspect: async () => ended,
  stop: async () => undefined,
  remove: async () => undefined,
  labelled: async () => [],
  output: async () => noLines,
  exec: async () => 0,
  export: async () => new PassThrough().end(),
  import: async () => "nothing",
  removeImage: async () => true,
};

const nothing: Workload = {
  image: "nothing",
  digest: `sha256:${"0".repeat(64)}`,
  bytes: 0,
  argv: ["true"],
  env: [],
  directory: "/",
  user: "",
  architecture: "amd64",
  health: null,
  probe: { kind: "exit" },
  memory: 0,
  cpus: 1,
};
