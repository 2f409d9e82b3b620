import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { top } from "../../built.ts";

export type Started = {
  readonly pid: number;
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  readonly exit: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** Resolves when the pattern stands in stdout or stderr; rejects when the process ends without it. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  end(): Promise<void>;
};

/** Another user's account, where tests run as root: Electron does not run as root, and this one can't write here. */
export const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Runs electron/start.mjs as its users do, with what they may have in the environment. */
export function start(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  options: { readonly uid?: number; readonly gid?: number; readonly folder?: string } = {},
): Started {
  const { folder = top, ...user } = options;
  const { DISPLAY, WAYLAND_DISPLAY, ...plain } = process.env;
  const child = spawn(process.execPath, [join(folder, "electron/start.mjs"), ...args], {
    ...user,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...plain, ...env },
  });
  let stdout = "";
  let stderr = "";
  let heard: () => void = () => undefined;
  child.stdout.on("data", (data: Buffer) => {
    stdout += data.toString();
    heard();
  });
  child.stderr.on("data", (data: Buffer) => {
    stderr += data.toString();
    heard();
  });
  const exit = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once("close", (code, signal) => resolve({ code, signal })),
  );
  return {
    pid: child.pid ?? 0,
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    exit,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        heard = () => {
          const found = pattern.exec(stdout) ?? pattern.exec(stderr);
          if (found) resolve(found);
        };
        heard();
        void exit.then(({ code }) =>
          reject(new Error(`ended with ${code}, before ${pattern}: ${stdout}${stderr}`)),
        );
      }),
    async end() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      await exit;
    },
  };
}

export const addressLine = /^Tare \d+\.\d+\.\d+ (http:\/\/127\.0\.0\.1:(\d+)\/#t=([\w-]{43}))$/m;

/** Bytes of memory that a process holds. */
export const resident = (pid: number): number =>
  1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);

/** The port of 127.0.0.1 that a process listens on, as the kernel tells it. */
export function listeningPort(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  const inodes = readdirSync(folder).flatMap((name) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(join(folder, name)))?.[1] ?? [];
    } catch {
      return [];
    }
  });
  // "  0: 0100007F:1F90 00000000:0000 0A ... inode": local address, remote address, state 0A is listening.
  for (const line of readFileSync("/proc/net/tcp", "utf8").split("\n")) {
    const [, local = "", , state, , , , , , inode = ""] = line.trim().split(/\s+/);
    if (state === "0A" && local.startsWith("0100007F:") && inodes.includes(inode))
      return Number.parseInt(local.slice(9), 16);
  }
  throw new Error(`${pid} listens on no port of the loopback`);
}
