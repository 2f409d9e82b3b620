import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { hold, letGo, readHeld, shared } from "../../machine/held-file.ts";

/** The daemon's process, seen by the kernel: what tells a stopped daemon from a quiet one without asking it anything. */
export type Peer = {
  readonly pid: number;
  /** Costs one read of a held file. */
  look(): "runs" | "stopped" | "gone";
  close(): void;
};

const programs: ReadonlySet<string> = new Set(["dockerd", "podman"]);
/** __SO_ACCEPTCON of /proc/net/unix: a listening socket. */
const listening = 0x10000;

/**
 * The process that serves a unix socket; null where the kernel does not say so beyond doubt (remote, another pid
 * namespace, no permission, a proxy in between): then the daemon has to be pinged. docs/decisions/0006-docker-liveness.md
 */
export function findPeer(socket: string): Peer | null {
  try {
    const inodes = parseListening(readFileSync("/proc/net/unix", "latin1"), realpathSync(socket));
    const candidates = readdirSync("/proc").filter(
      (name) => /^\d+$/.test(name) && programs.has(command(name)),
    );
    const serving =
      candidates.find((pid) => inodes.some((inode) => holds(pid, inode))) ??
      candidates.find((pid) => pid === pidFile(socket));
    return serving === undefined ? null : watchProcess(Number(serving));
  } catch {
    return null;
  }
}

/**
 * Inodes of the listening sockets at `path`. https://man7.org/linux/man-pages/man5/proc_net_unix.5.html
 *   Num       RefCount Protocol Flags    Type St Inode Path
 *   000000008f9c: 00000002 00000000 00010000 0001 01 17683 /run/docker.sock
 * /var/run is a link to /run, and either form may stand there: the ends are compared as well.
 */
export function parseListening(text: string, path: string): readonly string[] {
  const forms = new Set([path, path.replace(/^\/run\//, "/var/run/")]);
  return text.split("\n").flatMap((line) => {
    const [, flags, inode, place] = /^\S+ \S+ \S+ ([0-9A-Fa-f]+) \S+ \S+ +(\d+) (.+)$/.exec(line) ?? [];
    if (flags === undefined || inode === undefined || place === undefined) return [];
    return parseInt(flags, 16) & listening && forms.has(place) ? [inode] : [];
  });
}

/** State of /proc/PID/stat: the letter after the last ")", for a name may hold one. T and t are stopped, Z and X dead. */
export function parseState(stat: string): string | null {
  return /^\) ([A-Za-z])/.exec(stat.slice(stat.lastIndexOf(")")))?.[1] ?? null;
}

function watchProcess(pid: number): Peer | null {
  // A held descriptor belongs to this very process: after its end it reads ESRCH, even when the pid is used again.
  const stat = hold(`/proc/${pid}/stat`);
  if (stat === null) return null;
  return {
    pid,
    look() {
      try {
        const state = parseState(shared.toString("latin1", 0, readHeld(stat)));
        return state === "T" || state === "t" ? "stopped" : state === "Z" || state === "X" ? "gone" : "runs";
      } catch {
        return "gone";
      }
    },
    close: () => letGo(stat),
  };
}

function command(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, "latin1").trim();
  } catch {
    return "";
  }
}

/** dockerd writes docker.pid beside docker.sock, for everybody to read: for those who may not see its descriptors. */
function pidFile(socket: string): string | null {
  try {
    return readFileSync(realpathSync(socket).replace(/\.sock$/, ".pid"), "latin1").trim();
  } catch {
    return null;
  }
}

function holds(pid: string, inode: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`;
      } catch {
        return false; // closed meanwhile
      }
    });
  } catch {
    return false; // another user's: we may not look
  }
}
