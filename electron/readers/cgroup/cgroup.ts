import { readdirSync, statSync } from "node:fs";
import type { Bounds, CgroupPaths, Handle } from "../../../shared/model/instance.ts";
import type {
  IoReading,
  LimitsReading,
  NetworkReading,
  PressureReading,
  Reading,
} from "../../../shared/model/reading.ts";
import { cgroupMounts } from "../../machine/cgroup-paths.ts";
import type { Clock } from "../../machine/clock.ts";
import { isGone } from "../../machine/held-file.ts";
import type { HelpersOf, Reader } from "../reader.ts";
import { boundsOf, controllersWithout } from "./bounds.ts";
import { describeCgroup } from "./detail.ts";
import { type LimitsFound, type LimitsIn, limitsFinder, limitsReading } from "./limits.ts";
import { hostLinks, type Links } from "./links.ts";
import { networkOf, pidsBelow } from "./network.ts";
import { deviceNumber, type IsStacked } from "./parse.ts";
import { processIo } from "./process-io.ts";
import type { Source } from "./source.ts";
import { cpuV1, ioV1, memoryV1 } from "./v1.ts";
import { cpuV2, ioV2, memoryV2, pidsHitsIn, pidsIn, pressureIn } from "./v2.ts";

export type CgroupHandle = Extract<Handle, { via: "cgroup" }>;

/**
 * All of it is read every fifth time where something ran since, else every fifteenth; a limit that somebody changed behind
 * its engine's back, and the network's namespace, are looked for every twentieth.
 */
const wholeEvery = 5;
const idleEvery = 15;
const limitsEvery = 20;
/** Every so many looks the limits of disks too: an engine sets those only when it makes the container. */
const disksEvery = 3;
/** From this share of its limit on memory is read whole as long as something runs. */
const nearLimit = 0.9;

/**
 * The reader of cgroups, v1, v2 or one controller here and one there. What all its instances share is made once:
 * the ancestors' limits, which devices are stacked, whose turn it is to be read whole.
 */
export function cgroupReaders(clock: Clock, helpersOf: HelpersOf): (handle: CgroupHandle) => Reader {
  const limitsIn = limitsFinder();
  const isStacked = stackedDevices();
  const links = hostLinks(clock);
  let opened = 0;
  return (handle) => openCgroup(handle, { clock, helpersOf, limitsIn, isStacked, links, turn: opened++ });
}

type Shared = {
  readonly clock: Clock;
  readonly helpersOf: HelpersOf;
  readonly limitsIn: LimitsIn;
  readonly isStacked: IsStacked;
  readonly links: Links;
  /** Staggers the whole reads, so that not every instance has its dear second at once. */
  readonly turn: number;
};

function openCgroup(handle: CgroupHandle, common: Shared): Reader {
  const { paths } = handle;
  const folder = paths.memory ?? paths.unified ?? paths.cpuacct ?? paths.pids ?? paths.cpu ?? paths.blkio;
  if (folder === null) throw new Error("a cgroup handle without a path");
  const inode = inodeOf(folder);
  if (inode === null) throw Object.assign(new Error(`ENOENT: no cgroup ${folder}`), { code: "ENOENT" });

  let sources = openSources(paths, common.isStacked);
  let without = controllersWithout(paths);
  let bounds: Bounds | null = null;
  let asked = false;
  let network: Source<NetworkReading> | null = null;
  let found: LimitsFound | null = null;
  let looks = 0;
  let limits: LimitsReading | null = null;
  let pressure: PressureReading | null = null;
  let pids: number | null = null;
  let pidsHits: number | null = null;
  let bytes: IoReading | null = null;
  let used: number | null = null;
  let waited = true;
  let tight = false;
  let ranSince = true;
  let count = 0;
  let gone = false;

  const close = () => {
    gone = true;
    for (const source of Object.values(sources)) source?.close();
    network?.close();
    network = null;
  };

  const readNetwork = (look: boolean, whole: boolean) => {
    try {
      if (network === null && look) {
        const pid = handle.pid ?? pidsBelow(folder, 1)[0];
        network = pid === undefined ? null : networkOf(pid, paths, common.links);
      }
      return network?.read(whole) ?? null;
    } catch {
      // The one process that was looked through ended; the box need not have.
      network?.close();
      network = null;
      return null;
    }
  };

  const readAll = (): Reading => {
    const turn = count + common.turn;
    const whole = count === 0 || turn % (ranSince ? wholeEvery : idleEvery) === 0;
    const look = count === 0 || asked || turn % limitsEvery === 0;
    count++;
    const at = common.clock.monotonic();
    const cpu = sources.cpu?.read(whole) ?? null;
    // Where no CPU was used nothing ran: tasks and their waiting stand as they were. Waiting for a disk uses none
    // either, so pressure that moved keeps being read.
    const moved = cpu === null || cpu.used !== used;
    const ran = whole || moved;
    ranSince = moved || (ranSince && !whole);
    used = cpu?.used ?? null;
    if (ran) {
      const before = pids;
      pids = sources.pids?.read(whole) ?? null;
      bytes = sources.processIo?.read(pids === null ? whole : pids !== before) ?? null;
    }
    if (ran || waited) {
      const before = pressure;
      pressure = sources.pressure?.read(whole) ?? null;
      waited =
        before?.cpu !== pressure?.cpu || before?.io !== pressure?.io || before?.memory !== pressure?.memory;
    }
    if (look) {
      found = common.limitsIn(paths, at, asked || looks++ % disksEvery === 0 ? null : found);
      asked = false;
      limits = limitsReading(found);
      bounds = boundsOf(limits, without, bounds);
    }
    // Near its limit pages are taken and read again while the charge stands: what they do is then read each time.
    const memory = sources.memory?.read(whole || (moved && tight)) ?? null;
    tight = (memory?.charged ?? 0) > nearLimit * (limits?.memory.value ?? Number.POSITIVE_INFINITY);
    // Far from its limit none is hit, but for a burst between two looks; without a limit never.
    const crowded = pids !== null && limits?.pids.value != null && pids * 2 >= limits.pids.value;
    if (count === 1 || (crowded && whole) || (look && limits?.pids.value != null))
      pidsHits = pidsHitsIn(paths);
    return {
      at,
      cpu,
      memory,
      resident: null,
      guest: null,
      helpers: privateSum(common.helpersOf(handle.container)),
      pids,
      io: sources.io?.read(ran) ?? bytes,
      network: readNetwork(look, whole),
      pressure,
      oomKills: sources.memory?.events.oomKills ?? null,
      limitHits: sources.memory?.events.limitHits ?? null,
      highHits: sources.memory?.events.highHits ?? null,
      pidsHits,
      limits,
    };
  };

  return {
    read() {
      if (gone) return "gone";
      try {
        return readAll();
      } catch (error) {
        if (!isGone(error)) throw error;
        if (inodeOf(folder) !== inode) {
          close();
          return "gone";
        }
        // The cgroup stands, so it is a controller that was taken away or given back: look again what there is.
        for (const source of Object.values(sources)) source?.close();
        sources = openSources(paths, common.isStacked);
        without = controllersWithout(paths);
        count = 0;
        return null;
      }
    },
    bounds: () => bounds,
    lookAgain: () => {
      asked = true;
    },
    describe: () =>
      describeCgroup(
        paths,
        common.limitsIn(paths, common.clock.monotonic()),
        common.helpersOf(handle.container),
      ),
    close,
  };
}

/** For each controller by itself: v1 where it is mounted, else v2 where it is enabled, else null. */
function openSources(paths: CgroupPaths, isStacked: IsStacked) {
  const { unified } = paths;
  const io =
    inFolder(paths.blkio, (folder) => ioV1(folder, isStacked, blkioMount(folder))) ??
    inFolder(unified, (folder) => ioV2(folder, isStacked));
  return {
    memory: inFolder(paths.memory, memoryV1) ?? inFolder(unified, memoryV2),
    cpu: inFolder(paths.cpuacct, (folder) => cpuV1(folder, paths.cpu)) ?? inFolder(unified, cpuV2),
    pids: inFolder(paths.pids, pidsIn) ?? inFolder(unified, pidsIn),
    io,
    processIo: io === null ? inFolder(paths.pids ?? paths.memory ?? unified, processIo) : null,
    pressure: inFolder(unified, pressureIn),
  };
}

/** Where blkio is mounted, if `folder` is below it: its root tells whether it counts at all. */
function blkioMount(folder: string): string | null {
  const mount = cgroupMounts()?.controllers.get("blkio");
  return mount !== undefined && folder.startsWith(`${mount}/`) ? mount : null;
}

const inFolder = <Opened>(folder: string | null, open: (folder: string) => Opened | null): Opened | null =>
  folder === null ? null : open(folder);

/** The helpers' private memory; null: none was found, or one of them is not known yet. */
function privateSum(helpers: ReturnType<HelpersOf>): number | null {
  let sum: number | null = null;
  for (const helper of helpers) {
    if (helper.private === null) return null;
    sum = (sum ?? 0) + helper.private;
  }
  return sum;
}

/** After a restart the path is the same and the inode another. Null: not there. */
function inodeOf(folder: string): number | null {
  try {
    return statSync(Buffer.from(folder, "latin1")).ino;
  } catch {
    return null;
  }
}

/** dm and md devices pass each byte on to the disks below them, where the kernel counts it again. */
function stackedDevices(): IsStacked {
  const known = new Map<number, boolean>();
  return (device) => {
    const before = known.get(device);
    if (before !== undefined) return before;
    const major = Math.floor(device / deviceNumber(1, 0));
    let stacked = false;
    try {
      stacked = readdirSync(`/sys/dev/block/${major}:${device % deviceNumber(1, 0)}/slaves`).length > 0;
    } catch {
      // a partition, or a device that went: counted as it stands
    }
    known.set(device, stacked);
    return stacked;
  };
}
