import type { Duplex } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod/mini";
import type { Millis } from "../../../shared/model/units.ts";
import { parseListeners } from "../container/listening.ts";

/**
 * A question to the agent inside a guest, https://www.qemu.org/docs/master/interop/qemu-ga-ref.html, and what stands under
 * "return" of its answer, foreign. Throws where it refuses or does not answer.
 */
export type Ask = (command: string, args: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** Commands that wait in the channel are all carried out once the agent comes: so it is not asked often. */
const askEvery: Millis = 3_000;
const mostAnswer = 1 << 20;

const Answer = z.object({
  return: z.optional(z.unknown()),
  error: z.optional(z.object({ desc: z.string() })),
});
const Read = z.object({ "buf-b64": z.string() });
const Handle = z.int();

/** The agent behind a channel of our own QEMU: one JSON object a line each way. Resolves when it answers. */
export async function agentOn(channel: Duplex, signal: AbortSignal): Promise<Ask> {
  let text = "";
  let wake: () => void = () => undefined;
  const lines: string[] = [];
  channel.on("data", (chunk: Uint8Array) => {
    text += Buffer.from(chunk).toString("latin1");
    const parts = text.split("\n");
    text = (parts.pop() ?? "").slice(-mostAnswer);
    lines.push(...parts);
    wake();
  });
  // It ends with its guest, which others watch.
  channel.on("error", () => undefined);
  signal.addEventListener("abort", () => wake(), { once: true });
  const woken = (limit: Millis) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limit);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
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
  const say: (...question: Parameters<Ask>) => void = (command, args) =>
    channel.write(`${JSON.stringify({ execute: command, arguments: args })}\n`);
  // It may first hear half of an earlier question; this one's answer is known by its number.
  for (let id = 1; ; id++) {
    say("guest-sync", { id });
    if (await next((line) => (parseAnswer(line)?.return === id ? true : null), askEvery)) break;
  }
  return async (command, args) => {
    lines.length = 0;
    say(command, args);
    const answer = await next(parseAnswer, askEvery);
    if (answer === null) throw new Error(`${command}: no answer`);
    if (answer.error) throw new Error(`${command}: ${answer.error.desc}`);
    return answer.return;
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

/**
 * Resolves when something inside listens on a TCP port, on any address, by the guest's own table. Rejects where the agent may
 * not read it (its `blacklist`), or answers no more.
 */
export async function listensInside(ask: Ask, port: number, signal: AbortSignal): Promise<void> {
  for (;;) {
    for (const path of ["/proc/net/tcp", "/proc/net/tcp6"])
      if (parseListeners(await readInside(ask, path), port).length > 0) return;
    await pause(lookEvery, null, { signal });
  }
}

async function readInside(ask: Ask, path: string): Promise<string> {
  const handle = Handle.parse(await ask("guest-file-open", { path, mode: "r" }));
  try {
    const read = Read.parse(await ask("guest-file-read", { handle, count: 65_536 }));
    return Buffer.from(read["buf-b64"], "base64").toString("latin1");
  } finally {
    await ask("guest-file-close", { handle });
  }
}
