import { connect } from "node:net";
import { z } from "zod";
import type { State } from "../../../shared/model/instance.ts";
import type { Bytes, Millis } from "../../../shared/model/units.ts";

/** What a VM's own monitor says; null: it does not say. */
export type Told = {
  readonly state: State | null;
  readonly kvm: boolean | null;
  /** RAM with what is plugged in. */
  readonly memory: Bytes | null;
  /** What the balloon lets the guest have. */
  readonly allowed: Bytes | null;
  /** Used inside, as the guest's balloon driver says. */
  readonly inUse: Bytes | null;
};

const greetingLimit: Millis = 500;
const wholeLimit: Millis = 1_000;
const longestTalk = 4 << 20;

/**
 * Asks a free QMP socket, https://www.qemu.org/docs/master/interop/qmp-spec.html, and leaves it within a second: it
 * serves one client only. Questions, never orders. Null: busy, not ours to open, or it does not speak QMP.
 */
export async function askQmp(path: string, now: () => Millis, signal: AbortSignal): Promise<Told | null> {
  const monitor = open(path, signal);
  try {
    const greeting = await monitor.next((line) => "QMP" in line, greetingLimit);
    if (!greeting) return null;
    await monitor.ask("qmp_capabilities");
    const status = await monitor.ask("query-status");
    const kvm = await monitor.ask("query-kvm");
    const memory = await monitor.ask("query-memory-size-summary");
    const balloon = await monitor.ask("query-balloon");
    const stats = balloon === null ? null : await guestStats(monitor);
    return parseTold({ status, kvm, memory, balloon, stats }, now());
  } catch {
    return null;
  } finally {
    monitor.close();
  }
}

/** The balloon's statistics stand under its own path, which depends on how it was plugged in. */
async function guestStats(monitor: Monitor): Promise<unknown> {
  for (const shelf of ["/machine/peripheral", "/machine/peripheral-anon"]) {
    const children = Children.safeParse(await monitor.ask("qom-list", { path: shelf }));
    const balloon = children.data?.find(({ type }) => type.startsWith("child<virtio-balloon"));
    if (balloon) return monitor.ask("qom-get", { path: `${shelf}/${balloon.name}`, property: "guest-stats" });
  }
  return null;
}

const Children = z.array(z.object({ name: z.string(), type: z.string() }));
const Status = z.object({ status: z.string() });
const Kvm = z.object({ enabled: z.boolean() });
const size = z.number().nonnegative();
const Memory = z.object({ "base-memory": size, "plugged-memory": size.optional() });
const Balloon = z.object({ actual: size });
/** "Not supported" is -1, written as 2^64 - 1. */
const stat = z
  .number()
  .optional()
  .transform((value) => (value === undefined || value < 0 || value >= 2 ** 63 ? null : value));
const Stats = z.object({
  "last-update": z.number(),
  stats: z.object({
    "stat-total-memory": stat,
    "stat-available-memory": stat,
    "stat-free-memory": stat,
  }),
});
/** Older statistics than this are no longer of now (nobody asks the guest, or it does not answer). */
const stale: Millis = 60_000;

export type Answers = {
  readonly status: unknown;
  readonly kvm: unknown;
  readonly memory: unknown;
  readonly balloon: unknown;
  readonly stats: unknown;
};

/** The answers of one conversation, each null or of a wrong form where the monitor could not say. */
export function parseTold(answers: Answers, now: Millis): Told {
  const status = Status.safeParse(answers.status).data?.status;
  const memory = Memory.safeParse(answers.memory).data;
  return {
    state: status === undefined ? null : (states.get(status) ?? "unknown"),
    kvm: Kvm.safeParse(answers.kvm).data?.enabled ?? null,
    memory: memory ? memory["base-memory"] + (memory["plugged-memory"] ?? 0) : null,
    allowed: Balloon.safeParse(answers.balloon).data?.actual ?? null,
    inUse: inUseOf(answers.stats, now),
  };
}

/** total - available, else total - free, as the guest counts them. 0 in last-update is never. */
function inUseOf(answer: unknown, now: Millis): Bytes | null {
  const told = Stats.safeParse(answer).data;
  if (!told || told["last-update"] <= 0 || now - told["last-update"] * 1_000 > stale) return null;
  const total = told.stats["stat-total-memory"];
  const rest = told.stats["stat-available-memory"] ?? told.stats["stat-free-memory"];
  return total === null || rest === null || rest > total ? null : total - rest;
}

/** RunState of QEMU's qapi/run-state.json. */
const states: ReadonlyMap<string, State> = new Map([
  ["running", "running"],
  ["prelaunch", "created"],
  ["inmigrate", "created"],
  ["preconfig", "created"],
  ["paused", "paused"],
  ["suspended", "paused"],
  ["postmigrate", "paused"],
  ["finish-migrate", "paused"],
  ["save-vm", "paused"],
  ["restore-vm", "paused"],
  ["debug", "paused"],
  ["io-error", "paused"],
  ["watchdog", "paused"],
  ["shutdown", "stopped"],
  ["guest-panicked", "dead"],
  ["internal-error", "dead"],
]);

type Line = Record<string, unknown>;
type Monitor = {
  next(wanted: (line: Line) => boolean, limit: Millis): Promise<Line | null>;
  /** What stands under "return"; null for an error. Events may come in between. */
  ask(command: string, args?: Record<string, string>): Promise<unknown>;
  close(): void;
};

function open(path: string, signal: AbortSignal): Monitor {
  const socket = connect({ path });
  const lines: Line[] = [];
  let text = "";
  let length = 0;
  let over = false;
  let wake: () => void = () => undefined;
  let asked = 0;
  const end = () => {
    over = true;
    wake();
    socket.destroy();
  };
  const whole = setTimeout(end, wholeLimit);
  signal.addEventListener("abort", end, { once: true });
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    text += chunk;
    length += chunk.length;
    const parts = text.split("\n");
    text = parts.pop() ?? "";
    for (const part of parts) lines.push(parseLine(part));
    if (length > longestTalk) end();
    wake();
  });
  socket.on("error", end);
  socket.on("close", end);

  const next: Monitor["next"] = async (wanted, limit) => {
    const late = setTimeout(end, limit);
    try {
      for (;;) {
        const line = lines.shift();
        if (line && wanted(line)) return line;
        if (line) continue;
        if (over) return null;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      clearTimeout(late);
    }
  };

  return {
    next,
    async ask(command, args) {
      const id = ++asked;
      socket.write(`${JSON.stringify({ execute: command, id, ...(args ? { arguments: args } : {}) })}\n`);
      const answer = await next((line) => line.id === id, wholeLimit);
      if (!answer) throw new Error(`${path}: no answer to ${command}`);
      return answer.return ?? null;
    },
    close() {
      clearTimeout(whole);
      signal.removeEventListener("abort", end);
      end();
    },
  };
}

function parseLine(text: string): Line {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Line) : {};
  } catch {
    return {};
  }
}
