import * as z from "zod/mini";
import type { Event, EventKind } from "./event.ts";
import type { HostFacts, HostSample, SelfSample } from "./host.ts";
import { controllers, type EngineName, type Handle, type Instance, type State } from "./instance.ts";
import { few, id, number, oneOf, some, someText, text } from "./recorded-fields.ts";
import type { EngineState, EngineStatus } from "./status.ts";
import type { TroubleCode } from "./trouble.ts";

/** Raised when a reader of the old form would misread the new one. docs/recording-format.md tells each. */
export const recordingFormat = 3;

/** What a recording says of itself before its first tick. */
export type RecordingHeader = {
  /** Version of the Tare that made it. */
  readonly tare: string;
  readonly facts: HostFacts;
  /** Names of the columns in its frames, in their order. */
  readonly figures: readonly string[];
};

/** A recording is hostile until read: each bound is far above what Tare writes, and low enough to be held. */
export const bounds = {
  file: 256 * 1024 * 1024,
  /** Unpacked bytes of one frame, and how often its packed size that may be. */
  frame: 4 * 1024 * 1024,
  ratio: 100,
  rowsInFrame: 5_000,
  ticks: 1_000_000,
  instances: 20_000,
  events: 200_000,
  statuses: 20_000,
  details: 200_000,
  races: 200,
  figures: 256,
  depth: 8,
  /** UTF-8 bytes of one JSON text, and of all of a table's. */
  json: 64 * 1024,
  jsonOfTable: 12 * 1024 * 1024,
  /** A race of 210 runs takes a quarter of it. */
  raceJson: 512 * 1024,
} as const;

/**
 * JSON of a recording. Throws a RangeError where it nests deeper than `bounds.depth`: looked at before the parser is, which
 * would recurse. A SyntaxError is the parser's.
 */
export function parseRecorded(text: string): unknown {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quoted) {
      if (character === "\\") index++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{" || character === "[") {
      if (++depth > bounds.depth) throw new RangeError(`nests deeper than ${bounds.depth}`);
    } else if (character === "}" || character === "]") depth--;
  }
  return JSON.parse(text);
}

const engineName = oneOf<EngineName>({
  docker: true,
  podman: true,
  libvirt: true,
  qemu: true,
  containerd: true,
  kubernetes: true,
  lxc: true,
  nspawn: true,
  buildkit: true,
  cgroup: true,
});
const state = oneOf<State>({
  created: true,
  running: true,
  paused: true,
  restarting: true,
  stopping: true,
  stopped: true,
  dead: true,
  unknown: true,
});
const weighed = oneOf<Handle["via"]>({ cgroup: true, process: true, api: true });
const eventKind = oneOf<EventKind>({
  started: true,
  stopped: true,
  died: true,
  "oom-kill": true,
  paused: true,
  resumed: true,
  renamed: true,
  "limits-changed": true,
  restarted: true,
  found: true,
  "engine-lost": true,
  "engine-back": true,
});
const engineState = oneOf<EngineState>({
  searching: true,
  ready: true,
  silent: true,
  lost: true,
  absent: true,
  denied: true,
});
const troubleCode = oneOf<TroubleCode>({
  absent: true,
  denied: true,
  refused: true,
  timeout: true,
  garbled: true,
  outdated: true,
  unsafe: true,
  misconfigured: true,
  full: true,
  occupied: true,
  failed: true,
});
const virtualization = z.strictObject({
  accelerator: someText,
  acceleratorSeen: z.boolean(),
  machine: someText,
  vcpus: some,
  configured: some,
});

const controller = z.enum(controllers);
const boundsSchema = z.strictObject({
  ancestors: z.strictObject({
    memory: z.exactOptional(text),
    swap: z.exactOptional(text),
    cpu: z.exactOptional(text),
    pids: z.exactOptional(text),
    read: z.exactOptional(text),
    write: z.exactOptional(text),
  }),
  without: few(controller),
});

/** The schemas of what stands in a recording as JSON: unknown keys refused, so that nothing comes in by the way. */
export const instanceSchema: z.ZodMiniType<Instance> = z.strictObject({
  engine: engineName,
  id,
  kind: z.enum(["container", "vm"]),
  name: text,
  state,
  group: someText,
  image: someText,
  imageSize: some,
  createdAt: some,
  startedAt: some,
  restarts: some,
  health: someText,
  reported: z.strictObject({ memory: some, cpu: some, pids: some }),
  virtualization: z.nullable(virtualization),
  detailed: z.boolean(),
  slot: z.int().check(z.minimum(0)),
  weighed: z.nullable(weighed),
  bounds: z._default(z.nullable(boundsSchema), null),
  alsoSeenBy: z.array(engineName).check(z.maxLength(16)),
});

export const eventSchema: z.ZodMiniType<Event> = z.strictObject({
  at: number,
  kind: eventKind,
  instance: z.nullable(id),
  detail: someText,
});

export const statusesSchema: z.ZodMiniType<readonly EngineStatus[]> = z
  .array(
    z.strictObject({
      engine: engineName,
      state: engineState,
      version: someText,
      where: someText,
      looked: z.array(z.strictObject({ where: text, found: z.boolean() })).check(z.maxLength(256)),
      trouble: z.nullable(z.strictObject({ code: troubleCode, where: text, cause: someText })),
      since: number,
      nextTry: some,
    }),
  )
  .check(z.maxLength(64));

export const factsSchema: z.ZodMiniType<HostFacts> = z.strictObject({
  name: text,
  os: text,
  kernel: text,
  cpu: text,
  threads: number,
  memory: number,
  cgroup: z.nullable(z.enum(["v1", "v2", "hybrid"])),
  controllers: z._default(z.nullable(few(controller)), null),
});

export const figuresSchema = z.array(z.string().check(z.maxLength(64))).check(z.maxLength(bounds.figures));

const hostSample: z.ZodMiniType<HostSample> = z.strictObject({
  cores: some,
  available: some,
  free: some,
  cache: some,
  read: some,
  written: some,
  received: some,
  sent: some,
});
const selfSample: z.ZodMiniType<SelfSample> = z.strictObject({ cores: some, resident: number });

/** The head of a recorded frame: who came and went, events and statuses stand in tables of their own. */
export const headSchema = z.strictObject({
  sequence: z.int(),
  at: z.int(),
  whole: z.literal(false),
  came: z.array(z.never()),
  went: z.array(z.never()),
  events: z.array(z.never()),
  host: hostSample,
  self: selfSample,
  engines: z.null(),
  facts: z.null(),
  replay: z.null(),
});
