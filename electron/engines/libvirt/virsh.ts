import { randomUUID } from "node:crypto";
import type { Millis } from "../../../shared/model/units.ts";
import { type Kept, keep, run } from "../../machine/spawn.ts";
import { EngineFailure } from "../engine.ts";

/** A conversation with one libvirt daemon. */
export type Virsh = {
  /** The output of one command. Throws an EngineFailure when it fails, or takes longer than the deadline. */
  ask(command: string): Promise<string>;
  /** false: `virsh` could not be kept open, each command is a process of its own. */
  readonly kept: boolean;
};

export type VirshOptions = {
  readonly program: string;
  readonly uri: string;
  /** For one answer. */
  readonly deadline: Millis;
  readonly signal: AbortSignal;
};

/** An answer of more than this is not one. */
const longestAnswer = 8 << 20;
/** A kept virsh that dies sooner than this after its start is not started again. */
const shortestLife: Millis = 5_000;

/**
 * Opens a conversation: one `virsh` fed by stdin, since a process and a connection for each answer cost six times more.
 * Read-only: we change nothing, and an ordinary user may connect so where polkit would ask for a password otherwise.
 * Where it can't be kept open (another virsh, a wrapper that closes stdin) each command is spawned. Commands are one at a
 * time, and are made of our own words and checked ids only.
 */
export async function openVirsh(options: VirshOptions): Promise<Virsh> {
  const first = await startKept(options);
  if (first === null) {
    const ask = (command: string) => askSpawned(options, command);
    await greet(ask, options.uri);
    return { ask, kept: false };
  }
  let talk = first;
  let began = performance.now();
  return {
    kept: true,
    async ask(command) {
      if (talk.over() && performance.now() - began > shortestLife) {
        // Killed by somebody, while the daemon is well: that is no reason to lose the engine.
        const next = await startKept(options);
        began = performance.now();
        if (next !== null) talk = next;
      }
      return talk.ask(command);
    },
  };
}

/** Null: it runs, but says nothing in conversation. Throws what the daemon's refusal means. */
async function startKept(options: VirshOptions): Promise<Talk | null> {
  // An abort that came before is told to no listener: its virsh would live on, and Tare with it.
  options.signal.throwIfAborted();
  const own = new AbortController();
  const stop = () => own.abort();
  options.signal.addEventListener("abort", stop, { once: true });
  const talk = converse(options, keep(options.program, ["-q", "-r", "-c", options.uri], own.signal), stop);
  void talk.ended.then(() => options.signal.removeEventListener("abort", stop));
  try {
    await greet(talk.ask, options.uri);
    return talk;
  } catch (error) {
    stop();
    if (options.signal.aborted) throw error;
    // A clear word from the daemon is one. Silence and a silent end may be the conversation's fault.
    if (error instanceof EngineFailure && error.code !== "timeout" && error.code !== "garbled") throw error;
    return null;
  }
}

/** Whether it is virsh that answers: it knows where it is connected to. */
async function greet(ask: (command: string) => Promise<string>, uri: string): Promise<void> {
  if (!/^[a-z+]{1,20}:\/\//m.test(await ask("uri"))) throw new EngineFailure("garbled", uri);
}

type Talk = {
  ask(command: string): Promise<string>;
  over(): boolean;
  readonly ended: Promise<unknown>;
};

function converse({ uri, deadline }: VirshOptions, child: Kept, stop: () => void): Talk {
  let parts: string[] = [];
  let size = 0;
  /** The end of what came before the newest part: a mark may be cut in two. */
  let end = "";
  let expected = "";
  let found = false;
  let errors = "";
  let over = false;
  let asked = 0;
  // No domain can be called so, to pass its name off as the end of an answer.
  const nonce = randomUUID();
  let wake: () => void = () => undefined;
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8");
  child.stdout.on("data", (chunk: string) => {
    parts.push(chunk);
    size += chunk.length;
    const window = end + chunk;
    found ||= window.includes(expected);
    end = window.slice(-expected.length);
    if (size > longestAnswer) stop();
    if (found) wake();
  });
  child.stderr.on("data", (chunk: string) => {
    errors = (errors + chunk).slice(-4_096);
  });
  const ended = child.ended.then(() => {
    over = true;
    wake();
  });

  const answer = async (limit: AbortSignal) => {
    for (;;) {
      if (found) {
        const text = parts.join("");
        const mark = text.indexOf(expected);
        const rest = text.slice(mark + expected.length);
        parts = [rest];
        size = rest.length;
        return text.slice(0, mark);
      }
      if (over) throw failure(uri, errors, "garbled");
      if (limit.aborted) throw new EngineFailure("timeout", uri);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };

  /** What virsh prints until it echoes our mark. Where that does not come, nothing later can be trusted. */
  const say = async (command: string) => {
    const number = ++asked;
    expected = `tare-${nonce}-${number}`;
    found = false;
    end = "";
    // In quotes, so that virsh's echo of our line is not taken for its answer.
    child.stdin.write(`${command}\necho tare-"${nonce}"-${number}\n`);
    const limit = new AbortController();
    const timer = setTimeout(() => {
      limit.abort();
      wake();
    }, deadline);
    try {
      return withoutPrompts(await answer(limit.signal));
    } catch (error) {
      stop();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    over: () => over,
    ended,
    async ask(command) {
      errors = "";
      const said = await say(command);
      // Its complaint comes through another pipe, and may be read after the mark that was written after it.
      if (said.trim() === "") await new Promise((resolve) => setTimeout(resolve, 10));
      if (said.trim() === "" && errors.includes("error:")) throw failure(uri, errors, "failed");
      return said;
    },
  };
}

/** A command as a process of its own. */
async function askSpawned(
  { program, uri, deadline, signal }: VirshOptions,
  command: string,
): Promise<string> {
  const args = ["-q", "-r", "-c", uri, ...command.split(" ")];
  const { code, stdout, stderr, timedOut, cut } = await run(program, args, { deadline, signal });
  signal.throwIfAborted();
  if (timedOut) throw new EngineFailure("timeout", uri);
  if (cut) throw new EngineFailure("garbled", uri);
  if (code !== 0) throw failure(uri, stderr, "failed");
  return stdout;
}

/**
 * An answer without what virsh echoes of its input where stdin is no terminal:
 *   virsh > list --all
 *   virsh > \r<te --cpu-total --balloon     (readline scrolls a long line sideways)
 */
export function withoutPrompts(answer: string): string {
  return answer
    .split("\n")
    .filter((line) => !/^(?:virsh [>#] ?)+(?:\r|echo tare-|[a-z]+(?: |$))/.test(line))
    .map((line) => line.replace(/^(?:virsh [>#] ?)+/, ""))
    .join("\n");
}

/** `found` in `answer`. Throws where there is text and nothing of it was understood: none is not the same as garbage. */
export function understood<Found extends { readonly size: number } | { readonly length: number }>(
  uri: string,
  answer: string,
  found: Found,
): Found {
  const count = "size" in found ? found.size : found.length;
  if (count === 0 && answer.trim() !== "") throw new EngineFailure("garbled", uri);
  return found;
}

/** What virsh's complaint means. LC_ALL=C keeps it in English. */
export function failure(uri: string, errors: string, otherwise: "failed" | "garbled"): EngineFailure {
  const said = errors.trim().slice(0, 500);
  const code =
    complaints.find(([pattern]) => pattern.test(said))?.[1] ?? (said === "" ? "garbled" : otherwise);
  return new EngineFailure(code, uri, said === "" ? undefined : said);
}

const complaints = [
  [
    /doesn't support option|unknown command|unsupported option|not supported by the connection driver/i,
    "outdated",
  ],
  [/permission denied|authentication|polkit|access denied|not authorized/i, "denied"],
  [/no such file or directory/i, "absent"],
  [
    /connection refused|failed to connect|cannot recv|end of file|disconnected|no valid connection|broken pipe/i,
    "refused",
  ],
] as const;
