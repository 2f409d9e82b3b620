import type { NamedLimit } from "../../../shared/model/detail.ts";
import type { Bytes, Cores, Millis } from "../../../shared/model/units.ts";
import { tuningOf } from "./tuning.ts";

/** What a domain is defined to be, as far as we use it; null: the definition does not say. */
export type Definition = {
  /** kvm, qemu, hvf, xen, lxc, ch, vz ... */
  readonly type: string | null;
  readonly machine: string | null;
  readonly memory: Bytes | null;
  readonly vcpus: number | null;
  /** memtune's hard limit: of the whole process, not of the guest. */
  readonly hardLimit: Bytes | null;
  /** cputune's quota over the whole domain, in cores. */
  readonly quota: Cores | null;
  /** All that it limits, for the panel. */
  readonly tuned: readonly NamedLimit[];
  /** How often the guest's memory statistics are asked for; null: never. */
  readonly statsPeriod: Millis | null;
};

/**
 * Parses `dumpxml`, https://libvirt.org/formatdomain.html
 *   <domain type='kvm' id='3'>
 *     <memory unit='KiB'>131072</memory>
 *     <vcpu placement='static' current='1'>2</vcpu>
 *     <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
 * Elements are known by their whole path: <metadata> may hold anything, a <memory> of somebody else's too.
 */
export function parseDefinition(xml: string): Definition {
  const found = elementsOf(xml);
  const text = (path: string) => found.get(path)?.text ?? null;
  const attribute = (path: string, name: string) => found.get(path)?.attributes.get(name) ?? null;
  const size = (path: string) => sizeOf(text(path), attribute(path, "unit"));
  const vcpus = countOf(attribute("domain/vcpu", "current")) ?? countOf(text("domain/vcpu"));
  return {
    type: attribute("domain", "type"),
    machine: attribute("domain/os/type", "machine"),
    memory: size("domain/memory"),
    vcpus,
    hardLimit: size("domain/memtune/hard_limit"),
    quota: quotaOf(text, vcpus),
    tuned: tuningOf({ size, count: (path) => countOf(text(path)) }),
    statsPeriod: millisOf(attribute("domain/devices/memballoon/stats", "period")),
  };
}

/** The smaller of the quota over the whole domain and vCPUs x the quota of each; both in microseconds of a period. */
function quotaOf(text: (path: string) => string | null, vcpus: number | null): Cores | null {
  const share = (quota: string, period: string) => {
    const [part, whole] = [
      countOf(text(`domain/cputune/${quota}`)),
      countOf(text(`domain/cputune/${period}`)),
    ];
    // A quota of 0 or -1 is none; the period is 100 ms where nothing is said.
    return part === null || part === 0 ? null : part / (whole || 100_000);
  };
  const each = share("quota", "period");
  const all = [share("global_quota", "global_period"), each === null || vcpus === null ? null : each * vcpus];
  const limits = all.filter((one) => one !== null);
  return limits.length === 0 ? null : Math.min(...limits);
}

const countOf = (text: string | null) =>
  text !== null && /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : null;
const millisOf = (seconds: string | null) => {
  const value = countOf(seconds);
  return value === null || value === 0 ? null : value * 1_000;
};

/** Units of libvirt: "KB" is 1,000, "KiB" and "k" are 1,024; KiB where nothing is said. */
function sizeOf(text: string | null, unit: string | null): Bytes | null {
  const count = countOf(text);
  const parts = /^(?:b|bytes|([kmgtpe])(i?b)?)$/i.exec(unit ?? "KiB");
  if (count === null || !parts) return null;
  const power = parts[1] === undefined ? 0 : "kmgtpe".indexOf(parts[1].toLowerCase()) + 1;
  const size = count * (parts[2]?.toLowerCase() === "b" ? 1_000 : 1_024) ** power;
  // Libvirt writes "no limit" as the largest number it has.
  return size < 2 ** 60 ? size : null;
}

type Element = { readonly attributes: ReadonlyMap<string, string>; readonly text: string };

/** Enough of XML for what libvirt writes: the first element of each path, without mixed content. */
function elementsOf(xml: string): ReadonlyMap<string, Element> {
  const found = new Map<string, Element>();
  const open: string[] = [];
  const bare = without(without(xml, "<!--", "-->"), "<![CDATA[", "]]>");
  for (const [, closing, name = "", inside = "", empty, text = ""] of bare.matchAll(tag)) {
    if (closing) {
      open.pop();
      continue;
    }
    const path = [...open.slice(0, deepest), name].join("/");
    if (open.length < deepest && !found.has(path))
      found.set(path, { attributes: attributesOf(inside), text: plain(text) });
    if (!empty) open.push(name);
  }
  return found;
}

/** `text` without all that stands between `from` and `to`. */
function without(text: string, from: string, to: string): string {
  const [before = "", ...parts] = text.split(from);
  return (
    before +
    parts.map((part) => part.slice((part.indexOf(to) + 1 || part.length + 1) - 1 + to.length)).join("")
  );
}

/** Nothing that we read stands deeper. */
const deepest = 6;
/** A tag with the text behind it. Nothing in it goes past the next "<": linear. */
const tag = /<(\/)?([A-Za-z_][^\s<>/]{0,100})((?:[^<>"'/]|"[^"<]*"|'[^'<]*'|\/(?!>))*)(\/)?>([^<]*)/g;

function attributesOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = "", one, other] of text.matchAll(/([A-Za-z_][^\s=]{0,100})=(?:"([^"]*)"|'([^']*)')/g))
    found.set(name, plain(one ?? other ?? ""));
  return found;
}

const entities = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);
const plain = (text: string) =>
  text.replace(/&([a-z]{1,4});/g, (whole, name: string) => entities.get(name) ?? whole);
