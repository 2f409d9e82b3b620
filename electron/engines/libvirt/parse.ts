import type { State } from "../../../shared/model/instance.ts";
import type { Told } from "../../../shared/model/reading.ts";
import type { Millis } from "../../../shared/model/units.ts";

/** One domain of `domstats`: its name and its keys. Names and keys are foreign: a Map, never an object. */
export type Stats = { readonly name: string; readonly keys: ReadonlyMap<string, string> };

/**
 * Parses `domstats --raw`, https://www.libvirt.org/manpages/virsh.html#domstats
 *   Domain: 'it's "two"'         the name is not escaped: it ends at the last quote of the line
 *     state.state=1
 *     block.0.path=/srv/a=b.qcow2
 * Any key may be missing, indexes have holes, other lines (prompts of virsh) are skipped.
 */
export function parseDomstats(text: string): readonly Stats[] {
  const found: { name: string; keys: Map<string, string> }[] = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("Domain: '") && line.endsWith("'") && line.length > 9)
      found.push({ name: line.slice(9, -1), keys: new Map() });
    const sign = line.indexOf("=");
    if (line.startsWith("  ") && sign > 2) found.at(-1)?.keys.set(line.slice(2, sign), line.slice(sign + 1));
  }
  return found;
}

/** Parses `list --all --uuid --name`: "4580b76c-ab47-4f42-975e-04b5872582c9 a name" a line. Gives uuid by name. */
export function parseList(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [, uuid, name] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (.+)$/.exec(line.trimEnd()) ?? [];
    if (uuid !== undefined && name !== undefined) found.set(name, uuid);
  }
  return found;
}

/** Version of the daemon from `version --daemon`: "Running against daemon: 9.0.0". */
export function parseVersion(text: string): string | null {
  return /daemon: (\d[\d.]{0,20})/.exec(text)?.[1] ?? null;
}

/** virDomainState; 4 (being shut down) still runs. */
const states: ReadonlyMap<string, State> = new Map([
  ["1", "running"],
  ["2", "running"],
  ["3", "paused"],
  ["4", "stopping"],
  ["5", "stopped"],
  ["6", "dead"],
  ["7", "paused"],
]);

/** Whole and not negative; null: missing, a word ("no" stands among the numbers), or beyond 2^63 (-1 unsigned). */
function numberOf({ keys }: Stats, key: string): number | null {
  const text = keys.get(key);
  if (text === undefined || !/^\d{1,20}$/.test(text)) return null;
  const value = Number(text);
  return value < 2 ** 63 ? value : null;
}

const KiB = 1024;
const bytesOf = (stats: Stats, key: string) => {
  const value = numberOf(stats, key);
  return value === null ? null : value * KiB;
};

export const stateOf = ({ keys }: Stats): State => states.get(keys.get("state.state") ?? "") ?? "unknown";

/** Only these have a process: of any other, libvirt reports its own CPU time as the domain's (still so in 11.3). */
export const isActive = (stats: Stats): boolean => ["running", "paused", "stopping"].includes(stateOf(stats));

/** What a running domain may have now: RAM and vCPUs can be plugged in. */
export const sizeOf = (stats: Stats) => ({
  memory: bytesOf(stats, "balloon.maximum"),
  vcpus: numberOf(stats, "vcpu.current"),
});

/**
 * What libvirt says of a running domain's figures. `now` and `statsPeriod` judge whether the guest's own figures are of
 * now: its driver reports every period, and a `last-update` of 0 is never.
 * In use is available - usable, else available - unused (docs/measuring.md#vm-memory).
 */
export function toldOf(stats: Stats, now: Millis, statsPeriod: Millis | null): Told {
  const used = numberOf(stats, "cpu.time");
  const resident = bytesOf(stats, "balloon.rss");
  return {
    ...(used === null ? {} : { cpu: { used, periods: null, throttledPeriods: null, throttledTime: null } }),
    ...(resident === null ? {} : { resident }),
    guest: { allowed: bytesOf(stats, "balloon.current"), inUse: inUseOf(stats, now, statsPeriod) },
    network: pairOf(stats, "net", "rx.bytes", "tx.bytes", (received, sent) => ({ received, sent })),
    io: pairOf(stats, "block", "rd.bytes", "wr.bytes", (read, written) => ({ read, written })),
  };
}

/** Without a period nobody knows how old is too old; a minute is. */
const patience: Millis = 60_000;

function inUseOf(stats: Stats, now: Millis, period: Millis | null): number | null {
  // Never is 0, and older than anything.
  const updated = (numberOf(stats, "balloon.last-update") ?? 0) * 1_000;
  // Its steps are seconds: one more than three periods.
  const oldest = period === null || period <= 0 ? patience : 3 * period + 1_000;
  const available = bytesOf(stats, "balloon.available");
  const rest = bytesOf(stats, "balloon.usable") ?? bytesOf(stats, "balloon.unused");
  if (now - updated > oldest || available === null || rest === null) return null;
  return rest > available ? null : available - rest;
}

/** The sum over all devices of a kind; null where none counts (no device is 0: it moved nothing). */
function pairOf<Pair>(
  stats: Stats,
  kind: "net" | "block",
  one: string,
  other: string,
  pair: (one: number, other: number) => Pair,
): Pair | null {
  if (numberOf(stats, `${kind}.count`) === 0) return pair(0, 0);
  const sum = (suffix: string) => {
    const values = [...stats.keys.keys()]
      .filter(
        (key) =>
          key.startsWith(`${kind}.`) && key.slice(kind.length + 1).replace(/^\d{1,6}\./, "") === suffix,
      )
      .flatMap((key) => numberOf(stats, key) ?? []);
    return values.length === 0 ? null : values.reduce((total, value) => total + value, 0);
  };
  const [first, second] = [sum(one), sum(other)];
  return first === null || second === null ? null : pair(first, second);
}
