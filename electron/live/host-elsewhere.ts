import { cpus } from "node:os";
import { fsStats, mem, networkStats } from "systeminformation";
import type { HostSample } from "../../shared/model/host.ts";
import { type Clock, systemClock } from "../machine/clock.ts";
import { deadline } from "./deadline.ts";
import type { HostReader } from "./host-linux.ts";
import { type Rates, rates } from "./host-rates.ts";

/** systeminformation starts processes for these on macOS and Windows: asked seldom, shown until the next answer. */
const every = 5_000;
const patience = 4_000;

type Slow = Pick<HostSample, "available" | "free" | "cache"> & Omit<Rates, "cores">;
const unknown: Slow = {
  available: null,
  free: null,
  cache: null,
  read: null,
  written: null,
  received: null,
  sent: null,
};

/**
 * The host's figures where there is no /proc: cores from Node itself each second, the rest from systeminformation's
 * cheap calls. Never networkStats("*") and networkInterfaces: they block for seconds where containers run.
 */
export function otherHost(threads: number, clock: Clock = systemClock): HostReader {
  const stop = new AbortController();
  const rate = rates(threads);
  const slowRate = rates(threads, 4 * every * 1e6);
  let slow = unknown;

  const look = async () => {
    const [memory, disk, network] = await Promise.all([
      deadline(mem(), patience).catch(() => null),
      deadline(fsStats(), patience).catch(() => null),
      deadline(networkStats(), patience).catch(() => null),
    ]);
    const first = network?.[0];
    slow = {
      available: memory?.available ?? null,
      free: memory?.free ?? null,
      cache: memory?.buffcache ?? null,
      ...slowRate({
        at: clock.monotonic(),
        busy: null,
        read: disk?.rx ?? null,
        written: disk?.wx ?? null,
        received: first?.rx_bytes ?? null,
        sent: first?.tx_bytes ?? null,
      }),
    };
  };

  const run = async () => {
    while (!stop.signal.aborted) {
      await look();
      await clock.after(every, stop.signal).catch(() => undefined);
    }
  };
  void run();

  return {
    sample(at) {
      const busy = cpus().reduce(
        (sum, { times }) => sum + times.user + times.nice + times.sys + times.irq,
        0,
      );
      const { cores } = rate({ at, busy: busy * 1e6, read: null, written: null, received: null, sent: null });
      return { ...slow, cores };
    },
    close: () => stop.abort(),
  };
}
