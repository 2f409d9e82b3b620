import type { Claim, EngineName, Handle, ReportedLimits, Virtualization } from "./model/instance.ts";

/** Claims that are one thing. */
export type Merged = {
  /** The claim of the engine that knows most, its gaps filled from the others. */
  readonly claim: Claim;
  /** All claims in it, the winner's first. */
  readonly parts: readonly Claim[];
  /** Their ids. */
  readonly members: readonly string[];
  /** The other engines that claimed it, in order of precedence. */
  readonly alsoSeenBy: readonly EngineName[];
};

/** Who knows more of a thing than who: an engine before the kernel's view of what it runs. Lower is better. */
const rank: { readonly [engine in EngineName]: number } = {
  docker: 0,
  podman: 1,
  libvirt: 2,
  kubernetes: 3,
  containerd: 4,
  lxc: 5,
  nspawn: 6,
  qemu: 7,
  buildkit: 8,
  cgroup: 9,
};

/**
 * Which claims are one thing: the same id, the same cgroup directory, the same process, or the same uuid (union-find, so
 * linear in the number of claims). A libvirt domain and its QEMU process are one; a container whose handle is a process
 * (Kata) stays a container, and its hypervisor is no instance beside it. Keeps the order of first appearance.
 */
export function merge(claims: readonly Claim[]): readonly Merged[] {
  const sets = disjointSets(claims);
  const firstWith = new Map<string, number>();
  claims.forEach((claim, index) => {
    for (const key of keysOf(claim)) {
      const first = firstWith.get(key);
      if (first === undefined) firstWith.set(key, index);
      else sets.join(first, index);
    }
  });
  const groups = new Map<number, Claim[]>();
  claims.forEach((claim, index) => {
    const root = sets.find(index);
    const group = groups.get(root);
    if (group) group.push(claim);
    else groups.set(root, [claim]);
  });
  return [...groups.values()].map(oneOf);
}

/** Of hundreds of claims one is new when it is merged again. */
const keysKnown = new WeakMap<Claim, readonly string[]>();

/** All names by which another claim of the same thing may know it. */
function keysOf(claim: Claim): readonly string[] {
  const known = keysKnown.get(claim) ?? keysAnew(claim);
  keysKnown.set(claim, known);
  return known;
}

function keysAnew(claim: Claim): readonly string[] {
  const { handle, uuid, kind } = claim;
  const keys = [`id ${claim.id}`];
  // A pid that an engine elsewhere (ssh, its own VM) tells is none of this machine's.
  if (handle?.via !== "api" && claim.pid !== null && claim.pid > 0) keys.push(`pid ${claim.pid}`);
  if (handle?.via === "process") keys.push(`pid ${handle.pid}`);
  if (uuid !== null && /[1-9a-f]/i.test(uuid)) keys.push(`uuid ${uuid.toLowerCase()}`);
  // Of the same kind only: QEMU that runs in a container shares the container's cgroup, and is a VM inside it.
  if (handle && handle.via !== "api")
    for (const [controller, path] of Object.entries(handle.paths ?? {}))
      if (path !== null) keys.push(`cgroup ${kind} ${controller} ${path}`);
  return keys;
}

/** Union-find with halving of paths. Two processes are never one thing, whatever else they share: see `join`. */
function disjointSets(claims: readonly Claim[]) {
  const parent = claims.map((_, index) => index);
  const process = claims.map(({ handle }) =>
    handle?.via === "process" ? `${handle.pid} ${handle.ticks}` : null,
  );
  const find = (index: number): number => {
    let at = index;
    for (let up = parent[at] ?? at; up !== at; up = parent[at] ?? at) {
      parent[at] = parent[up] ?? up;
      at = up;
    }
    return at;
  };
  return {
    find,
    join(one: number, other: number) {
      const [a, b] = [find(one), find(other)].sort((left, right) => left - right) as [number, number];
      // Two guests that were started from one shell share its cgroup, two copies of one image their uuid.
      const [mine, theirs] = [process[a] ?? null, process[b] ?? null];
      if (a === b || (mine !== null && theirs !== null && mine !== theirs)) return;
      parent[b] = a;
      process[a] = mine ?? theirs;
    },
  };
}

function oneOf(group: readonly Claim[]): Merged {
  const [winner, ...others] = group.toSorted(
    (a, b) => rank[a.engine] - rank[b.engine] || Number(b.detailed) - Number(a.detailed),
  ) as [Claim, ...Claim[]];
  const engines = others.map(({ engine }) => engine).filter((engine) => engine !== winner.engine);
  return {
    claim: others.reduce(filled, winner),
    parts: [winner, ...others],
    members: [...new Set([winner, ...others].map(({ id }) => id))],
    alsoSeenBy: [...new Set(engines)],
  };
}

/** `winner` with what it does not know from `other`. Its id, kind, name and `detailed` are its own. */
function filled(winner: Claim, other: Claim): Claim {
  return {
    ...winner,
    state: winner.state === "unknown" ? other.state : winner.state,
    group: winner.group ?? other.group,
    image: winner.image ?? other.image,
    imageSize: winner.imageSize ?? other.imageSize,
    createdAt: winner.createdAt ?? other.createdAt,
    startedAt: winner.startedAt ?? other.startedAt,
    restarts: winner.restarts ?? other.restarts,
    health: winner.health ?? other.health,
    reported: filledLimits(winner.reported, other.reported),
    virtualization: filledVirtualization(winner.virtualization, other.virtualization),
    handle: betterHandle(winner.handle, other.handle),
    uuid: winner.uuid ?? other.uuid,
    pid: winner.pid ?? other.pid,
  };
}

const filledLimits = (winner: ReportedLimits, other: ReportedLimits): ReportedLimits => ({
  memory: winner.memory ?? other.memory,
  cpu: winner.cpu ?? other.cpu,
  pids: winner.pids ?? other.pids,
});

/** An accelerator that was seen in use is worth more than one that was asked for. */
function filledVirtualization(
  winner: Virtualization | null,
  other: Virtualization | null,
): Virtualization | null {
  if (!winner || !other) return winner ?? other;
  const seen = !winner.acceleratorSeen && other.acceleratorSeen ? other : winner;
  return {
    accelerator: seen.accelerator ?? winner.accelerator ?? other.accelerator,
    acceleratorSeen: seen.acceleratorSeen,
    machine: winner.machine ?? other.machine,
    vcpus: winner.vcpus ?? other.vcpus,
    configured: winner.configured ?? other.configured,
  };
}

/** The winner's handle; but what can be weighed on this machine goes before an API, and a process keeps its cgroup. */
function betterHandle(winner: Handle | null, other: Handle | null): Handle | null {
  if (winner === null || (winner.via === "api" && other !== null && other.via !== "api")) return other;
  if (winner.via === "process" && winner.paths === null && other !== null && other.via !== "api")
    return { ...winner, paths: other.paths };
  if (winner.via === "cgroup" && winner.pid === null && other?.via === "process")
    return { ...winner, pid: other.pid };
  return winner;
}
