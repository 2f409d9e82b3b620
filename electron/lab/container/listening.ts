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

/** Looks go by the count alone in between, at most so often: it stays the same where one socket comes as another goes. */
const wholeEvery = 20;

/**
 * The same, asked each ms. To read /proc/PID/net/tcp the kernel walks the whole machine's table of connections, 1.3 ms for
 * both files here; how many sockets of the namespace stand in it is in two files of a line each. So the table is read
 * when that number has changed, and every 20th time.
 * /proc/PID/net/sockstat and sockstat6
 *   TCP: inuse 1 orphan 0 tw 0 alloc 2 mem 0
 *   TCP6: inuse 0
 */
export function portWatch(pid: number, port: number): () => boolean {
  let counted = "";
  let looks = 0;
  return () => {
    const now = ["sockstat", "sockstat6"]
      .map((file) => /^TCP6?: inuse (\d+)/m.exec(textOf(`/proc/${pid}/net/${file}`))?.[1] ?? "?")
      .join();
    if (now === counted && ++looks % wholeEvery !== 0) return false;
    counted = now;
    return isListening(pid, port);
  };
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
