import { closeSync, constants, openSync, readSync } from "node:fs";
import { shared } from "../machine/held-file.ts";
import { type Kill, parseKill, parseWrittenAt } from "./kill-line.ts";

export type KernelLog = {
  /** Processes that were killed for memory since the last time, the first one first. */
  take(): readonly Kill[];
  /** Why it is not read; null: it is. Told, and never tried again: a permission does not come by itself. */
  readonly closed: "off" | "denied" | null;
  close(): void;
};

/** Records read at a time: behind a flood of them it catches up, and holds up nothing. */
const most = 400;
/** The kernel's clock for its log is not quite the monotonic one. */
const slack = 1e6;
const wanted = "oom-kill:";

/**
 * The kernel's log, held open and read without waiting: while it is silent that is one call. What it held before is passed
 * over. Needs root (or CAP_SYSLOG, or kernel.dmesg_restrict=0).
 */
export function kernelLog(path = "/dev/kmsg"): KernelLog {
  // Since boot, as the kernel counts for its log: performance.now() counts from our own start.
  const openedAt = Number(process.hrtime.bigint() / 1_000n);
  let { descriptor, closed } = open(path);
  let old = true;

  const close = () => {
    if (descriptor !== null) closeSync(descriptor);
    descriptor = null;
  };

  /** The length of the next record in `shared`; 0: there is none now. */
  const next = (): number => {
    if (descriptor === null) return 0;
    for (let lost = 0; lost < 3; lost++)
      try {
        return readSync(descriptor, shared, 0, shared.length, null);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        // EPIPE: records were overwritten before they were read; the next call goes on behind them.
        if (code === "EPIPE") continue;
        if (code === "EAGAIN") old = false;
        else {
          closed = "off";
          close();
        }
        return 0;
      }
    return 0;
  };

  return {
    get closed() {
      return closed;
    },
    take() {
      const kills: Kill[] = [];
      for (let count = 0; count < most; count++) {
        const length = next();
        if (length === 0) break;
        if (shared.subarray(0, length).indexOf(wanted) < 0) continue;
        const record = shared.toString("latin1", 0, length);
        if (old && (parseWrittenAt(record) ?? 0) < openedAt - slack) continue;
        const kill = parseKill(record);
        if (kill) kills.push(kill);
      }
      return kills;
    },
    close,
  };
}

function open(path: string): { descriptor: number | null; closed: KernelLog["closed"] } {
  try {
    return { descriptor: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK), closed: null };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { descriptor: null, closed: code === "EPERM" || code === "EACCES" ? "denied" : "off" };
  }
}
