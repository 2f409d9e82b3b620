import type { CgroupPaths, Claim, EngineName } from "../../../shared/model/instance.ts";
import type { Millis } from "../../../shared/model/units.ts";
import type { CgroupMounts } from "../../machine/cgroup-paths.ts";
import type { Clock } from "../../machine/clock.ts";
import type { News } from "../engine.ts";
import { readFirstPid, readIsPause, readPaths, readStart } from "./inside.ts";
import type { Node, Tree } from "./tree.ts";

/** What was told of the trees, and what has to be. */
export type Claims = {
  /** Compares what stands in the trees with what was told. `whole`: looks anew whether somebody is still inside. */
  compare(whole: boolean): void;
  /** Claims those in which a process has appeared since. */
  fill(): void;
};

export type ClaimsOptions = {
  readonly trees: readonly Tree[];
  readonly mounts: CgroupMounts;
  readonly services: boolean;
  readonly proc: string;
  readonly clock: Clock;
  readonly tell: (news: News) => void;
};

/** A group that stays empty so long (one that its engine left behind) is looked into by `compare` alone. */
const soon: Millis = 10_000;
/** Their own engines tell more of them, and of their lives, where they can be reached. */
const toldElsewhere: ReadonlySet<EngineName> = new Set(["docker", "podman"]);

type Empty = { readonly node: Node; readonly since: Millis };

export function claimsOf({ trees, mounts, services, proc, clock, tell }: ClaimsOptions): Claims {
  /** Told, or known as a pod's sandbox, by claim id. */
  const claimed = new Map<string, Node>();
  /** There, and empty so far: a directory is born before its first process, and may outlive its last. */
  const empty = new Map<string, Empty>();
  let first = true;
  const now = () => clock.monotonic() / 1e6;

  const claim = (id: string, node: Node): Claim | null => {
    const pid = readFirstPid(mounts, node.path);
    if (pid === null) {
      if (!empty.has(id)) empty.set(id, { node, since: now() });
      return null;
    }
    empty.delete(id);
    claimed.set(id, node);
    if (readIsPause(proc, pid, node)) return null;
    return claimOf(id, node, pid, readPaths(mounts, proc, node, pid), readStart(proc, pid, clock));
  };

  const come = (claim: Claim) => {
    tell({ came: claim });
    announce("started", claim.id, claim.engine);
  };

  const leave = (id: string, { recognised }: Node) => {
    empty.delete(id);
    if (!claimed.delete(id)) return;
    if (recognised.what === "instance") announce("stopped", id, recognised.engine);
    tell({ went: id });
  };

  const announce = (kind: "started" | "stopped", instance: string, engine: EngineName) => {
    if (!toldElsewhere.has(engine)) tell({ event: { at: clock.now(), kind, instance, detail: null } });
  };

  const present = () => {
    const found = new Map<string, Node>();
    for (const node of trees.flatMap((tree) => tree.nodes())) {
      const id = idOf(node, services);
      if (id !== null && !found.has(id)) found.set(id, node);
    }
    return found;
  };

  return {
    compare(whole) {
      const standing = present();
      const before = [...claimed, ...[...empty].map(([id, { node }]) => [id, node] as const)];
      for (const [id, node] of before) {
        const there = standing.get(id);
        const same = there?.path === node.path && there.inode === node.inode;
        if (!same || (whole && claimed.has(id) && readFirstPid(mounts, node.path) === null)) leave(id, node);
      }
      const came = [...standing].flatMap(([id, node]) => (claimed.has(id) ? [] : (claim(id, node) ?? [])));
      if (first) tell({ all: came });
      else for (const one of came) come(one);
      first = false;
    },
    fill() {
      for (const [id, { node, since }] of empty) {
        const made = now() - since > soon ? null : claim(id, node);
        if (made) come(made);
      }
    },
  };
}

/** The id that the engine's own claim would have. Null: nothing that is claimed here. */
function idOf({ path, recognised }: Node, services: boolean): string | null {
  if (recognised.what === "instance") return `${recognised.engine}:${recognised.id}`;
  return recognised.what === "service" && services ? `cgroup:${path}` : null;
}

function claimOf(
  id: string,
  { path, recognised }: Node,
  pid: number,
  paths: CgroupPaths,
  startedAt: Millis | null,
): Claim {
  const instance = recognised.what === "instance" ? recognised : null;
  const name = recognised.what === "instance" || recognised.what === "service" ? recognised.name : path;
  const weighable = Object.values(paths).some((one) => one !== null);
  const container = instance?.id ?? path;
  return {
    engine: instance?.engine ?? "cgroup",
    id,
    kind: instance?.kind ?? "container",
    name: shown(name),
    state: "running",
    group: instance?.group ?? null,
    image: null,
    imageSize: null,
    createdAt: null,
    startedAt,
    restarts: null,
    health: null,
    reported: { memory: null, cpu: null, pids: null },
    virtualization: null,
    handle: weighable ? { via: "cgroup", paths, pid: pid > 0 ? pid : null, container } : null,
    uuid: null,
    // Left to the handle: QEMU that runs in a container is a VM of its own, and its pid the VM's.
    pid: null,
    // So that the merge takes the engine's own claim, whoever came first.
    detailed: !toldElsewhere.has(instance?.engine ?? "cgroup"),
  };
}

/** A path's bytes as text. */
const shown = (name: string) => Buffer.from(name, "latin1").toString("utf8");
