import { readlinkSync } from "node:fs";
import { type Namespace, namespaceKinds } from "../../shared/model/detail.ts";

export type NamespaceKind = Namespace["kind"];
/** Inode of each namespace that a process lives in; a kind that this kernel does not have is not in it. */
export type Inodes = ReadonlyMap<NamespaceKind, number>;

/**
 * Parses what /proc/PID/ns/KIND points to, https://man7.org/linux/man-pages/man7/namespaces.7.html
 *   net:[4026531833]
 * null: it is none.
 */
export function parseNamespace(link: string): number | null {
  const inode = /^[a-z_]{1,20}:\[(\d{1,15})\]$/.exec(link)?.[1];
  return inode === undefined ? null : Number(inode);
}

/** The namespaces of a process; "denied": another user's, which takes root to see; null: there is no such process. */
export function readNamespaces(pid: number | "self"): Inodes | "denied" | null {
  const inodes = new Map<NamespaceKind, number>();
  for (const kind of namespaceKinds)
    try {
      const inode = parseNamespace(readlinkSync(`/proc/${pid}/ns/${kind}`));
      if (inode !== null) inodes.set(kind, inode);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EACCES" || code === "EPERM") return "denied";
    }
  return inodes.size === 0 ? null : inodes;
}
