import { type Detail, untold } from "../../../shared/model/detail.ts";
import type { Handle } from "../../../shared/model/instance.ts";
import type { IoReading, Reading } from "../../../shared/model/reading.ts";
import { clockTicks, pageSize } from "../../machine/auxv.ts";
import type { Clock } from "../../machine/clock.ts";
import { hold, isGone, lengthOf, letGo, readHeld, readOnce, shared } from "../../machine/held-file.ts";
import { parsePss, parseStat, textOf } from "../../machine/proc-files.ts";
import type { Reader } from "../reader.ts";
import { parseProcessIo, parseStatm } from "./parse.ts";

export type ProcessHandle = Extract<Handle, { via: "process" }>;

const nanosPerTick = 1e9 / clockTicks;

/**
 * The reader of a hypervisor's process. `around` weighs the cgroup that is this process's own (libvirt's scope), for
 * kernel memory, limits and throttling; null where it has none. Resident set and not PSS: adding up a guest's pages
 * would take 10 us a MiB. Throws where the process is gone or isn't the one that was claimed.
 */
export function openProcess(handle: ProcessHandle, around: Reader | null, clock: Clock): Reader {
  const { pid, ticks } = handle;
  const stat = hold(`/proc/${pid}/stat`);
  const statm = hold(`/proc/${pid}/statm`);
  const io = hold(`/proc/${pid}/io`);
  let gone = false;

  const close = () => {
    gone = true;
    for (const file of [stat, statm, io]) letGo(file);
    around?.close();
  };

  /** Its own start time in the file makes a reused pid plain to see, also without a held descriptor. */
  const readStat = () => {
    if (stat === null) return null;
    const now = parseStat(shared, readHeld(stat));
    // A zombie has ended, though its parent has not yet asked how.
    return now && now.start === ticks && now.state !== "Z" && now.state !== "X" ? now : null;
  };

  const readIo = (): IoReading | null => {
    const length = lengthOf(io);
    return length < 0 ? null : parseProcessIo(shared.toString("latin1", 0, length));
  };

  const readAll = (): Reading | "gone" => {
    const at = clock.monotonic();
    const now = readStat();
    if (now === null) return "gone";
    const statmLength = lengthOf(statm);
    const pages = statmLength < 0 ? null : parseStatm(shared, statmLength);
    const own = around?.read() ?? null;
    const cgroup = own === "gone" ? null : own;
    return {
      at,
      cpu: {
        used: now.used * nanosPerTick,
        periods: cgroup?.cpu?.periods ?? null,
        throttledPeriods: cgroup?.cpu?.throttledPeriods ?? null,
        throttledTime: cgroup?.cpu?.throttledTime ?? null,
      },
      memory: cgroup?.memory ?? null,
      resident: pages === null ? null : pages * pageSize,
      guest: null,
      helpers: null,
      pids: now.threads,
      io: readIo(),
      // What a tap device counts isn't the process's: the engine tells it where it can.
      network: null,
      pressure: cgroup?.pressure ?? null,
      oomKills: cgroup?.oomKills ?? null,
      limitHits: cgroup?.limitHits ?? null,
      highHits: cgroup?.highHits ?? null,
      pidsHits: cgroup?.pidsHits ?? null,
      limits: cgroup?.limits ?? null,
    };
  };

  const read = (): Reading | "gone" => {
    if (gone) return "gone";
    try {
      const reading = readAll();
      if (reading === "gone") close();
      return reading;
    } catch (error) {
      if (!isGone(error)) throw error;
      close();
      return "gone";
    }
  };

  if (readFirst(readStat) === null) {
    close();
    throw Object.assign(new Error(`ESRCH: no process ${pid} of that start time`), { code: "ESRCH" });
  }
  return {
    read,
    bounds: () => around?.bounds() ?? null,
    lookAgain: () => around?.lookAgain(),
    describe: () => describe(handle, around),
    close,
  };
}

function readFirst<Value>(read: () => Value | null): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** The process with its PSS, which is dear and thus looked up only here, and what its cgroup tells. */
async function describe({ pid, ticks }: ProcessHandle, around: Reader | null): Promise<Detail> {
  const cgroup = (await around?.describe()) ?? null;
  const name = textOf(`/proc/${pid}/comm`).trimEnd();
  const memory = parsePss(textOf(`/proc/${pid}/smaps_rollup`));
  const length = Math.max(0, readOnce(`/proc/${pid}/stat`));
  const stat = parseStat(shared, length);
  const same = stat !== null && stat.start === ticks;
  return {
    ...(cgroup ?? untold),
    limits: cgroup?.limits ?? [],
    processes: same ? [{ pid, name, helper: false, threads: stat.threads, memory }] : [],
    readFrom: [
      ...["stat", "statm", "io", "smaps_rollup"].map((file) => `/proc/${pid}/${file}`),
      ...(cgroup?.readFrom ?? []),
    ],
  };
}
