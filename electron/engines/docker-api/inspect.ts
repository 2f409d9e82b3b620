import { z } from "zod/mini";
import type { ReportedLimits, State } from "../../../shared/model/instance.ts";
import type { Bytes, Millis } from "../../../shared/model/units.ts";

/**
 * What an engine tells of one container, in our terms. Environment, command and arguments are not in it: they hold
 * secrets, and this is the border where they stay behind.
 */
export type Facts = {
  readonly id: string;
  readonly name: string;
  readonly state: State;
  readonly group: string | null;
  readonly image: string | null;
  /** sha256:<64 hex> of the image it was made from, to look up its size. */
  readonly imageId: string | null;
  readonly createdAt: Millis | null;
  readonly startedAt: Millis | null;
  readonly restarts: number | null;
  readonly health: string | null;
  readonly reported: ReportedLimits;
  /** Of its first process, on the daemon's machine; null: not running. */
  readonly pid: number | null;
};

/** A field of the wrong type is unknown, not the end of the container. */
const text = z.catch(z.nullish(z.string()), null);
const number = z.catch(z.nullish(z.number()), null);
const flag = z.catch(z.nullish(z.boolean()), null);
const labels = z.catch(z.nullish(z.record(z.string(), z.string())), null);

const Inspect = z.object({
  Id: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  Name: text,
  Image: text,
  Created: text,
  RestartCount: number,
  State: z.object({
    Status: text,
    Running: flag,
    Paused: flag,
    Restarting: flag,
    Dead: flag,
    Pid: number,
    StartedAt: text,
    Health: z.catch(z.nullish(z.object({ Status: text })), null),
  }),
  HostConfig: z.catch(
    z.nullish(
      z.object({
        Memory: number,
        NanoCpus: number,
        CpuQuota: number,
        CpuPeriod: number,
        CpusetCpus: text,
        PidsLimit: number,
      }),
    ),
    null,
  ),
  Config: z.catch(z.nullish(z.object({ Image: text, Labels: labels })), null),
});

/**
 * Parses GET /containers/{id}/json, https://docs.docker.com/reference/api/engine/ (ContainerInspect)
 *   {"Id":"3f9c…","Name":"/web","Created":"2026-11-24T06:04:09.890025329Z","State":{"Status":"running","Pid":7682,…},
 *    "HostConfig":{"Memory":67108864,"NanoCpus":500000000,"PidsLimit":50,…},"Config":{"Image":"nginx:1","Labels":{}}}
 * Null: this is no container.
 */
export function parseInspect(json: unknown): Facts | null {
  const parsed = Inspect.safeParse(json);
  if (!parsed.success) return null;
  const { Id, Name, State, HostConfig, Config, ...rest } = parsed.data;
  const pid = State.Pid ?? 0;
  return {
    id: Id,
    name: nameOf([Name ?? ""], Id),
    state: stateOf(State.Status, State),
    group: groupOf(Config?.Labels ?? {}),
    image: Config?.Image || null,
    imageId: rest.Image ?? null,
    createdAt: parseMoment(rest.Created),
    startedAt: parseMoment(State.StartedAt),
    restarts: rest.RestartCount ?? null,
    health: healthOf(State.Health?.Status),
    reported: {
      memory: limit(HostConfig?.Memory),
      cpu: coresAllowed(HostConfig ?? {}),
      pids: limit(HostConfig?.PidsLimit),
    },
    pid: Number.isInteger(pid) && pid > 0 ? pid : null,
  };
}

const Listed = z.object({
  Id: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  Names: z.catch(z.nullish(z.array(z.string())), null),
  Image: text,
  ImageID: text,
  Created: number,
  State: text,
  Status: text,
  Labels: labels,
});

/** Far beyond what one daemon bears; each entry that is none costs some 10 us. */
const mostListed = 20_000;

/**
 * Parses GET /containers/json?all=1: the little that a list tells of each container. Entries that are none are left
 * out; null: this is no list at all, one that no daemon has, or none of its entries is a container.
 *   [{"Id":"3f9c…","Names":["/web"],"Image":"nginx:1","Created":1795500250,"State":"running","Labels":{}}]
 */
export function parseList(json: unknown): readonly Facts[] | null {
  if (!Array.isArray(json) || json.length > mostListed) return null;
  const facts = json.flatMap((entry) => {
    const parsed = Listed.safeParse(entry);
    return parsed.success ? [factsOf(parsed.data)] : [];
  });
  return facts.length === 0 && json.length > 0 ? null : facts;
}

const factsOf = (listed: z.infer<typeof Listed>): Facts => ({
  id: listed.Id,
  name: nameOf(listed.Names ?? [], listed.Id),
  state: stateOf(listed.State, {}),
  group: groupOf(listed.Labels ?? {}),
  image: listed.Image || null,
  imageId: listed.ImageID ?? null,
  createdAt: listed.Created && listed.Created > 0 ? listed.Created * 1000 : null,
  startedAt: null,
  restarts: null,
  health: healthOf(/\((healthy|unhealthy|health: starting)\)/.exec(listed.Status ?? "")?.[1]),
  reported: { memory: null, cpu: null, pids: null },
  pid: null,
});

/** "/web" is web; of several the one without a link's second slash; one that is being removed has none: its short id. */
function nameOf(names: readonly string[], id: string): string {
  const bare = names.map((name) => name.replace(/^\//, "")).filter((name) => name !== "");
  return bare.find((name) => !name.includes("/")) ?? bare[0] ?? id.slice(0, 12);
}

const states: ReadonlyMap<string, State> = new Map([
  ["created", "created"],
  ["configured", "created"], // Podman's
  ["initialized", "created"], // Podman's
  ["running", "running"],
  ["paused", "paused"],
  ["restarting", "restarting"],
  ["removing", "stopping"],
  ["stopping", "stopping"], // Podman's
  ["exited", "stopped"],
  ["stopped", "stopped"], // Podman's
  ["dead", "dead"],
]);

/** The word for it, else the flags: `Running` is true while it is paused or restarting, so it is asked last. */
function stateOf(
  status: string | null | undefined,
  flags: { [name in "Running" | "Paused" | "Restarting" | "Dead"]?: boolean | null | undefined },
): State {
  const known = states.get(status ?? "");
  if (known) return known;
  if (flags.Dead) return "dead";
  if (flags.Paused) return "paused";
  if (flags.Restarting) return "restarting";
  return flags.Running ? "running" : "unknown";
}

/** Compose project, swarm stack, or pod: what a user sees as one thing of several containers. */
function groupOf(labels: Readonly<Record<string, string>>): string | null {
  const told = new Map(Object.entries(labels));
  const pod = told.get("io.kubernetes.pod.name");
  const space = told.get("io.kubernetes.pod.namespace");
  return (
    told.get("com.docker.compose.project") ||
    told.get("io.podman.compose.project") ||
    told.get("com.docker.stack.namespace") ||
    (pod && (space ? `${space}/${pod}` : pod)) ||
    null
  );
}

const healthOf = (told: string | null | undefined): string | null =>
  !told || told === "none" ? null : told.replace("health: ", "");

/** Docker writes "no limit" as 0, -1 or null; v1's 9223372036854771712 comes through some proxies. */
const limit = (told: number | null | undefined): Bytes | null =>
  told != null && told > 0 && told < 2 ** 62 ? told : null;

/**
 * The cores it may use: NanoCpus / 10^9, else CpuQuota / CpuPeriod (a period of 0 is the kernel's 100 ms), and never
 * more than the CPUs it is pinned to. 50000 / 100000 on "0-2,5" is 0.5; no quota on "0-2,5" is 4.
 */
function coresAllowed(told: {
  readonly NanoCpus?: number | null | undefined;
  readonly CpuQuota?: number | null | undefined;
  readonly CpuPeriod?: number | null | undefined;
  readonly CpusetCpus?: string | null | undefined;
}): number | null {
  const nano = limit(told.NanoCpus);
  const quota = limit(told.CpuQuota);
  const byTime =
    nano !== null ? nano / 1e9 : quota !== null ? quota / (limit(told.CpuPeriod) ?? 100_000) : null;
  const pinned = countCpus(told.CpusetCpus ?? "");
  return byTime === null ? pinned : pinned === null ? byTime : Math.min(byTime, pinned);
}

/** "0-2,5" is 4; "" and what is no list is null. */
function countCpus(list: string): number | null {
  let count = 0;
  for (const part of list.split(",")) {
    const [, first, last] = /^\s*(\d{1,5})(?:-(\d{1,5}))?\s*$/.exec(part) ?? [];
    if (first === undefined) return null;
    count += Math.max(0, Number(last ?? first) - Number(first) + 1);
  }
  return count > 0 ? count : null;
}

/** RFC 3339 with up to nine digits of a second, cut to ms; the zero date "0001-01-01T00:00:00Z" is "never". */
export function parseMoment(told: string | null | undefined): Millis | null {
  const at = Date.parse((told ?? "").replace(/(\.\d{3})\d+/, "$1"));
  return Number.isNaN(at) || at <= 0 ? null : at;
}

/** Size of an image from GET /images/{id}/json; null where it does not say. */
export function parseImageSize(json: unknown): Bytes | null {
  const parsed = z.object({ Size: z.number() }).safeParse(json);
  return parsed.success && parsed.data.Size > 0 ? parsed.data.Size : null;
}

/** Of GET /info: version and identity of the daemon. Podman makes up a new ID for each call: its own is null. */
export function parseInfo(
  json: unknown,
): { readonly id: string | null; readonly version: string | null } | null {
  const parsed = z.object({ ID: text, ServerVersion: text }).safeParse(json);
  return parsed.success ? { id: parsed.data.ID || null, version: parsed.data.ServerVersion || null } : null;
}
