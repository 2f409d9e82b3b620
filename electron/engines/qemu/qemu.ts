import { setMaxListeners } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import type { EventKind } from "../../../shared/model/event.ts";
import type { Claim, State } from "../../../shared/model/instance.ts";
import type { Millis } from "../../../shared/model/units.ts";
import { type Clock, systemClock } from "../../machine/clock.ts";
import { textOf } from "../../machine/proc-files.ts";
import { readStartedAt, readStartTicks } from "../../machine/process-start.ts";
import { type Engine, EngineFailure, type News } from "../engine.ts";
import { parseCommandLine, type Started } from "./command-line.ts";
import {
  acceleratorOf,
  pathFor,
  readArguments,
  readIsFree,
  readOwnCgroups,
  readProgram,
  readTraces,
} from "./process.ts";
import { askQmp, type Told } from "./qmp.ts";

export type QemuOptions = {
  /** Where /proc is; another folder in tests. */
  readonly proc?: string;
  readonly clock?: Clock;
};

const period: Millis = 1_000;
/** Every process is looked at anew so often: one may have become QEMU long after it began (`sleep 60; exec qemu`). */
const everyProcessAnew = 30;
/** A new process is looked at in so many ticks: it may be about to become QEMU. */
const looks = 2;
/** And a new VM: it may be about to open what we look for. */
const machineLooks = 3;
/** A monitor is asked in every so many ticks: it serves one at a time, and others may want it. */
const monitorEvery = 5;
/** Turns in a row without an answer, until what the monitor said is forgotten. */
const patience = 3;

/** One VM: a process (pid and start, since pids come again), what it was started with and what its monitor said last. */
type Machine = {
  readonly pid: number;
  readonly ticks: number;
  readonly started: Started;
  readonly startedAt: Millis | null;
  claim: Claim;
  looksLeft: number;
  told: Told | null;
  /** How often in a row its monitor did not answer. */
  unanswered: number;
  asking: boolean;
};

/** One watch: what each step of it needs. */
type Watch = {
  readonly proc: string;
  readonly clock: Clock;
  readonly tell: (news: News) => void;
  readonly signal: AbortSignal;
  readonly machines: Map<number, Machine>;
};

/**
 * QEMU processes, found in /proc: QEMU has no list of its VMs. Those of libvirt and other managers are claimed too, and
 * merged with their manager's claim by uuid. Once a second the pids are listed, and only those not seen before looked at.
 */
export const qemu = ({ proc = "/proc", clock = systemClock }: QemuOptions): Engine => ({
  name: "qemu",
  async watch(tell, signal) {
    // A listener a monitor that is being asked: more than ten VMs are no leak.
    setMaxListeners(0, signal);
    const machines = new Map<number, Machine>();
    const watch: Watch = { proc, clock, tell, signal, machines };
    /** Pid -> ticks in which it is still looked at. */
    let seen = new Map<number, number>();
    let newest: number | null = null;
    for (let tick = 0; ; tick++) {
      const anew = tick % everyProcessAnew === 0;
      const last = readNewestPid(proc);
      // No pid was given since, and all are settled: nobody can have come.
      const quiet = !anew && last !== null && last === newest && ![...seen.values()].some((left) => left > 0);
      const given = givenSince(newest, last);
      newest = last;
      const pids = quiet ? [] : listPids(proc);
      tell(tick === 0 ? { ready: { version: null, where: proc } } : { alive: true });
      forgetEnded(watch);
      const before = anew ? new Map<number, number>() : seen;
      if (!quiet) seen = new Map();
      for (const pid of pids) {
        const left = given(pid) ? looks : (before.get(pid) ?? looks);
        seen.set(pid, Math.max(left - 1, 0));
        const machine = left === 0 || machines.has(pid) ? null : look(watch, pid);
        if (!machine) continue;
        machines.set(pid, machine);
        if (tick === 0) continue;
        tell({ came: machine.claim });
        if (isNew(machine, clock)) announce(watch, machine, "started");
      }
      if (tick === 0) tell({ all: [...machines.values()].map(({ claim }) => claim) });
      for (const machine of machines.values()) {
        const fresh = machine.looksLeft-- > 0;
        if (fresh) update(watch, machine);
        if (fresh || (tick + machine.pid) % monitorEvery === 0) void listen(watch, machine);
      }
      await clock.after(period, signal);
    }
  },
});

/** All pids. Throws an EngineFailure where there is no such folder (not Linux). */
function listPids(proc: string): readonly number[] {
  try {
    return readdirSync(proc).map(Number).filter(Number.isInteger);
  } catch (error) {
    throw new EngineFailure("absent", proc, error);
  }
}

/**
 * The pid that was given last, from /proc/loadavg, https://man7.org/linux/man-pages/man5/proc_loadavg.5.html
 *   0.31 0.20 0.10 1/234 32767
 * Null: not told.
 */
function readNewestPid(proc: string): number | null {
  const last = /(\d+)\s*$/.exec(textOf(`${proc}/loadavg`))?.[1];
  return last === undefined ? null : Number(last);
}

/** Whether a pid was given between two looks. They are given in turn, round and round: one seen before may come again. */
function givenSince(before: number | null, last: number | null): (pid: number) => boolean {
  if (before === null || last === null) return () => false;
  return (pid) => (before <= last ? pid > before && pid <= last : pid > before || pid <= last);
}

/** A machine has ended when its pid is gone, or begun at another time: then it is another process. */
function forgetEnded(watch: Watch): void {
  for (const machine of watch.machines.values()) {
    if (readStartTicks(watch.proc, machine.pid) === machine.ticks) continue;
    watch.machines.delete(machine.pid);
    announce(watch, machine, "stopped");
    watch.tell({ went: machine.claim.id });
  }
}

/** libvirt tells its own domains' comings and goings, with the reason. */
function announce({ tell, clock }: Watch, { claim, started }: Machine, kind: EventKind): void {
  if (started.managed === "libvirt") return;
  tell({ event: { at: clock.now(), kind, instance: claim.id, detail: null } });
}

const isNew = ({ startedAt }: Machine, clock: Clock) =>
  startedAt !== null && clock.now() - startedAt < 3 * period;

/** The VM that process `pid` is; null: it is none. */
function look({ proc, clock }: Watch, pid: number): Machine | null {
  const program = readProgram(proc, pid);
  if (program === null) return null;
  const ticks = readStartTicks(proc, pid);
  const args = readArguments(proc, pid);
  if (ticks === null || args === null) return null;
  const started = parseCommandLine(program, args.slice(1), (path) => readText(pathFor(proc, pid, path)));
  // The same process still? Else these are another one's arguments.
  if (started === null || readStartTicks(proc, pid) !== ticks) return null;
  const startedAt = readStartedAt(proc, ticks, clock.now());
  const facts = { pid, ticks, started, startedAt };
  const claim = claimOf(proc, facts, null);
  return { ...facts, claim, looksLeft: machineLooks, told: null, unanswered: 0, asking: false };
}

function claimOf(
  proc: string,
  { pid, ticks, started, startedAt }: Pick<Machine, "pid" | "ticks" | "started" | "startedAt">,
  told: Told | null,
): Claim {
  const { accelerator, seen } = acceleratorOf(started.accelerators, readTraces(proc, pid));
  return {
    engine: "qemu",
    id: `qemu:${pid}`,
    kind: "vm",
    name: started.name ?? started.disk ?? `qemu-${pid}`,
    state: stateOf(started, told),
    group: null,
    image: null,
    imageSize: null,
    createdAt: null,
    startedAt,
    restarts: null,
    health: null,
    reported: { memory: null, cpu: null, pids: null },
    virtualization: {
      accelerator: told?.kvm ? "kvm" : accelerator,
      acceleratorSeen: seen || told?.kvm === true,
      machine: started.machine,
      vcpus: started.vcpus,
      configured: told?.memory ?? started.memory,
    },
    handle: { via: "process", pid, ticks, paths: readOwnCgroups(pid) },
    uuid: started.uuid,
    pid,
    detailed: true,
  };
}

/** Started to wait for somebody's word, it runs or not: only its monitor knows. */
const stateOf = (started: Started, told: Told | null): State =>
  told?.state ?? (started.waits ? "unknown" : "running");

/** Tells the claim again if it has become another. */
function update({ proc, tell }: Watch, machine: Machine): void {
  const claim = claimOf(proc, machine, machine.told);
  if (JSON.stringify(claim) === JSON.stringify(machine.claim)) return;
  machine.claim = claim;
  tell({ came: claim });
}

/** Asks the first free monitor of a VM that no manager owns. */
async function listen(watch: Watch, machine: Machine): Promise<void> {
  const { proc, clock, tell, signal, machines } = watch;
  const { pid, started } = machine;
  if (started.managed || started.sockets.length === 0 || machine.asking) return;
  machine.asking = true;
  const socket = started.sockets.find((path) => readIsFree(proc, pid, path));
  const told = socket === undefined ? null : await askQmp(pathFor(proc, pid, socket), clock.now, signal);
  machine.asking = false;
  if (signal.aborted || machines.get(pid) !== machine) return;
  machine.unanswered = told === null ? machine.unanswered + 1 : 0;
  // Somebody else's turn at the monitor is short; what was heard long ago is no longer so.
  if (told === null && machine.unanswered !== patience) return;
  machine.told = told;
  update(watch, machine);
  tell({ told: machine.claim.id, reading: { guest: told && { allowed: told.allowed, inUse: told.inUse } } });
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
