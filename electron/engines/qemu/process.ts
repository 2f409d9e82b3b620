import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { CgroupPaths } from "../../../shared/model/instance.ts";
import { cgroupsOf } from "../../machine/cgroup-paths.ts";

/** Programs that are QEMU with a whole machine in it. Not qemu-img, qemu-nbd, qemu-ga, qemu-storage-daemon. */
const programs = /^(?:qemu-system-[a-z0-9_]{1,20}|qemu-kvm|kvm|QEMULauncher)$/;

/**
 * The QEMU program that process `pid` runs, by its executable; where that can't be read (another user's process), by its
 * first argument. Null: another program, a kernel thread, or gone.
 */
export function readProgram(proc: string, pid: number): string | null {
  let path: string | undefined;
  try {
    path = readlinkSync(`${proc}/${pid}/exe`).replace(/ \(deleted\)$/, "");
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    // Only "not yours to know" leaves the question open; ENOENT is a kernel thread or nobody.
    if (code === "EACCES" || code === "EPERM") path = readArguments(proc, pid)?.[0];
  }
  const name = basename(path ?? "");
  return programs.test(name) ? name : null;
}

/** Arguments, the program's own name first. Null: gone, or none. A byte a character where it is no UTF-8. */
export function readArguments(proc: string, pid: number): readonly string[] | null {
  try {
    const text = readFileSync(`${proc}/${pid}/cmdline`, "utf8");
    return text === "" ? null : text.replace(/\0$/, "").split("\0");
  } catch {
    return null;
  }
}

/** What shows which accelerator works: does it hold a KVM VM (null: may not be asked), what are its threads called? */
export type Traces = { readonly holdsKvm: boolean | null; readonly threads: readonly string[] };

export function readTraces(proc: string, pid: number): Traces {
  return { holdsKvm: holdsKvm(`${proc}/${pid}/fd`), threads: threadsOf(`${proc}/${pid}/task`) };
}

function holdsKvm(folder: string): boolean | null {
  try {
    return readdirSync(folder).some(
      (descriptor) => linkOf(`${folder}/${descriptor}`) === "anon_inode:kvm-vm",
    );
  } catch {
    return null;
  }
}

function threadsOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).map((thread) => readFileSync(`${folder}/${thread}/comm`, "latin1").trim());
  } catch {
    return [];
  }
}

function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

/**
 * The accelerator of a VM. `asked` is a wish list ("kvm, else tcg"): what is seen in use goes before it, and of a list
 * with several entries nothing can be said without seeing. A process whose descriptors we may read and that holds no
 * KVM VM runs on what else it asked for.
 */
export function acceleratorOf(
  asked: readonly string[],
  { holdsKvm, threads }: Traces,
): { readonly accelerator: string | null; readonly seen: boolean } {
  const thread = threads.map((name) => /^(?:CPU \d+|ALL CPUs)\/(KVM|TCG)$/.exec(name)?.[1]).find(Boolean);
  if (holdsKvm) return { accelerator: "kvm", seen: true };
  if (thread) return { accelerator: thread.toLowerCase(), seen: true };
  const others = asked.filter((one) => one !== "kvm");
  if (holdsKvm === false && others.length === 1 && others[0] === "tcg")
    return { accelerator: "tcg", seen: true };
  return { accelerator: asked.length === 1 ? (asked[0] ?? null) : null, seen: false };
}

/** `path` as the process sees it, as a path of ours: from its working folder, and inside its root if it has another. */
export function pathFor(proc: string, pid: number, path: string): string {
  const whole = resolve(linkOf(`${proc}/${pid}/cwd`) ?? "/", path);
  const root = linkOf(`${proc}/${pid}/root`);
  return root === null || root === "/" ? whole : `${proc}/${pid}/root${whole}`;
}

/**
 * Whether somebody listens at a unix socket and nobody talks to it, by /proc/PID/net/unix (state 01 listens, 03 is
 * connected): a QMP socket serves one at a time, and a second one would wait in line and starve the first.
 *   0000000004127e05: 00000002 00000000 00010000 0001 01 14838 /run/vm.qmp
 */
export function isFree(table: string, path: string): boolean {
  const states = table
    .split("\n")
    .filter((line) => line.endsWith(` ${path}`))
    .map((line) => line.split(/ +/)[5]);
  return states.includes("01") && states.every((state) => state === "01");
}

export function readIsFree(proc: string, pid: number, path: string): boolean {
  try {
    return isFree(readFileSync(`${proc}/${pid}/net/unix`, "utf8"), path);
  } catch {
    return false;
  }
}

/**
 * The cgroups that are this VM's alone: libvirt's and Proxmox's groups by their form (the folder above the threads'
 * ones), any other where no second process is in it. A terminal's or a service's group is not: null.
 */
export function readOwnCgroups(pid: number): CgroupPaths | null {
  const all = cgroupsOf(pid);
  if (!all) return null;
  const paths: CgroupPaths = {
    unified: ownGroup(all.unified, pid),
    memory: ownGroup(all.memory, pid),
    cpu: ownGroup(all.cpu, pid),
    cpuacct: ownGroup(all.cpuacct, pid),
    pids: ownGroup(all.pids, pid),
    blkio: ownGroup(all.blkio, pid),
  };
  return Object.values(paths).some((path) => path !== null) ? paths : null;
}

const ofManager =
  /^(.*(?:\/machine-qemu\\x2d[^/]*\.scope|\/qemu-\d+-[^/]*\.libvirt-qemu|\/qemu\.slice\/\d+\.scope))(?:\/(?:libvirt|emulator|vcpu\d+|iothread\d+))*$/;

function ownGroup(path: string | null, pid: number): string | null {
  if (path === null) return null;
  const managed = ofManager.exec(path)?.[1];
  if (managed !== undefined) return managed;
  try {
    const inside = readFileSync(Buffer.from(`${path}/cgroup.procs`, "latin1"), "latin1").trim();
    return inside === String(pid) ? path : null;
  } catch {
    return null;
  }
}
