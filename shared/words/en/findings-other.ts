import { bytes, cores, count, percent, rate, wholeBytes } from "../../format.ts";
import type { Finding } from "../../model/finding.ts";
import { factOf, isSo, nameOf } from "../finding-facts.ts";
import type { Phrase } from "../phrase.ts";
import { lasting, often } from "./amounts.ts";

const strong = (text: string) => ({ tone: "strong", text }) as const;
const limitOf = (finding: Finding, name: string) => {
  const value = factOf(finding, name);
  if (value === null) return "none";
  if (finding.facts.resource === "memory") return wholeBytes(value);
  return finding.facts.resource === "cpu" ? `${cores(value)} cores` : count(value);
};
const resources: Record<string, string> = { memory: "memory", cpu: "CPU", pids: "processes" };
const resourceOf = ({ facts }: Finding) => resources[String(facts.resource)] ?? "";

/** Words of the rules about CPU, processes, disk, life and VMs. */
export const other = {
  "restart-loop": {
    name: "Restart loop",
    line: (finding: Finding) => `restarted ${often(factOf(finding, "restarts"))}`,
    title: (finding: Finding, name: string) =>
      `${name} ends and is started again: ${often(factOf(finding, "restarts"))} in the last hour`,
    why: (finding: Finding): Phrase => [
      "Its engine starts it again each time it ends, a little later each time. ",
      (factOf(finding, "kills") ?? 0) > 0
        ? strong("It is killed for memory: that is told by itself.")
        : "Its own output says why: docker logs.",
    ],
  },
  "cpu-throttled": {
    name: "Held back by its CPU quota",
    line: (finding: Finding) => `held back in ${percent(factOf(finding, "periods"))} % of periods`,
    title: (finding: Finding, name: string) =>
      `${name} is held back by its quota in ${percent(factOf(finding, "periods"))} % of periods`,
    why: (finding: Finding): Phrase => [
      "It uses all of the ",
      strong(`${cores(factOf(finding, "limit"))} cores`),
      ` that it may, and its run queues stood still for ${cores(factOf(finding, "lost"))} cores’ worth of time. Whatever asks it waits for the next period, though the computer may be idle.`,
    ],
  },
  "cpu-starved": {
    name: "Starved of CPU",
    line: (finding: Finding) => `waits for CPU ${percent(factOf(finding, "waited"))} % of the time`,
    title: (finding: Finding, name: string) =>
      isSo(finding, "others")
        ? `${name} waits for CPU that others have`
        : `${name} has more to do than there are cores for it`,
    why: (finding: Finding): Phrase => [
      "No quota holds it back, yet its tasks waited ",
      strong(`${percent(factOf(finding, "waited"))} % of the time`),
      isSo(finding, "others")
        ? `: it got ${cores(factOf(finding, "cores"))} cores, while ${cores(factOf(finding, "host"))} of ${count(factOf(finding, "threads"))} are taken. A larger weight (cpu-shares) gives it a larger part.`
        : `: it got ${cores(factOf(finding, "cores"))} cores, and most of the work here is its own.`,
    ],
  },
  "quota-unused": {
    name: "CPU quota far too large",
    line: (finding: Finding) =>
      `quota of ${cores(factOf(finding, "limit"))}, never above ${cores(factOf(finding, "peak"))}`,
    title: (finding: Finding, name: string) =>
      `${name} may use ${cores(factOf(finding, "limit"))} cores and never used more than ${cores(factOf(finding, "peak"))}`,
    why: (finding: Finding): Phrase => [
      "A quota costs nothing while it is not used. But one that is far too large stops nothing that runs wild: for 99 % of the time it used ",
      strong(`${cores(factOf(finding, "p99"))} cores`),
      ` or less, and in the last hour it was never held back. Whole seconds were looked at, in ${lasting(factOf(finding, "over"))}: if it must answer fast in short bursts, leave it more.`,
    ],
  },
  "pids-full": {
    name: "Processes near their limit",
    line: (finding: Finding) => {
      const refused = factOf(finding, "refused") ?? 0;
      return refused > 0
        ? `${count(refused)} processes could not start`
        : `${count(factOf(finding, "pids"))} of ${count(factOf(finding, "limit"))} processes`;
    },
    title: (finding: Finding, name: string) =>
      (factOf(finding, "refused") ?? 0) > 0
        ? `${name} can’t start more than ${count(factOf(finding, "limit"))} processes`
        : `${name} has ${count(factOf(finding, "pids"))} of ${count(factOf(finding, "limit"))} processes`,
    why: (finding: Finding): Phrase => [
      "Threads count too. At the limit the next start fails (EAGAIN), which few programs expect: ",
      (factOf(finding, "refused") ?? 0) > 0
        ? strong(`that happened ${often(factOf(finding, "refused"))} in half a minute.`)
        : "so far none did.",
    ],
  },
  "io-throttled": {
    name: "Held back by its disk limit",
    line: (finding: Finding): string =>
      factOf(finding, "read") === null
        ? "writes as fast as its limit lets it"
        : "reads as fast as its limit lets it",
    title: (finding: Finding, name: string) =>
      factOf(finding, "read") === null
        ? `${name} writes at its limit of ${rate(factOf(finding, "writeLimit"))} MB/s`
        : `${name} reads at its limit of ${rate(factOf(finding, "readLimit"))} MB/s`,
    why: (finding: Finding): Phrase => {
      const waited = factOf(finding, "waited");
      return [
        "Its limit of the disk, not the disk, sets its pace",
        waited === null ? "." : strong(`: its tasks waited ${percent(waited)} % of the time.`),
      ];
    },
  },
  "limit-differs": {
    name: "Another limit in force",
    line: (finding: Finding) =>
      `${limitOf(finding, "reported")} told, ${limitOf(finding, "inForce")} in force`,
    title: (finding: Finding, name: string) =>
      `${name} has another limit of ${resourceOf(finding)} than its engine says`,
    why: (finding: Finding): Phrase => [
      `Its engine reports ${limitOf(finding, "reported")}; in force is `,
      strong(limitOf(finding, "inForce")),
      ...(nameOf(finding, "ancestor") === null
        ? [". No group around it sets that: it was changed behind the engine’s back."]
        : [", set by the group around it, ", strong(nameOf(finding, "ancestor") ?? ""), "."]),
    ],
  },
  "vm-unused": {
    name: "VM far too large",
    line: (finding: Finding) => {
      const unused = (factOf(finding, "size") ?? 0) - (factOf(finding, "peak") ?? 0);
      return `${bytes(unused)} of its size never used`;
    },
    title: (finding: Finding, name: string) =>
      `${name} has ${wholeBytes(factOf(finding, "size"))} and never used more than ${bytes(factOf(finding, "peak"))}`,
    why: (finding: Finding): Phrase => [
      isSo(finding, "told") ? "By its guest’s own word, in " : "By what it ever touched, in ",
      strong(lasting(factOf(finding, "over"))),
      ". What a guest has touched stays taken from the host: a smaller size leaves it less to fill with cache.",
    ],
  },
  "vm-held": {
    name: "VM holds memory without use",
    line: (finding: Finding) => `holds ${bytes(factOf(finding, "held"))} that it does not use`,
    title: (finding: Finding, name: string) =>
      `${name} holds ${bytes(factOf(finding, "held"))} that its guest does not use`,
    why: (finding: Finding): Phrase => [
      "It was touched once and not given back: the host gives it ",
      strong(bytes(factOf(finding, "gross"))),
      `, the guest uses ${bytes(factOf(finding, "inUse"))}. The host can’t take it back by itself; a smaller balloon can.`,
    ],
  },
};
