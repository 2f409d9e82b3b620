import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { vi } from "vitest";
import { leanDockerode } from "../../renderer/vite.config.ts";
import type { Sample } from "../../shared/figures.ts";
import type { Event } from "../../shared/model/event.ts";
import type { EngineName, Instance } from "../../shared/model/instance.ts";
import type { EngineStatus } from "../../shared/model/status.ts";
import { top } from "../built.ts";

/** What the back end tells each second: tests/faults/back-end.ts. */
export type Line = {
  readonly at: number;
  /** ms of its monotonic clock. */
  readonly steady: number;
  readonly came: readonly Instance[];
  readonly went: readonly string[];
  readonly samples: readonly (readonly [string, Sample])[];
  readonly events: readonly Event[];
  readonly engines: readonly EngineStatus[];
  /** Descriptors that it has open. */
  readonly descriptors: number;
};

let program: Promise<string> | null = null;

/** Bundles a program beside node_modules, as the app itself is bundled; once a run, and gone with it. */
async function bundled(): Promise<string> {
  // A folder a process; Vitest ends its workers without an "exit", so those of processes that are gone go here.
  const dist = join(top, "dist");
  mkdirSync(dist, { recursive: true });
  for (const name of readdirSync(dist)) {
    const [, owner] = /^faults-(\d+)$/.exec(name) ?? [];
    if (owner !== undefined && !existsSync(`/proc/${owner}`)) rmSync(join(dist, name), { recursive: true });
  }
  const folder = join(dist, `faults-${process.pid}`);
  await build({
    configFile: false,
    logLevel: "error",
    plugins: [{ ...leanDockerode, applyToEnvironment: () => true }],
    ssr: { noExternal: true, external: ["node-sqlite3-wasm"] },
    build: {
      ssr: fileURLToPath(new URL("back-end.ts", import.meta.url)),
      ...{ outDir: folder, emptyOutDir: false, minify: false, target: "node20.19", copyPublicDir: false },
      rolldownOptions: {
        external: [/^node:/, ...builtinModules],
        output: { format: "es", entryFileNames: "back-end.js" },
      },
    },
  });
  return join(folder, "back-end.js");
}

export type BackEnd = {
  readonly child: ChildProcess;
  readonly lines: readonly Line[];
  /** What it said on stderr. */
  errors(): string;
  status(engine: EngineName): EngineStatus | undefined;
  /** Instances that are there after all that was told, by id. */
  present(): ReadonlyMap<string, Instance>;
  until(check: () => void, most?: number): Promise<void>;
  end(): Promise<void>;
};

/**
 * Starts the back end under `wrap` (a program that execs its arguments: unshare, prlimit), telling of instances whose id
 * or name holds `word`. Ends with the test's own process.
 */
export async function backEnd(
  word: string,
  wrap: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<BackEnd> {
  program ??= bundled();
  const [command = "", ...args] = [
    ...["setpriv", "--pdeathsig", "KILL", ...wrap],
    ...[process.execPath, await program, word],
  ];
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  const lines: Line[] = [];
  const present = new Map<string, Instance>();
  let errors = "";
  let rest = "";
  child.stderr.on("data", (data) => (errors += data));
  child.stdout.on("data", (data) => {
    const whole = `${rest}${data}`.split("\n");
    rest = whole.pop() ?? "";
    for (const text of whole) {
      const line: Line = JSON.parse(text);
      lines.push(line);
      for (const instance of line.came) present.set(instance.id, instance);
      for (const id of line.went) present.delete(id);
    }
  });
  return {
    child,
    lines,
    errors: () => errors,
    status: (engine) => lines.at(-1)?.engines.find((one) => one.engine === engine),
    present: () => present,
    until: (check, most = 20_000) =>
      vi.waitFor(
        () => {
          if (child.exitCode !== null || child.signalCode !== null)
            throw new Error(`it ended (${child.exitCode ?? child.signalCode}): ${errors}`);
          check();
        },
        { timeout: most, interval: 25 },
      ),
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Bytes of a process in memory: now, and the most since the peak was reset. proc_pid_status(5): VmRSS, VmHWM. */
export function resident(pid: number): { readonly now: number; readonly peak: number } {
  const text = readFileSync(`/proc/${pid}/status`, "latin1");
  const bytes = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+) kB$`, "m").exec(text)?.[1]) * 1024;
  return { now: bytes("VmRSS"), peak: bytes("VmHWM") };
}

/** The peak is what it has now. proc_pid_clear_refs(5). */
export const resetPeak = (pid: number) => writeFileSync(`/proc/${pid}/clear_refs`, "5");
