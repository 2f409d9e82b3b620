import { accessSync, constants } from "node:fs";
import { cgroupMounts } from "../machine/cgroup-paths.ts";

/** What this user may do here that decides how much Tare can tell. */
export type Permissions = {
  /** null: the system knows no such thing. */
  readonly user: number | null;
  readonly cgroup: { readonly path: string; readonly may: boolean } | null;
  /** Reading other users' processes: the kernel asks for CAP_SYS_PTRACE, as for /proc/1. */
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
    processes: linux
      ? may("/proc/1/smaps_rollup", constants.R_OK) && may("/proc/1/ns/net", constants.R_OK)
      : null,
    kvm: linux ? may("/dev/kvm", constants.R_OK | constants.W_OK) : null,
  };
}

function may(path: string, what: number): boolean {
  try {
    accessSync(path, what);
    return true;
  } catch {
    return false;
  }
}
