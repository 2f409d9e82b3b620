import { bytes, cores, count, percent, wholeBytes } from "../../format.ts";
import type { Finding } from "../../model/finding.ts";
import { factOf, isSo, nameOf } from "../finding-facts.ts";
import type { Phrase } from "../phrase.ts";
import { lasting, often, theLast } from "./amounts.ts";

const strong = (text: string) => ({ tone: "strong", text }) as const;
const near = (finding: Finding) => factOf(finding, "used");

/** Words of the rules about memory. */
export const memory = {
  "memory-killed": {
    name: "Killed for memory",
    line: (finding: Finding) => {
      const killed = `killed ${often(factOf(finding, "kills"))}`;
      const used = near(finding);
      return used === null ? killed : `${killed}, at ${percent(used)} % again`;
    },
    title: (finding: Finding, name: string) => {
      const limit = factOf(finding, "limit");
      const reached = limit === null ? "for memory" : `for reaching ${wholeBytes(limit)}`;
      return `${name} was killed ${often(factOf(finding, "kills"))} in ${theLast(factOf(finding, "within"))} ${reached}`;
    },
    why: (finding: Finding): Phrase => {
      const who = nameOf(finding, "who");
      const whose: Phrase = who === null ? [] : [" The last one to go was ", strong(who), "."];
      if (!isSo(finding, "running"))
        return ["It ended by it. What it held then is gone, and so is what it was doing.", ...whose];
      return [
        "It holds ",
        strong(`${bytes(factOf(finding, "own"))} of its own memory`),
        ` and ${bytes(factOf(finding, "cache"))} of cache${
          near(finding) === null
            ? ". The kernel kills when its own memory meets the limit."
            : ", so the kernel has next to nothing left to take back."
        }`,
        ...whose,
      ];
    },
  },
  "memory-thrashing": {
    name: "Thrashing at its memory limit",
    line: (finding: Finding) => `waits for memory ${percent(factOf(finding, "waited"))} % of the time`,
    title: (finding: Finding, name: string) =>
      `${name} is not killed, but spends its time at its limit of ${wholeBytes(factOf(finding, "limit"))}`,
    why: (finding: Finding): Phrase => [
      "The kernel takes pages back that it needs again at once: ",
      strong(`${count(factOf(finding, "refaults"))} a second`),
      ` were read anew, and its tasks waited ${percent(factOf(finding, "waited"))} % of ${theLast(factOf(finding, "over"))}. No kill will tell of it; it is just slow.`,
    ],
  },
  "memory-filling": {
    name: "Memory filling up",
    line: (finding: Finding) => `full in ${lasting(factOf(finding, "fullIn"))} if it goes on`,
    title: (finding: Finding, name: string) =>
      `${name} reaches ${wholeBytes(factOf(finding, "limit"))} in about ${lasting(factOf(finding, "fullIn"))}`,
    why: (finding: Finding): Phrase => [
      "What only it can give back grows by ",
      strong(`${bytes(factOf(finding, "perMinute"))} a minute`),
      `, steadily for ${lasting(factOf(finding, "over"))}: ${bytes(factOf(finding, "own"))} now. At the limit it is killed.`,
    ],
  },
  "swap-full": {
    name: "In swap at its memory limit",
    line: (finding: Finding) =>
      isSo(finding, "full")
        ? "its swap is nearly full as well"
        : `${bytes(factOf(finding, "swap"))} of it is in swap`,
    title: (finding: Finding, name: string) =>
      `${name} is at ${wholeBytes(factOf(finding, "limit"))} and goes on in swap`,
    why: (finding: Finding): Phrase => [
      strong(`${bytes(factOf(finding, "swap"))}`),
      " of its memory had to go to swap, since there is no room under its limit. ",
      isSo(finding, "full")
        ? "That is nearly full too: what comes next is the kill."
        : "Each touch of it waits for the disk.",
    ],
  },
  "cache-only": {
    name: "Near its limit by cache only",
    line: (finding: Finding) => `${percent(factOf(finding, "used"))} %, mostly cache: needs nothing`,
    title: (finding: Finding, name: string) =>
      `${name} stands at ${percent(factOf(finding, "used"))} % of its memory limit, by cache alone`,
    why: (finding: Finding): Phrase => [
      "Only ",
      strong(bytes(factOf(finding, "own"))),
      ` of ${wholeBytes(factOf(finding, "limit"))} can't be taken back. The rest is files that it read twice; the kernel drops them as soon as room is needed, and nobody waits for it. It needs nothing.`,
    ],
  },
  "no-limit": {
    name: "No memory limit",
    line: (finding: Finding) => {
      const growth = factOf(finding, "perHour");
      return growth === null ? "no memory limit" : `no memory limit, grows ${bytes(growth)} an hour`;
    },
    title: (_: Finding, name: string) => `${name} has no memory limit`,
    why: (finding: Finding): Phrase => [
      "It uses ",
      strong(bytes(factOf(finding, "used"))),
      ` and has never used more than ${bytes(factOf(finding, "peak"))} in ${lasting(factOf(finding, "over"))}. If it leaks, it takes the memory of all others before anything stops it.`,
    ],
  },
  "limit-unused": {
    name: "Memory limit far too large",
    line: (finding: Finding) =>
      `${wholeBytes(factOf(finding, "limit"))} allowed, never above ${bytes(factOf(finding, "peak"))}`,
    title: (finding: Finding, name: string) =>
      `${name} may use ${wholeBytes(factOf(finding, "limit"))} and never used more than ${bytes(factOf(finding, "peak"))}`,
    why: (finding: Finding): Phrase => [
      "Room under a limit costs nothing while it is not used. But a leak would go unseen for long, and the limits together promise more than they need: for 99 % of the time it used ",
      strong(bytes(factOf(finding, "p99"))),
      " or less.",
    ],
  },
  "limit-above-host": {
    name: "Limit above the computer",
    line: () => "its limit is more than this computer has",
    title: (finding: Finding, name: string) =>
      isSo(finding, "vm") ? `${name} is larger than the computer` : `${name} has a limit that it can’t reach`,
    why: (finding: Finding): Phrase => {
      const memory = finding.facts.resource === "memory";
      const amount = (name: string) =>
        memory ? wholeBytes(factOf(finding, name)) : `${cores(factOf(finding, name))} cores`;
      return [
        strong(amount("limit")),
        ` is more than the ${amount("host")} that are there, so nothing but the computer’s own size ends it: as good as no limit.`,
      ];
    },
  },
  "limits-over-host": {
    name: "Limits together over the computer",
    line: (finding: Finding) =>
      `${bytes(factOf(finding, "sum"))} promised, ${bytes(factOf(finding, "host"))} there`,
    title: (finding: Finding) =>
      `All limits together are ${bytes(factOf(finding, "sum"))}, more than the ${bytes(factOf(finding, "host"))} of this computer`,
    why: (finding: Finding): Phrase => {
      const available = factOf(finding, "available");
      return [
        `The limits and sizes of ${count(factOf(finding, "count"))} can’t all be met at once. `,
        available === null
          ? "That is common, and harmless while most stay far below theirs."
          : `Only ${bytes(available)} are left now: whoever asks next may be refused, or the kernel picks somebody to kill.`,
      ];
    },
  },
  "controller-off": {
    name: "Memory is not counted",
    line: (finding: Finding) => `the kernel counts no memory of ${count(factOf(finding, "count"))} of them`,
    title: (finding: Finding) => {
      const name = nameOf(finding, "name");
      return `The kernel counts no memory ${name === null ? "for containers here" : `of ${name}`}`;
    },
    why: (finding: Finding): Phrase => {
      const limited = factOf(finding, "limited") ?? 0;
      return [
        limited > 0
          ? strong(
              limited === 1
                ? "One memory limit is set and does not hold."
                : `${limited} memory limits are set and do not hold.`,
            )
          : "Nothing is measured, and no memory limit would hold.",
        " The memory controller is off, as it is on a Raspberry Pi that nobody told otherwise, or is not handed down to them. On the kernel’s command line: cgroup_enable=memory cgroup_memory=1",
      ];
    },
  },
};
