import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { ownCgroup } from "../../electron/lab/guest/own-cgroup.ts";
import { cgroupsOf } from "../../electron/machine/cgroup-paths.ts";
import { tell, textOf } from "./kernel.ts";

// Runs inside the guest: a lab guest's own cgroup where there is only v2, by the kernel's own files. The processes stand for QEMU.

/** What one process in a cgroup of its own came to. */
export type Owned = {
  readonly before: string | null;
  readonly folder: string | null;
  readonly files: { readonly [file: string]: string | null };
  readonly signal: NodeJS.Signals | null;
  readonly events: string | null;
  readonly left: boolean;
};

const unifiedOf = (pid: number | undefined) => cgroupsOf(pid ?? 0)?.unified ?? null;

/** One process with caps; `end` makes it end. */
async function owned(
  command: readonly string[],
  caps: Parameters<typeof ownCgroup>[2],
  end: (child: ChildProcess) => void,
): Promise<Owned> {
  // It waits for a line, so that it is in its cgroup before it does anything.
  const child = spawn("sh", ["-c", 'read -r line; exec "$@"', "sh", ...command], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  await once(child, "spawn");
  const before = unifiedOf(child.pid);
  const cgroup = ownCgroup(`tried-${child.pid}`, child.pid ?? 0, caps);
  const folder = unifiedOf(child.pid);
  const read = (...names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, textOf(folder ?? "", name)]));
  const files = read("cgroup.procs", "memory.max", "cpu.max");
  const ended = once(child, "exit");
  child.stdin?.write("\n");
  end(child);
  const [, signal] = (await ended) as [number | null, NodeJS.Signals | null];
  const events = textOf(folder ?? "", "memory.events");
  await cgroup?.remove();
  return {
    before,
    folder,
    files: { ...files, pid: String(child.pid) },
    signal,
    events,
    left: existsSync(folder ?? ""),
  };
}

const kill = (child: ChildProcess) => void child.kill("SIGKILL");
tell("half", await owned(["sleep", "600"], { memory: 64 << 20, cpus: 0.5 }, kill));
tell("whole", await owned(["sleep", "600"], { memory: 64 << 20, cpus: null }, kill));
// Holds what it reads until a line ends, which never comes: the kernel ends it at its cap.
tell("greedy", await owned(["tail", "/dev/zero"], { memory: 32 << 20, cpus: null }, () => undefined));
