import { closeSync, fchmodSync, fstatSync, openSync } from "node:fs";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import type { Millis, Nanos } from "../../../shared/model/units.ts";
import type { Clock } from "../../machine/clock.ts";
import { readStartTicks } from "../../machine/process-start.ts";
import { keep } from "../../machine/spawn.ts";
import { note } from "./leftovers.ts";
import { type Caps, ownCgroup } from "./own-cgroup.ts";
import { readWaited } from "./waited.ts";
import { wrapped } from "./wrapped.ts";

/** A QEMU of ours that runs. */
export type GuestProcess = {
  readonly pid: number;
  /** With the pid, who it is; null where the system does not tell. */
  readonly ticks: number | null;
  /** Resolves when it has ended and is reaped. */
  readonly ended: Promise<{ readonly code: number | null }>;
  /** How long it has had, in ms: since its start, less what it waited for a processor. */
  had(): Millis;
  /** Last of what it said on stderr. */
  complaints(): string;
  /** Onto its serial line. */
  write(text: string): void;
  /** The guest agent's channel, where one was asked for. */
  readonly agent: Duplex | null;
  /** Kills it. Resolves when it is gone. */
  stop(): Promise<void>;
};

export type GuestPlan = {
  readonly program: string;
  readonly clock: Clock;
  /** The lab's own folder (0700). */
  readonly directory: string;
  /** The group that may use the accelerator's device; null: it needs none. */
  readonly group: number | null;
  /** Files that QEMU is given open, since as nobody it may not find them: their order is that of `paths` in `args`. */
  readonly files: readonly string[];
  readonly firmware: boolean;
  readonly agent: boolean;
  /** What it may take, where a cgroup can be made for it; null: it is not measured, and ends within moments. */
  readonly caps: Caps | null;
  /** `paths`: of the files, as QEMU opens them; `descriptors`: as it may use them. */
  args(paths: readonly string[], descriptors: readonly number[], agent: number | null): readonly string[];
  /** Hears of what comes, with the time at which it came. */
  onSerial(chunk: Uint8Array, at: Nanos): void;
  onFirmware(at: Nanos): void;
};

/** Our kernel lets a process open again what it was given open, whatever folders are above it. */
const reopens = process.platform === "linux";

/** Windows has no sockets among descriptors that QEMU would take. */
export const hasDescriptors = process.platform !== "win32";

/** Where notes of running guests are kept. */
export const notesIn = (directory: string): string => join(directory, "guests");

/**
 * A file of ours is made readable for whoever gets in reach of it, which is nobody: its folder is for us alone. Files of the
 * user's stay as they are.
 */
function openFile(path: string, directory: string): number {
  const file = openSync(path, "r");
  const { mode } = fstatSync(file);
  if (reopens && process.getuid?.() === 0 && path.startsWith(`${directory}/`) && (mode & 0o004) === 0)
    fchmodSync(file, 0o644);
  return file;
}

/** Starts a guest's process. Throws the system's error where a file can't be opened or the program can't be started. */
export function startGuest(plan: GuestPlan): GuestProcess {
  const { clock } = plan;
  const pipes = [plan.firmware, plan.agent].map((wanted) => wanted && hasDescriptors);
  const [firmware = false, agent = false] = pipes;
  const further: (number | "pipe")[] = pipes.filter(Boolean).map(() => "pipe");
  const files: number[] = [];
  const stop = new AbortController();
  try {
    for (const path of plan.files) files.push(openFile(path, plan.directory));
    const descriptors = files.map((_, index) => 3 + further.length + index);
    const paths = plan.files.map((path, index) => (reopens ? `/proc/self/fd/${descriptors[index]}` : path));
    const args = plan.args(paths, descriptors, agent ? 3 + Number(firmware) : null);
    const whole = wrapped(plan.program, args, { group: plan.group });
    const child = keep(whole.program, whole.args, stop.signal, [...further, ...files]);
    const began = clock.monotonic();
    const ticks = readStartTicks("/proc", child.pid);
    const forget = note(notesIn(plan.directory), child.pid);
    const cgroup =
      plan.caps && ticks !== null ? ownCgroup(`${child.pid}-${ticks}`, child.pid, plan.caps) : null;
    let said = "";
    child.stdout.on("data", (chunk: Uint8Array) => plan.onSerial(chunk, clock.monotonic()));
    child.stderr.on("data", (chunk: Uint8Array) => {
      said = (said + Buffer.from(chunk).toString("utf8")).slice(-4_096);
    });
    if (firmware) child.further[0]?.on("data", () => plan.onFirmware(clock.monotonic()));
    // The note goes last: should we be killed before, it leads to the cgroup.
    const cleared = child.ended.then(() => cgroup?.remove()).then(forget);
    return {
      pid: child.pid,
      ticks,
      ended: child.ended,
      had: () => (clock.monotonic() - began) / 1e6 - readWaited(child.pid),
      complaints: () => said.trim(),
      write: (text) => void child.stdin.write(text),
      agent: agent ? (child.further[Number(firmware)] ?? null) : null,
      async stop() {
        stop.abort();
        await cleared;
      },
    };
  } finally {
    for (const file of files) closeSync(file);
  }
}
