import { findProgram } from "../../machine/spawn.ts";

export type Wrapped = { readonly program: string; readonly args: readonly string[] };

/** nobody and its group, on every Linux. */
const nobody = "65534";

/**
 * A guest's program as it is really started. On Linux through setpriv, which becomes it (same pid): it dies with us, by the
 * kernel's hand, even when we are killed; and where we are root, it is nobody. QEMU's own -runas can't be used: its sandbox
 * kills it for that very call (7.2: SIGSYS, also with elevateprivileges=children). `device`: nobody needs a group for it.
 * Without setpriv what is left after a kill is ended by the next sweep, and a root's guest runs as root.
 */
export function wrapped(
  program: string,
  args: readonly string[],
  {
    setpriv = process.platform === "linux" ? findProgram("setpriv") : null,
    uid = process.getuid?.() ?? null,
    group = null,
  }: {
    readonly setpriv?: string | null;
    readonly uid?: number | null;
    /** The group that may use the accelerator's device. */
    readonly group?: number | null;
  } = {},
): Wrapped {
  if (setpriv === null) return { program, args };
  const groups = group === null ? ["--clear-groups"] : ["--groups", String(group)];
  const drop = uid === 0 ? ["--reuid", nobody, "--regid", nobody, ...groups] : [];
  return { program: setpriv, args: [...drop, "--no-new-privs", "--pdeathsig", "KILL", program, ...args] };
}
