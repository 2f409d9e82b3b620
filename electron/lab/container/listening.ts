import { readdirSync, readlinkSync } from "node:fs";
import { textOf } from "../../machine/proc-files.ts";

/**
 * Inodes of the sockets that listen on a TCP port, on any address.
 * /proc/PID/net/tcp and tcp6, https://docs.kernel.org/networking/proc_net_tcp.html
 *   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
 *    0: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 31337 1 …
 * st 0A is TCP_LISTEN; the port is in upper-case hex, four digits.
 */
export function parseListeners(text: string, port: number): readonly string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  const row = new RegExp(
    `^ *\\d+: [0-9A-F]+:${hex} [0-9A-F]+:[0-9A-F]{4} 0A \\S+ \\S+ \\S+ +\\d+ +\\d+ (\\d+)`,
    "gm",
  );
  return [...text.matchAll(row)].flatMap(([, inode]) => inode ?? []);
}

/** Whether anything in the network namespace of a process listens on a port: seen from inside, nothing is connected. */
export function isListening(pid: number, port: number): boolean {
  return listenersOf(pid, port).length > 0;
}

/** The same where the namespace is shared with others: the socket must be one of these processes'. */
export function isListeningAmong(pids: readonly number[], port: number): boolean {
  const [first] = pids;
  const inodes = first === undefined ? [] : listenersOf(first, port);
  return inodes.length > 0 && pids.some((pid) => socketsOf(pid).some((inode) => inodes.includes(inode)));
}

function listenersOf(pid: number, port: number): readonly string[] {
  return ["tcp", "tcp6"].flatMap((file) => parseListeners(textOf(`/proc/${pid}/net/${file}`), port));
}

function socketsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return []; // closed meanwhile
      }
    });
  } catch {
    return []; // ended, or not ours to see
  }
}
