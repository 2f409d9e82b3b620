import { readFileSync } from "node:fs";
import type { CgroupPaths, Claim, EngineName, Handle } from "../../../shared/model/instance.ts";
import type { Bytes } from "../../../shared/model/units.ts";
import { cgroupsOf } from "../../machine/cgroup-paths.ts";
import type { Facts } from "./inspect.ts";

/** What a claim needs to know of the daemon that it comes from. */
export type Origin = {
  readonly engine: EngineName;
  readonly endpoint: string;
  /** Reached through a socket of this machine; its containers may still live in a VM. */
  readonly local: boolean;
  /** Its process was seen on this machine: the pids that it tells are ours. */
  readonly native: boolean;
};

/** An engine's facts as a claim. `detailed` is false while only the list has told of it. */
export function claimOf(facts: Facts, origin: Origin, imageSize: Bytes | null, detailed: boolean): Claim {
  const alive = facts.state === "running" || facts.state === "paused";
  const handle = alive && detailed ? handleOf(facts, origin) : null;
  const { engine } = origin;
  return {
    engine,
    id: `${engine}:${facts.id}`,
    kind: "container",
    name: facts.name,
    state: facts.state,
    group: facts.group,
    image: facts.image === null ? null : imageName(facts.image, engine),
    imageSize,
    createdAt: facts.createdAt,
    startedAt: facts.startedAt,
    restarts: facts.restarts,
    health: facts.health,
    reported: facts.reported,
    virtualization: null,
    handle,
    uuid: null,
    pid: handle?.via === "cgroup" ? handle.pid : null,
    detailed,
  };
}

/** Podman writes every name out in full: "localhost/web:1" is what Docker calls web:1, docker.io/library/nginx nginx. */
const imageName = (image: string, engine: EngineName): string =>
  engine === "podman" ? image.replace(/^(localhost\/|docker\.io\/(library\/)?)/, "") : image;

/**
 * The container's own cgroup where its pid is a process of this machine, whose cgroup carries the container's id; else
 * (Desktop's VM, another host, no delegation) the engine's API. Null: there is nothing to weigh any more.
 */
function handleOf(facts: Facts, { engine, endpoint, local, native }: Origin): Handle | null {
  const api: Handle = { via: "api", engine, endpoint, key: facts.id };
  if (!local || facts.pid === null) return api;
  try {
    if (!readFileSync(`/proc/${facts.pid}/cgroup`, "latin1").includes(facts.id)) return api;
  } catch {
    return native ? null : api; // ended since it was told, or never a process of this machine
  }
  const paths = cgroupsOf(facts.pid);
  const own = paths === null ? null : ownPaths(paths, facts.id);
  if (own === null) return api;
  return { via: "cgroup", paths: own, pid: facts.pid, container: facts.id };
}

/**
 * Each path up to the part that carries the id: a systemd inside, or crun's `container` group, moves the process further
 * down, while limits and the whole weight are at the container's own group. A path without the id is somebody else's.
 */
export function ownPaths(paths: CgroupPaths, id: string): CgroupPaths | null {
  const own = (path: string | null) => {
    const parts = path?.split("/") ?? [];
    const last = parts.findLastIndex((part) => part.includes(id));
    return last < 0 ? null : parts.slice(0, last + 1).join("/");
  };
  const cut: CgroupPaths = {
    unified: own(paths.unified),
    memory: own(paths.memory),
    cpu: own(paths.cpu),
    cpuacct: own(paths.cpuacct),
    pids: own(paths.pids),
    blkio: own(paths.blkio),
  };
  return Object.values(cut).some((path) => path !== null) ? cut : null;
}
