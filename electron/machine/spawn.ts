import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { execa } from "execa";

/** Places a desktop session's PATH may lack (an app started from Finder, a bare systemd unit). */
const alsoIn = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin", "/opt/homebrew/bin"];

/** Absolute path of `program`, from PATH and the usual places; null: not installed. */
export function findProgram(program: string): string | null {
  for (const folder of [...(process.env["PATH"] ?? "").split(delimiter), ...alsoIn]) {
    if (!folder.startsWith("/") && process.platform !== "win32") continue;
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not here
    }
  }
  return null;
}

/** Engines' tools translate, colour and page; we want none of it. Nothing else of our environment goes along. */
const plain = { LC_ALL: "C", LANG: "C", WSL_UTF8: "1", TERM: "dumb", NO_COLOR: "1" } as const;
const passed = [
  "PATH",
  "HOME",
  "USER",
  "XDG_RUNTIME_DIR",
  "XDG_CONFIG_HOME",
  "SSH_AUTH_SOCK",
  "CONTAINERS_CONF",
  "SYSTEMROOT",
];
const environment = () => ({
  ...Object.fromEntries(
    passed.flatMap((key) => (process.env[key] === undefined ? [] : [[key, process.env[key]]])),
  ),
  ...plain,
});

export type Ran = {
  /** null: ended by a signal, by the deadline or by `signal`. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
};

/**
 * Runs a program to its end: no shell, stdin closed, output capped at 8 MiB, the whole process group killed at the
 * deadline or when `signal` aborts, and reaped. Never rejects for what the program does; rejects when it can't start.
 */
export async function run(
  path: string,
  args: readonly string[],
  options: { readonly deadline: number; readonly signal?: AbortSignal; readonly input?: string },
): Promise<Ran> {
  const child = execa(path, args, {
    ...common(options.signal),
    timeout: options.deadline,
    killSignal: "SIGKILL",
    maxBuffer: 8 << 20,
    encoding: "buffer",
    ...(options.input === undefined ? { stdin: "ignore" as const } : { input: options.input }),
  });
  try {
    const result = await child;
    if (
      result.exitCode === undefined &&
      result.signal === undefined &&
      !result.timedOut &&
      !result.isMaxBuffer &&
      result.failed
    )
      throw result.cause ?? new Error(result.message);
    return {
      code: result.exitCode ?? null,
      stdout: decode(result.stdout ?? new Uint8Array()),
      stderr: decode(result.stderr ?? new Uint8Array()),
      timedOut: result.timedOut,
    };
  } finally {
    killGroup(child.pid);
  }
}

export type Kept = {
  readonly stdin: NodeJS.WritableStream;
  readonly stdout: NodeJS.ReadableStream;
  readonly stderr: NodeJS.ReadableStream;
  readonly pid: number;
  /** Resolves when it has ended and is reaped, whatever the reason. */
  readonly ended: Promise<{ readonly code: number | null }>;
};

/** Starts a program that stays: streams in hand, its group killed when `signal` aborts. Throws when it can't start. */
export function keep(path: string, args: readonly string[], signal: AbortSignal): Kept {
  const child = execa(path, args, {
    ...common(signal),
    buffer: false,
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
  });
  const ended = child.then((result) => {
    killGroup(child.pid);
    return { code: result.exitCode ?? null };
  });
  if (child.pid === undefined) throw new Error(`cannot start ${path}`);
  return { stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, pid: child.pid, ended };
}

const common = (signal: AbortSignal | undefined) => ({
  reject: false as const,
  detached: process.platform !== "win32",
  cleanup: true,
  extendEnv: false,
  env: environment(),
  stripFinalNewline: false,
  forceKillAfterDelay: 200,
  ...(signal ? { cancelSignal: signal } : {}),
});

/** A child may leave children of its own that hold its pipes. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined || process.platform === "win32") return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // the group is gone already, as it should be
  }
}

/** UTF-8, or UTF-16LE where every second byte of the start is NUL (wsl.exe, PowerShell). */
function decode(bytes: Uint8Array): string {
  const wide = bytes.length >= 4 && bytes[1] === 0 && bytes[3] === 0;
  return new TextDecoder(wide ? "utf-16le" : "utf-8").decode(bytes);
}
