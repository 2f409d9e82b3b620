import type { EngineName } from "../../../shared/model/instance.ts";
import type { Millis } from "../../../shared/model/units.ts";
import { type CgroupMounts, cgroupMounts } from "../../machine/cgroup-paths.ts";
import { type Clock, systemClock } from "../../machine/clock.ts";
import { type Engine, EngineFailure } from "../engine.ts";
import { claimsOf } from "./claims.ts";
import { hierarchies } from "./inside.ts";
import type { Recognised } from "./recognise.ts";
import { readShims } from "./shims.ts";
import { openTree } from "./tree.ts";

export type CgroupsOptions = {
  /** Claims plain services of systemd too, where they hold no container. */
  readonly services: boolean;
  readonly clock?: Clock;
  readonly mounts?: CgroupMounts | null;
  readonly proc?: string;
  /** false: as on a machine that has no inotify left. */
  readonly inotify?: boolean;
};

/** Births and deaths wait for us no longer than this; nothing is read where nothing was told. */
const step: Millis = 250;
const stepsASecond = 4;
/** Without inotify everything is walked so often. */
const rescanEvery = 2 * stepsASecond;
/** With it too, but seldom: the kernel drops news when too much comes at once. */
const reconcileEvery = 30 * stepsASecond;
/** The walk for shims looks at every process: no more often than this, but for what looks like a container's id. */
const shimsEvery: Millis = 1_000;

/**
 * Containers by their cgroups alone: Podman without a socket, Docker without a readable one, containerd, Kubernetes,
 * LXC, nspawn. Whatever an engine's own API claims too has the same id, and its claim wins; here only gaps are filled.
 * VMs of libvirt and QEMU are the qemu engine's.
 */
export const cgroups = ({
  services,
  clock = systemClock,
  mounts = cgroupMounts(),
  proc = "/proc",
  inotify = true,
}: CgroupsOptions): Engine => ({
  name: "cgroup",
  async watch(tell, signal) {
    const places = hierarchies(mounts);
    if (!mounts || places.length === 0) throw new EngineFailure("absent", "/sys/fs/cgroup");
    const otherwise = shimLookup(proc, clock);
    const trees = places.map((mount) => openTree({ mount, otherwise, inotify }));
    try {
      const watched = () => trees.every((tree) => tree.watched);
      const where = places.join(", ");
      tell({ ready: { version: mounts.version, where } });
      const look = () =>
        tell({
          looked: [
            ...places.map((place) => ({ where: place, found: true })),
            { where: "inotify", found: watched() },
          ],
        });
      look();
      const claims = claimsOf({ trees, mounts, services, proc, clock, tell });
      claims.compare(true);
      for (let steps = 1, before = watched(); ; steps++) {
        await clock.after(step, signal);
        if (steps % stepsASecond === 0) tell({ alive: true });
        if (before !== watched()) look();
        before = watched();
        const whole = steps % reconcileEvery === 0 || (steps % rescanEvery === 0 && !watched());
        if (whole) for (const tree of trees) tree.rescan();
        const told = trees.map((tree) => tree.refresh()).includes(true);
        if (whole || told) claims.compare(whole);
        else claims.fill();
      }
    } finally {
      for (const tree of trees) tree.close();
    }
  },
});

/** containerd's namespaces of other engines. */
const byNamespace: ReadonlyMap<string, EngineName> = new Map([
  ["moby", "docker"],
  ["k8s.io", "kubernetes"],
]);

/** Recognises by containerd's shims what a path does not tell. */
function shimLookup(proc: string, clock: Clock): (path: string) => Recognised | null {
  let shims: ReadonlyMap<string, string> = new Map();
  let readAt = Number.NEGATIVE_INFINITY;
  return (path) => {
    const id = path.slice(path.lastIndexOf("/") + 1);
    // Units and slices are systemd's; a container stands beside or below them, never at the root.
    const may = /^[A-Za-z0-9][A-Za-z0-9_.-]{1,127}$/.test(id) && !/\.(?:slice|service|scope)$/.test(id);
    if (!may || path.indexOf("/", 1) < 0) return null;
    const looksLikeOne = /^[0-9a-f]{64}$/.test(id);
    const now = clock.monotonic() / 1e6;
    if (!shims.has(id) && (looksLikeOne || now - readAt >= shimsEvery)) {
      readAt = now;
      shims = readShims(proc);
    }
    const namespace = shims.get(id);
    if (namespace === undefined) return null;
    return {
      what: "instance",
      engine: byNamespace.get(namespace) ?? "containerd",
      id,
      name: looksLikeOne ? id.slice(0, 12) : id,
      group: null,
      kind: "container",
    };
  };
}
