import { bytes, count, percent, wholeBytes } from "../../format.ts";
import type { Kind } from "../../model/instance.ts";
import type { Bytes, Fraction } from "../../model/units.ts";
import type { Phrase } from "../phrase.ts";
import { calm } from "./limits-calm.ts";

type ByKind = { readonly [kind in Kind]: number };

const many = (number: number, one: string, more: string) => `${count(number)} ${number === 1 ? one : more}`;
const listed = ({ container, vm }: ByKind) =>
  [
    ...(container > 0 ? [many(container, "container", "containers")] : []),
    ...(vm > 0 ? [many(vm, "VM", "VMs")] : []),
  ].join(" and ");
const verb = (number: number, past: boolean) =>
  number === 1 ? (past ? "was" : "is") : past ? "were" : "are";
const strong = (text: string) => ({ tone: "strong", text }) as const;

export const limits = {
  /** The headline. `over` by kind; `unlimited`: containers without a limit of memory; `past`: told from a recording, or old. */
  over: (over: ByKind, past: boolean): Phrase => {
    const all = over.container + over.vm;
    return [{ tone: "over", text: `${listed(over)} ${verb(all, past)} over a limit.` }];
  },
  noneOver: (past: boolean): Phrase => [past ? "None was over a limit." : "None is over a limit."],
  unlimited: (number: number, past: boolean): Phrase => [
    ` ${count(number)} ${past ? "had" : number === 1 ? "has" : "have"} no memory limit.`,
  ],
  within: (number: number, past: boolean): Phrase => [
    number === 1
      ? `The one here ${past ? "was" : "is"} within its limits.`
      : `All ${count(number)} ${past ? "were" : "are"} within their limits.`,
  ],
  /** Below it. `without`: containers that have none; `host`: its memory. */
  together: (sum: Bytes, host: Bytes, without: number, past: boolean): Phrase => {
    const save =
      without === 0
        ? ""
        : without === 1
          ? ", save for the one without"
          : `, save for the ${count(without)} without`;
    return sum <= host
      ? [
          "All memory limits and VM sizes together: ",
          strong(bytes(sum)),
          ` of the host’s ${bytes(host)}, so they ${past ? "could" : "can"} all be met at once${save}.`,
        ]
      : [
          "All memory limits and VM sizes together: ",
          strong(bytes(sum)),
          `, ${bytes(sum - host)} more than the host’s ${bytes(host)}: they ${past ? "couldn’t" : "can’t"} all be met at once.`,
        ];
  },
  nearest: (name: string, share: Fraction, limit: Bytes, past: boolean): Phrase => [
    past ? "Nearest was " : "Nearest is ",
    strong(name),
    `, at ${percent(share)} % of its ${wholeBytes(limit)}. `,
  ],
  connecting: (): Phrase => ["Connecting…"],
  connectingNote: (): Phrase => ["Limits and what is used of them are here as soon as Tare answers."],
  reading: (number: number): Phrase => [`Reading the limits of ${many(number, "instance", "instances")}…`],
  readingNote: (): Phrase => ["The first figures take about a second, the first judgement a little longer."],
  empty: {
    title: "Nothing runs here, so nothing is limited.",
    text: "Start a container or a VM, and what it may use and does use is here within a second.",
    replay: "Replay the sample",
    again: "Look again now",
  },

  order: "Order",
  worstFirst: "Worst first",
  nearestFirst: "Nearest first",
  byProject: "By project",
  show: "Show",
  shown: { findings: "With findings", over: "Over a limit", all: "All" },
  kind: "Kind",
  kinds: { both: "Both kinds", container: "Containers", vm: "VMs" },
  muted: (number: number) => `${count(number)} muted`,
  legend: {
    label: "Legend",
    workingSet: "working set",
    reclaimable: "reclaimable",
    tick: "peak; for a VM: in use by the guest",
    limit: "limit",
  },

  column: {
    instance: "Instance",
    memory: ["Memory", "of limit"],
    cpu: ["CPU", "of quota"],
    throttled: ["Throttled", "5 min"],
    pids: ["Pids", ""],
    pressure: ["Pressure", "% of 10 s"],
  },
  percent: (share: string) => `${share} %`,
  mib: "MiB",
  /** Said to those who do not see the gauge. */
  noLimit: "no limit",
  overIt: "over its limit",
  reclaimable: (amount: string) => `${amount} MiB more can be taken back`,
  peak: (amount: string) => `peak ${amount} MiB`,
  inUse: (amount: string) => `the guest uses ${amount} MiB`,
  of: (use: string, limit: string) => `${use} of ${limit} MiB`,
  ofCores: (use: string, limit: string) => `${use} of ${limit} cores`,
  ofPids: (use: string, limit: string) => `${use} of ${limit}`,
  pressureOf: (memory: string, cpu: string, io: string) => `memory ${memory} %, CPU ${cpu} %, I/O ${io} %`,
  throttledNow: (share: string) => `held back in ${share} % of its periods in five minutes`,
  why: {
    notWeighed: "Not weighed yet",
    notCounted: "The kernel does not count it here",
    noQuota: "It has no CPU limit of its own, so nothing is held back",
    vmThrottled: "A VM’s vCPUs are not throttled, unless a quota is set around it",
    vmPids: "Processes are inside the guest, where the host does not count them",
    vmPressure: "Pressure is inside the guest, where the host does not see it",
    noPressure: "This kernel keeps no pressure for it (psi=1 on its command line turns it on)",
  },
  host: "This computer",
  withinLimits: "Within their limits",
  noProject: "No project",
  overCount: (number: number) => `${count(number)} over`,
  nothingFits: "Nothing fits the filter.",
  showAll: "Show all",

  foot: {
    container: (): Phrase => [
      { tone: "container", text: "A container’s limit" },
      " is a rule that the kernel enforces as it goes: it takes back cache, holds back CPU, at last kills. Unused room costs nothing.",
    ],
    vm: (): Phrase => [
      { tone: "vm", text: "A VM’s limit" },
      " is its size, fixed at its start. What the guest has touched stays taken from the host, used or not.",
    ],
  },

  /** The case at the right. */
  case: {
    label: "The case",
    also: (number: number) => (number === 1 ? "One more of it:" : `${count(number)} more of it:`),
    evidence: "Evidence",
    since: (time: string, length: string) => `since ${time}, for ${length}`,
    /** What the chart shows; `last`: one of `lasts`. */
    chart: {
      memory: (last: string) => `Memory in the cgroup, MiB, ${last}`,
      memoryVm: (last: string) => `Memory of the VM on the host, MiB, ${last}`,
      cpu: (last: string) => `CPU, cores, ${last}; red: held back by the quota`,
      pressure: (last: string) => `Waiting for memory, CPU and I/O, % of time, ${last}`,
      pids: (last: string) => `Pids, ${last}`,
      io: (last: string) => `Disk, MB/s, ${last}`,
    },
    lasts: { 5: "last 5 minutes", 15: "last 15 minutes", 60: "last hour" },
    chartFinding: (what: string, name: string, kills: number) =>
      `${what}: ${name}${kills === 0 ? "" : kills === 1 ? ", one kill for memory" : `, ${count(kills)} kills for memory`}`,
    pressures: { memory: "memory", cpu: "CPU", io: "I/O" },
    asTable: "As a table",
    mends: "Mend",
    targets: {
      docker: "Docker",
      podman: "Podman",
      compose: "Compose",
      kubernetes: "Kubernetes",
      libvirt: "libvirt",
    },
    apply: "Apply…",
    undo: (limit: string) => `undo: ${limit}`,
    undoNone: "undo: no limit",
    coresOf: (amount: string) => `${amount} cores`,
    aSecond: (amount: string) => `${amount} a second`,
    inFile: (path: string) => `in ${path}`,
    loading: "Looking up how to set it…",
    noMend: "No command can set this from here.",
    recorded: "A recording can’t be changed; this is what would have mended it.",
    more: "More",
    detail: "Open the detail",
    muteHere: "Mute this rule here",
    muteRule: "Mute this rule everywhere",
    muteInstance: (name: string) => `Mute ${name}`,
    muteFailed: "It could not be muted.",
    quiet: (name: string) => `${name} is within its limits.`,
    quietText: "No rule has anything to say of it.",
    unlimitedText: "It has no limit to be near.",
    waiting: "The first figures are on their way.",
  },
  opened: (title: string) => `New finding: ${title}`,
  cleared: (title: string) => `Over: ${title}`,

  calm,
};
