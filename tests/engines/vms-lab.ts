import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { vi } from "vitest";
import type { Engine, News } from "../../electron/engines/engine.ts";
import { type Census, census } from "../../electron/live/census.ts";
import type { Event } from "../../shared/model/event.ts";
import type { Instance } from "../../shared/model/instance.ts";
import type { Told } from "../../shared/model/reading.ts";

/** Engines under watch, their claims merged as the app merges them. */
export type Watched = {
  readonly census: Census;
  /** Takes in what was told so far. */
  changes(): void;
  /** The instances of this name, after what was told so far. */
  named(name: string): readonly Instance[];
  readonly events: readonly Event[];
  /** All that was told, by each engine. */
  readonly news: readonly { readonly engine: string; readonly news: News }[];
  told(id: string): Told | null;
  /** Waits until `check` throws no more. */
  until(check: () => void, most?: number): Promise<void>;
  close(): Promise<void>;
};

export function watchTogether(...engines: readonly Engine[]): Watched {
  const all = census();
  const stop = new AbortController();
  const events: Event[] = [];
  const news: { engine: string; news: News }[] = [];
  const failures: unknown[] = [];
  const running = engines.map((engine) =>
    engine
      .watch((one) => {
        news.push({ engine: engine.name, news: one });
        all.hear(engine.name, one);
      }, stop.signal)
      .catch((error: unknown) => {
        if (!stop.signal.aborted) failures.push(error);
      }),
  );
  const changes = () => void events.push(...all.changes().events);
  return {
    census: all,
    events,
    news,
    changes,
    named(name) {
      changes();
      return [...all.instances.values()].filter((instance) => instance.name === name);
    },
    told: (id) => all.told(id),
    until: (check, most = 20_000) =>
      vi.waitFor(
        () => {
          if (failures.length > 0) throw failures[0];
          check();
        },
        { timeout: most, interval: 50 },
      ),
    async close() {
      stop.abort();
      await Promise.all(running);
    },
  };
}

/** A bare QEMU guest: its firmware runs, and finds nothing to boot. Ends with this process. */
export async function startQemu(...args: readonly string[]) {
  const child = spawn(
    "setpriv",
    [
      "--pdeathsig",
      "KILL",
      "qemu-system-x86_64",
      "-nodefaults",
      "-no-user-config",
      "-display",
      "none",
      ...args,
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  await once(child, "spawn");
  const { pid } = child;
  if (pid === undefined) throw new Error("no QEMU");
  return {
    pid,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

export const virsh = (...args: readonly string[]) =>
  execFileSync("virsh", ["-q", "-c", "qemu:///system", ...args], {
    encoding: "utf8",
    timeout: 60_000,
    stdio: ["pipe", "pipe", "pipe"],
  });

/** Processes of ours that run this program. */
export function childrenThatRun(program: string): readonly number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && parentOf(pid) === process.pid && programOf(pid).endsWith(`/${program}`));
}

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return Number(stat.slice(stat.lastIndexOf(")") + 4).split(" ")[0]);
  } catch {
    return null;
  }
}

function programOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return "";
  }
}

/** The same where what it asks for may not be there: so much the better. */
export function quietly(...args: readonly string[]): void {
  try {
    virsh(...args);
  } catch {
    // it is not there
  }
}
