import { accessSync, constants, readFileSync } from "node:fs";
import { cgroupMounts } from "../machine/cgroup-paths.ts";

/** What this user may do here that decides how much Tare can tell. */
export type Permissions = {
  /** null: the system knows no such thing. */
  readonly user: number | null;
  readonly cgroup: { readonly path: string; readonly may: boolean } | null;
  /** Reading other users' processes, for which the kernel asks for CAP_SYS_PTRACE. */
  readonly processes: boolean | null;
  readonly kvm: boolean | null;
};

/** Looks at this process's permissions, now. */
export function readPermissions(): Permissions {
  const mounts = cgroupMounts();
  const path = mounts ? (mounts.controllers.get("memory") ?? mounts.unified) : null;
  const linux = process.platform === "linux";
  return {
    user: process.getuid?.() ?? null,
    cgroup: path ? { path, may: may(path, constants.R_OK | constants.X_OK) } : null,
    processes: linux ? maySee(readFileSync("/proc/self/status", "latin1")) : null,
    kvm: linux ? may("/dev/kvm", constants.R_OK | constants.W_OK) : null,
  };
}

const sysPtrace = 19n;
/** CapEff of /proc/PID/status, https://man7.org/linux/man-pages/man7/capabilities.7.html: "CapEff:\t000001ffffffffff". */
export const maySee = (status: string): boolean =>
  (BigInt(`0x${/^CapEff:\s*([0-9a-f]{1,16})$/m.exec(status)?.[1] ?? "0"}`) >> sysPtrace) % 2n === 1n;

function may(path: string, what: number): boolean {
  try {
    accessSync(path, what);
    return true;
  } catch {
    return false;
  }
}
