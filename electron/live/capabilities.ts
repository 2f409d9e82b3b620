/** By their number, https://man7.org/linux/man-pages/man7/capabilities.7.html (include/uapi/linux/capability.h). */
const names: readonly string[] = [
  ...["CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID"],
  ...["SETPCAP", "LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW"],
  ...["IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT"],
  ...["SYS_ADMIN", "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD"],
  ...["LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP", "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG"],
  ...["WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF", "CHECKPOINT_RESTORE"],
];

/** What Docker gives a container by itself, https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities */
const given: ReadonlySet<string> = new Set([
  ...["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE"],
  ...["NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"],
]);

/** The names in a mask of capabilities; one that is newer than this list goes by its number. */
export function parseCapabilities(mask: bigint): readonly string[] {
  const found: string[] = [];
  for (let bit = 0; bit < 64; bit++) if ((mask >> BigInt(bit)) & 1n) found.push(names[bit] ?? `CAP_${bit}`);
  return found;
}

/** Those that Docker does not give by itself. */
export const beyondDefault = (capabilities: readonly string[]): readonly string[] =>
  capabilities.filter((name) => !given.has(name));

/** The last three were cut out of SYS_ADMIN: who has that needs none of them, and older engines do not know them. */
const cutOut = (1n << 38n) | (1n << 39n) | (1n << 40n);

/** Whether a mask has all that `most` has. Nothing has all of nothing. */
export function allOf(mask: bigint, most: bigint): boolean {
  const wanted = most & ~cutOut;
  return wanted !== 0n && (mask & wanted) === wanted;
}
