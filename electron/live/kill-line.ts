/** A process that the kernel killed for memory, as it tells in its log. */
export type Kill = {
  /** The cgroup that the process was in, below the mount; a byte a character. */
  readonly cgroup: string;
  readonly pid: number;
  /** The program's name (comm), as text. */
  readonly name: string;
};

/**
 * Parses a record of /dev/kmsg, https://docs.kernel.org/admin-guide/abi-testing.html (dev-kmsg); null: it tells no kill.
 *   6,26768,24923650038,-;oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=52ec…,mems_allowed=0,
 *   oom_memcg=/docker/52ec…,task_memcg=/docker/52ec…,task=sh,pid=21382,uid=0          (one line)
 * The program chooses its name, also ",pid=1": the fields behind it are taken from the end, those before it from the
 * start. Programs that may write here can't pass for the kernel: it adds a facility to what they write.
 */
export function parseKill(record: string): Kill | null {
  const semicolon = record.indexOf(";");
  const newline = record.indexOf("\n", semicolon);
  const text = record.slice(semicolon + 1, newline < 0 ? record.length : newline);
  const level = /^(\d{1,5}),/.exec(record)?.[1];
  if (semicolon < 0 || level === undefined || Number(level) > 7 || !text.startsWith(start)) return null;
  const cgroupAt = text.indexOf(cgroupKey);
  const nameAt = text.indexOf(nameKey, cgroupAt);
  const end = /,pid=(\d{1,10}),uid=\d{1,10}$/.exec(text);
  if (cgroupAt < 0 || nameAt < 0 || end === null || end.index < nameAt + nameKey.length) return null;
  return {
    cgroup: unescaped(text.slice(cgroupAt + cgroupKey.length, nameAt)),
    pid: Number(end[1]),
    name: Buffer.from(unescaped(text.slice(nameAt + nameKey.length, end.index)), "latin1").toString("utf8"),
  };
}

const start = "oom-kill:";
const cgroupKey = ",task_memcg=";
const nameKey = ",task=";

/** The kernel writes what is no printable ASCII, and the backslash, as \x0a. */
const unescaped = (text: string) =>
  text.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** When a record was written, in microseconds of the kernel's clock; null: it does not say. */
export function parseWrittenAt(record: string): number | null {
  const micros = /^\d{1,5},\d{1,20},(\d{1,16}),/.exec(record)?.[1];
  return micros === undefined ? null : Number(micros);
}
