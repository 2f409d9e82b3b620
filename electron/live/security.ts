import type { Security } from "../../shared/model/detail.ts";
import { textOf } from "../machine/proc-files.ts";
import { allOf, beyondDefault, parseCapabilities } from "./capabilities.ts";

/** What is taken from /proc/PID/status; null: it does not say. */
export type Privileges = {
  /** Of the four user ids, the effective one. */
  readonly user: number | null;
  readonly effective: bigint | null;
  readonly bounding: bigint | null;
  readonly noNewPrivileges: boolean | null;
  readonly seccomp: Security["seccomp"];
};

/**
 * Privileges in /proc/PID/status, https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
 *   Uid:	1000	1000	1000	1000
 *   CapEff:	00000000a80425fb
 *   CapBnd:	00000000a80425fb
 *   NoNewPrivs:	0
 *   Seccomp:	2            0 off, 1 strict, 2 filter
 */
export function parsePrivileges(status: string): Privileges {
  const row = (key: string, value: string) => new RegExp(`^${key}:\\s*${value}\\s*$`, "m").exec(status)?.[1];
  const mask = (key: string) => {
    const hex = row(key, "([0-9a-f]{1,16})");
    return hex === undefined ? null : BigInt(`0x${hex}`);
  };
  const user = row("Uid", "\\d{1,10}\\s+(\\d{1,10})\\s+\\d{1,10}\\s+\\d{1,10}");
  const noNew = row("NoNewPrivs", "([01])");
  const seccomp = row("Seccomp", "([012])");
  return {
    user: user === undefined ? null : Number(user),
    effective: mask("CapEff"),
    bounding: mask("CapBnd"),
    noNewPrivileges: noNew === undefined ? null : noNew === "1",
    seccomp: seccomp === undefined ? null : ((["off", "strict", "filter"] as const)[Number(seccomp)] ?? null),
  };
}

/**
 * Whether the root of a process's file system is read-only: the last mount on "/" in /proc/PID/mountinfo.
 *   1250 1190 0:331 / / ro,relatime master:90 - overlay overlay rw,lowerdir=…
 * null: none is listed.
 */
export function parseReadOnlyRoot(mountinfo: string): boolean | null {
  const rows = [...mountinfo.matchAll(/^\d+ \d+ \d+:\d+ \S+ \/ (\S+) .*$/gm)];
  const options = rows.at(-1)?.[1];
  return options === undefined ? null : options.split(",").includes("ro");
}

/** What a process may do; null: it is gone. */
export function readSecurity(pid: number): Security | null {
  const status = textOf(`/proc/${pid}/status`);
  if (status === "") return null;
  const { user, effective, noNewPrivileges, seccomp } = parsePrivileges(status);
  // What the first process may have nobody can have more of, also where this kernel has more kinds.
  const most = parsePrivileges(textOf("/proc/1/status")).bounding;
  const capabilities = effective === null ? null : parseCapabilities(effective);
  return {
    capabilities,
    beyondDefault: capabilities === null ? [] : beyondDefault(capabilities),
    everyCapability: effective !== null && most !== null && allOf(effective, most),
    seccomp,
    noNewPrivileges,
    readOnlyRoot: parseReadOnlyRoot(textOf(`/proc/${pid}/mountinfo`)),
    user,
  };
}
