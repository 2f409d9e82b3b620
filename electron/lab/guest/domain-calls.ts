import { readdirSync } from "node:fs";
import type { Millis } from "../../../shared/model/units.ts";
import { parseDefinition } from "../../engines/libvirt/definition.ts";
import { parseCommandLine } from "../../engines/qemu/command-line.ts";
import { readArguments, readProgram } from "../../engines/qemu/process.ts";
import { readStartTicks } from "../../machine/process-start.ts";
import { findProgram, run } from "../../machine/spawn.ts";
import { LabFailure } from "../trial.ts";
import { lastLine } from "./accelerator.ts";
import { type Ask, parseAnswer } from "./agent.ts";

/** What the lab has one libvirt domain do. Unlike the engine's virsh this one may change things; each call has a deadline. */
export type Domain = {
  readonly uuid: string;
  /** What the user calls it. */
  name(signal: AbortSignal): Promise<string>;
  /** libvirt's word: "running", "shut off", "paused", … */
  state(signal: AbortSignal): Promise<string>;
  /** What it is defined as: its accelerator in our word, its machine, its virtual hardware. */
  definition(signal: AbortSignal): Promise<{
    readonly accelerator: string | null;
    readonly machine: string | null;
    readonly console: boolean;
  }>;
  /** Its memory was saved when it was stopped: a start would go on from there, and use up what was saved. */
  isSaved(signal: AbortSignal): Promise<boolean>;
  /** Starts it, not yet running where `paused`. */
  start(paused: boolean, signal: AbortSignal): Promise<void>;
  resume(signal: AbortSignal): Promise<void>;
  /** Path of its console's terminal, once it is started. */
  terminal(signal: AbortSignal): Promise<string>;
  /** Asks the system inside to switch itself off. */
  shutdown(signal: AbortSignal): Promise<void>;
  /** Pulls the plug. */
  destroy(signal: AbortSignal): Promise<void>;
  readonly agent: (signal: AbortSignal) => Ask;
};

const deadline: Millis = 20_000;
const uuidForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Finds a domain among the daemons at `uris`. Throws a LabFailure where none of them has it. `uuid` goes into command lines:
 * it is one, or nothing is started.
 */
export async function findDomain(
  uuid: string,
  uris: readonly string[],
  signal: AbortSignal,
): Promise<Domain> {
  const program = findProgram("virsh");
  if (program === null) throw new LabFailure({ code: "failed", where: "virsh", cause: "ENOENT" });
  if (!uuidForm.test(uuid)) throw new LabFailure({ code: "failed", where: uuid.slice(0, 100) });
  let refusal: unknown = null;
  for (const uri of uris) {
    const domain = domainAt(program, uri, uuid);
    try {
      await domain.state(signal);
      return domain;
    } catch (error) {
      signal.throwIfAborted();
      refusal ??= error;
    }
  }
  throw refusal ?? new LabFailure({ code: "failed", where: uuid, cause: "no libvirt" });
}

function domainAt(program: string, uri: string, uuid: string): Domain {
  const call = async (args: readonly string[], signal: AbortSignal): Promise<string> => {
    const ran = await run(program, ["-q", "-c", uri, ...args], { deadline, signal });
    signal.throwIfAborted();
    if (ran.code === 0) return ran.stdout.trim();
    const full = /no space left on device/i.test(ran.stderr);
    const ended = ran.timedOut ? `> ${deadline} ms` : `exit ${ran.code}`;
    const cause = lastLine(ran.stderr) ?? `virsh ${args[0]}: ${ended}`;
    throw new LabFailure({
      code: full ? "no-room" : args[0] === "start" ? "failed-to-start" : "failed",
      where: uuid,
      cause,
    });
  };
  const on = async (command: string, signal: AbortSignal) => void (await call([command, uuid], signal));
  return {
    uuid,
    async definition(signal) {
      const xml = await call(["dumpxml", uuid], signal);
      const { type, machine } = parseDefinition(xml);
      const console = /<(?:console|serial) [^>]*type='pty'/.test(xml);
      return { accelerator: type === "qemu" ? "tcg" : type, machine, console };
    },
    name: (signal) => call(["domname", uuid], signal),
    state: (signal) => call(["domstate", uuid], signal),
    isSaved: async (signal) => /^Managed save: +yes$/m.test(await call(["dominfo", uuid], signal)),
    start: async (paused, signal) =>
      void (await call(["start", uuid, ...(paused ? ["--paused"] : [])], signal)),
    resume: (signal) => on("resume", signal),
    terminal: (signal) => call(["ttyconsole", uuid], signal),
    shutdown: (signal) => on("shutdown", signal),
    destroy: (signal) => on("destroy", signal),
    agent: (signal) => async (command, args) => {
      const question = JSON.stringify({ execute: command, arguments: args });
      const said = await call(["qemu-agent-command", uuid, question, "--timeout", "5"], signal);
      return parseAnswer(said)?.return;
    },
  };
}

/** The QEMU process of a domain; null: it is not found (another hypervisor's, or we may not see it). */
export function processOf(uuid: string): { readonly pid: number; readonly ticks: number } | null {
  for (const pid of readdirSync("/proc").map(Number).filter(Number.isInteger)) {
    const program = readProgram("/proc", pid);
    const args = program === null ? null : readArguments("/proc", pid);
    if (program === null || args === null) continue;
    if (parseCommandLine(program, args.slice(1), () => null)?.uuid !== uuid) continue;
    const ticks = readStartTicks("/proc", pid);
    return ticks === null ? null : { pid, ticks };
  }
  return null;
}
