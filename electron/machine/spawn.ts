import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { Duplex } from "node:stream";
import { execa } from "execa";

/** Places a desktop session's PATH may lack (an app started from Finder, a bare systemd unit). */
const alsoIn = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin", "/opt/homebrew/bin"];

/** Absolute path of `program`, from PATH and the usual places; null: not installed. */
export function findProgram(program: string): string | null {
  for (const folder of [...(process.env.PATH ?? "").split(delimiter), ...alsoIn]) {
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

/**
 * Engines' tools translate, colour and page; we want none of it. Nothing else of our environment goes along.
 * LIBVIRT_AUTOSTART: looking at a session must not start its daemon.
 */
const plain = {
  LC_ALL: "C",
  LANG: "C",
  WSL_UTF8: "1",
  TERM: "dumb",
  NO_COLOR: "1",
  LIBVIRT_AUTOSTART: "0",
} as const;
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

/** What one program may print before it is cut off. */
const mostOutput = 8 << 20;

export type Ran = {
  /** null: ended by a signal, by the deadline, by the cap or by `signal`. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  /** It printed more than 8 MiB: killed, and what came after is lost. */
  readonly cut: boolean;
};

/**
 * Runs a program to its end: no shell, stdin closed, output capped at 8 MiB, the whole process group killed at the
 * deadline or when `signal` aborts, and reaped. Never rejects for what the program does; rejects when it can't start.
 * The deadline, the cap and the abort are ours, not execa's: it kills the program alone and then waits for the pipes,
 * which a grandchild may hold open for ever.
 */
export async function run(
  path: string,
  args: readonly string[],
  options: { readonly deadline: number; readonly signal?: AbortSignal; readonly input?: string },
): Promise<Ran> {
  options.signal?.throwIfAborted();
  const child = execa(path, args, {
    ...common(),
    buffer: false,
    ...(options.input === undefined ? { stdin: "ignore" as const } : { input: options.input }),
  });
  const { pid, stdout, stderr } = child;
  if (pid === undefined) throw (await child).cause ?? new Error(`cannot start ${path}`);
  living.add(pid);
  let timedOut = false;
  let cut = false;
  const end = () => {
    killGroup(pid);
    // Whoever left the group still holds the pipes' other ends: we let go of ours.
    stdout.destroy();
    stderr.destroy();
  };
  const collect = (stream: NodeJS.ReadableStream) => {
    const chunks: Buffer[] = [];
    let length = 0;
    stream.on("data", (chunk: Buffer) => {
      const room = mostOutput - length;
      length += chunk.length;
      chunks.push(chunk.length > room ? chunk.subarray(0, Math.max(room, 0)) : chunk);
      if (chunk.length <= room || cut) return;
      cut = true;
      end();
    });
    return chunks;
  };
  // What it leaves behind ends with it, else we would wait for the pipes until the deadline.
  child.once("exit", () => killGroup(pid));
  const out = collect(stdout);
  const errors = collect(stderr);
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, options.deadline);
  options.signal?.addEventListener("abort", end, { once: true });
  try {
    const result = await child;
    return {
      code: result.exitCode ?? null,
      stdout: decode(Buffer.concat(out)),
      stderr: decode(Buffer.concat(errors)),
      timedOut,
      cut,
    };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", end);
    living.delete(pid);
  }
}

export type Kept = {
  /** What is written after its end is lost, without an error. */
  readonly stdin: NodeJS.WritableStream;
  readonly stdout: NodeJS.ReadableStream;
  readonly stderr: NodeJS.ReadableStream;
  /** Ours of the `"pipe"`s that were asked for as further descriptors, in their order. */
  readonly further: readonly Duplex[];
  readonly pid: number;
  /** Resolves when it has ended and is reaped, whatever the reason. */
  readonly ended: Promise<{ readonly code: number | null }>;
};

/**
 * Starts a program that stays: streams in hand, its group killed when `signal` aborts. Throws when it can't start.
 * Whoever keeps it must read all its streams and cap what it gathers. `further` become its descriptors from 3 on: open
 * ones of ours, or pipes that it writes to (on Linux socket pairs).
 */
export function keep(
  path: string,
  args: readonly string[],
  signal: AbortSignal,
  further: readonly (number | "pipe")[] = [],
): Kept {
  signal.throwIfAborted();
  const { stdout: out, stderr: error, ...rest } = common();
  // execa takes any open descriptor; its types know those up to 9.
  const known = further as readonly (9 | "pipe")[];
  const child = execa(path, args, { ...rest, buffer: false, stdio: ["pipe", out, error, ...known] });
  const { pid, stdin, stdout, stderr } = child;
  if (pid === undefined || !stdin || !stdout || !stderr) throw new Error(`cannot start ${path}`);
  const pipes = child.stdio.slice(3).filter((stream) => stream instanceof Duplex);
  living.add(pid);
  stdin.on("error", () => undefined);
  const end = () => {
    killGroup(pid);
    for (const stream of [stdin, stdout, stderr, ...pipes]) stream.destroy();
  };
  signal.addEventListener("abort", end, { once: true });
  // A child of it that outlives it would hold the pipes, and with them `ended`.
  child.once("exit", () => killGroup(pid));
  const ended = child.then((result) => {
    signal.removeEventListener("abort", end);
    living.delete(pid);
    return { code: result.exitCode ?? null };
  });
  return { stdin, stdout, stderr, further: pipes, pid, ended };
}

const common = () =>
  ({
    reject: false,
    detached: process.platform !== "win32",
    extendEnv: false,
    env: environment(),
    stdout: "pipe",
    stderr: "pipe",
    encoding: "buffer",
  }) as const;

/** Groups of ours that run: a detached child would outlive us. */
const living = new Set<number>();
process.on("exit", () => {
  for (const pid of living) killGroup(pid);
});

/** A child may have children of its own, that hold its pipes and outlive it. */
function killGroup(pid: number): void {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // the group is gone already, as it should be
  }
}

/**
 * UTF-8, or UTF-16LE where the bytes show it: its byte order mark, or NUL in a quarter and more of the odd places and in
 * none of the even ones of the first 512 bytes (wsl.exe and PowerShell write no mark; Korean text has few NULs).
 */
export function decode(bytes: Uint8Array): string {
  let even = 0;
  let odd = 0;
  const looked = Math.min(bytes.length, 512);
  for (let index = 0; index < looked; index++) if (bytes[index] === 0) index % 2 === 0 ? even++ : odd++;
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (looked >= 4 && even === 0 && odd * 8 >= looked);
  return new TextDecoder(wide ? "utf-16le" : "utf-8").decode(bytes);
}
