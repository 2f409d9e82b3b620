import type { Duplex } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod/mini";
import type { Millis } from "../../../shared/model/units.ts";
import { parseListeners } from "../container/listening.ts";

/**
 * Talks to the agent inside a guest, through the channel that QEMU gives it: one JSON object a line each way,
 * https://www.qemu.org/docs/master/interop/qemu-ga-ref.html. Whatever it says is foreign.
 */
export type Agent = {
  /** Resolves when it answers: the system inside is up so far that it starts its services. */
  answers(): Promise<void>;
  /** Whether something inside listens on this TCP port, by the guest's own table. Throws where it may not be read. */
  isListening(port: number): Promise<boolean>;
};

/** Commands that wait in the channel are all carried out once the agent comes: so it is not asked often. */
const askEvery: Millis = 3_000;
const mostAnswer = 1 << 20;

const Answer = z.object({
  return: z.optional(z.unknown()),
  error: z.optional(z.object({ desc: z.string() })),
});
const Read = z.object({ "buf-b64": z.string() });
const Handle = z.int();

export function agentOn(channel: Duplex, signal: AbortSignal): Agent {
  let text = "";
  let wake: () => void = () => undefined;
  const lines: string[] = [];
  channel.on("data", (chunk: Uint8Array) => {
    text += Buffer.from(chunk).toString("utf8");
    const parts = text.split("\n");
    text = (parts.pop() ?? "").slice(-mostAnswer);
    lines.push(...parts);
    wake();
  });
  channel.on("error", () => undefined);
  const woken = (limit: Millis) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limit);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      signal.addEventListener("abort", wake, { once: true });
    });
  /** The next line that `parse` makes something of; null: none came in time. */
  const next = async <Found>(parse: (line: string) => Found | null, limit: Millis): Promise<Found | null> => {
    const until = performance.now() + limit;
    for (;;) {
      signal.throwIfAborted();
      const line = lines.shift();
      const found = line === undefined ? null : parse(line);
      if (found !== null) return found;
      const left = until - performance.now();
      if (line === undefined && left <= 0) return null;
      if (line === undefined) await woken(left);
    }
  };
  const say = (command: string, args: Record<string, unknown> = {}) =>
    channel.write(`${JSON.stringify({ execute: command, arguments: args })}\n`);
  const ask = async (command: string, args: Record<string, unknown>): Promise<unknown> => {
    lines.length = 0;
    say(command, args);
    const answer = await next(parseAnswer, askEvery);
    if (answer === null) throw new Error(`${command}: no answer`);
    if (answer.error) throw new Error(`${command}: ${answer.error.desc}`);
    return answer.return;
  };

  const readTable = async (path: string): Promise<string> => {
    const handle = Handle.parse(await ask("guest-file-open", { path, mode: "r" }));
    try {
      const read = Read.parse(await ask("guest-file-read", { handle, count: 65_536 }));
      return Buffer.from(read["buf-b64"], "base64").toString("latin1");
    } finally {
      await ask("guest-file-close", { handle });
    }
  };

  return {
    async answers() {
      // It may first hear half of an earlier question; this one tells its answer apart by a number.
      for (let id = 1; ; id++) {
        say("guest-sync", { id });
        if (await next((line) => (parseAnswer(line)?.return === id ? true : null), askEvery)) return;
      }
    },
    async isListening(port) {
      if (parseListeners(await readTable("/proc/net/tcp"), port).length > 0) return true;
      return parseListeners(await readTable("/proc/net/tcp6"), port).length > 0;
    },
  };
}

/** One line of an agent, its delimiter (0xFF) left out; null: it is no answer. */
export function parseAnswer(line: string): z.infer<typeof Answer> | null {
  try {
    return Answer.safeParse(JSON.parse(line.replace(/^[^{]*/, ""))).data ?? null;
  } catch {
    return null;
  }
}

/** How often a guest's table is looked at: each look is six questions and their answers. */
const lookEvery: Millis = 50;

/** Resolves when the guest is ready by its agent's word: it answers, and where a port is given something listens there. */
export async function readyByAgent(channel: Duplex, port: number | null, signal: AbortSignal): Promise<void> {
  const agent = agentOn(channel, signal);
  await agent.answers();
  while (port !== null && !(await agent.isListening(port))) await pause(lookEvery, null, { signal });
}
