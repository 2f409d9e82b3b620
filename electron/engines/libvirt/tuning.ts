import type { NamedLimit } from "../../../shared/model/detail.ts";

/** What a definition says at a path: its text as a whole number, or as a size with its unit. */
export type Says = {
  count(path: string): number | null;
  size(path: string): number | null;
};

/** Libvirt writes "no limit" of a quota as this, of a size as more than 2^60, which `size` leaves out already. */
const endless = 17_592_186_044_415;
/** A period where none is written. */
const ordinary = 100_000;

/**
 * What libvirt limits of a domain, https://libvirt.org/formatdomain.html#memory-tuning and #cpu-tuning: what
 * `virsh memtune` and `virsh schedinfo` print, from the definition of the running domain. Only what is set.
 *   <memtune><hard_limit unit='KiB'>524288</hard_limit></memtune>
 *   <cputune><shares>512</shares><period>100000</period><quota>50000</quota></cputune>
 */
export function tuningOf({ count, size }: Says): readonly NamedLimit[] {
  const limit = (
    key: NamedLimit["key"],
    value: number | null,
    from: string,
    told: string | null,
  ): readonly NamedLimit[] =>
    value === null ? [] : [{ key, value, ancestor: null, from, own: value, used: null, told }];
  const memory = (key: NamedLimit["key"], name: string) =>
    limit(key, size(`domain/memtune/${name}`), `virsh memtune: ${name}`, null);
  const cpu = (key: NamedLimit["key"], quotaName: string, periodName: string) => {
    const quota = count(`domain/cputune/${quotaName}`);
    if (quota === null || quota === 0 || quota >= endless) return [];
    const period = count(`domain/cputune/${periodName}`) || ordinary;
    return limit(key, quota / period, `virsh schedinfo: ${quotaName}`, `${quota} ${period}`);
  };
  return [
    ...memory("domainMemory", "hard_limit"),
    ...memory("domainSoft", "soft_limit"),
    ...memory("domainSwap", "swap_hard_limit"),
    ...memory("domainLow", "min_guarantee"),
    ...cpu("domainCpu", "global_quota", "global_period"),
    ...cpu("domainVcpu", "quota", "period"),
    ...cpu("domainEmulator", "emulator_quota", "emulator_period"),
    ...limit("domainShares", count("domain/cputune/shares"), "virsh schedinfo: cpu_shares", null),
  ];
}
