import type { EventKind } from "../../model/event.ts";
import type { Kind, State } from "../../model/instance.ts";
import { facts } from "./detail-facts.ts";
import { kept } from "./detail-kept.ts";

/** What the head says of an instance; parts that are not known are null. `up` and `since` are durations in words. */
type About = {
  readonly kind: Kind;
  /** null: no engine explains it. */
  readonly engine: string | null;
  readonly pod: boolean;
  readonly group: string | null;
  readonly image: string | null;
  readonly state: State;
  readonly up: string | null;
};

const stateWords: { readonly [state in State]: string } = {
  created: "created, never started",
  running: "running",
  paused: "paused",
  restarting: "restarting",
  stopping: "stopping",
  stopped: "stopped",
  dead: "dead",
  unknown: "state not known",
};

export const detail = {
  about: ({ kind, engine, pod, group, image, state, up }: About) =>
    [
      `${kind === "vm" ? "VM" : "Container"} ${engine === null ? "that no engine explains" : `in ${engine}`}`,
      group === null ? null : `${pod ? "pod" : "compose project"} ${group}`,
      image === null ? null : `image ${image}`,
      state === "running" && up !== null ? `running for ${up}` : stateWords[state],
    ]
      .filter((part) => part !== null)
      .join(", "),
  gone: "No longer here. These are its last figures.",
  panel: (name: string) => `${name}, in detail`,
  race: "Race it",
  previous: "Previous instance",
  next: "Next instance",
  close: "Close",
  findingStrip: {
    label: "Finding",
    since: "Findings, since when they hold",
    more: (more: number) => (more === 0 ? "Show in Limits" : `${more} more in Limits`),
  },

  mib: "MiB",
  net: "net",
  cache: "cache",
  tare: "tare",
  other: "other",
  kernel: "kernel",
  helpers: "helpers",
  /** What tare is made of: "5 kernel, 9 containerd-shim". */
  tareOf: (kernel: string | null, helpers: string | null, helper: string) =>
    [kernel === null ? null : `${kernel} kernel`, helpers === null ? null : `${helpers} ${helper}`]
      .filter((part) => part !== null)
      .join(", "),
  notSplit: "not told apart",
  usedByGuest: "used by the guest",
  held: "held",
  ofItTare: "of it tare",
  idleGuest: "an idle guest of this kind",
  limit: (amount: string) => `${amount} limit`,
  noLimit: "no limit",
  workingSet: (amount: string, share: string | null) =>
    share === null ? `working set ${amount}` : `working set ${amount}, ${share} % of the limit`,
  workingSetNote: "what counts against the limit: all but the page cache that nobody has touched lately",
  notWeighed: "Not weighed: it does not run.",
  waiting: "The first figures come within a second.",
  reserved: "Reserved",
  itsSize: "its size",
  resident: "Resident",
  grossWord: "gross",
  used: "Used",
  saysGuest: "says the guest",
  doesNotSay: "the guest does not say",
  neverTouched: (amount: string) => `never touched ${amount}`,
  heldAmount: (amount: string) => `held ${amount}`,
  sizeUnknown: "size not known",

  range: "Time range",
  ranges: { "5": "5 min", "15": "15 min", "60": "1 h" },
  zoomed: (from: string, to: string) => `${from} to ${to}`,
  unzoom: "Back to now",
  hint: "Drag to zoom,",
  hintTable: "for a table",
  hintCharts: "for the charts",
  charts: "Charts",
  memory: "Memory",
  memoryUnit: "MiB in the cgroup",
  memoryUnitApi: "MiB, says the engine",
  memoryUnitVm: "MiB of the host",
  cpu: "CPU",
  cpuUnit: "cores",
  cpuUnitQuota: "cores; red: over quota, throttled",
  cpuUnitVm: "cores of the host",
  pressure: "Pressure",
  pressureUnit: "% of time some task waited; grey: all of them, for memory",
  network: "Network",
  disk: "Disk",
  pids: "Pids",
  threads: "Threads",
  rate: "MB/s",
  percentUnit: "%",
  coresUnit: "cores",
  pressureMemory: "waits, memory",
  pressureIo: "waits, I/O",
  pressureCpu: "waits, CPU",
  received: "received",
  sent: "sent",
  read: "read",
  written: "written",
  inOut: (received: string, sent: string) => `↓ ${received} ↑ ${sent}`,
  ends: {
    limit: "limit",
    size: "size",
    quota: "quota",
    vcpus: "vCPUs",
    used: "used",
    resident: "resident",
    held: "held",
    net: "net",
    cache: "cache",
    kernel: "kernel",
    other: "other",
    gross: "in all",
    memory: "memory",
    cpu: "CPU",
    io: "I/O",
    memoryFull: "all wait, memory",
    /** A limit that lies above what the axis shows. */
    above: (figure: string) => `${figure} ↑`,
  },
  tip: {
    inCgroup: "in the cgroup",
    limitUsed: "limit used",
    cpu: "CPU",
    of: (used: string, quota: string) => `${used} of ${quota}`,
    throttled: "throttled",
    ofPeriods: (share: string) => `${share} % of periods`,
    percent: (share: string) => `${share} %`,
    mib: (amount: string) => `${amount} MiB`,
    cores: (amount: string) => `${amount} cores`,
    mbs: (amount: string) => `${amount} MB/s`,
    notMeasured: "not measured",
  },

  events: "Events",
  eventsInTable: "What happened",
  event: (kind: EventKind, about: string | null): string => {
    switch (kind) {
      case "oom-kill":
        return about === null ? "OOM kill" : `OOM kill: ${about}`;
      case "started":
        return "started";
      case "stopped":
        return "stopped";
      case "died":
        return about === null ? "died" : `died, exit ${about}`;
      case "paused":
        return "paused";
      case "resumed":
        return "resumed";
      case "renamed":
        return about === null ? "renamed" : `renamed: ${about}`;
      case "limits-changed":
        return about === null ? "limits changed" : `limit ${about}`;
      case "restarted":
        return "restarted";
      case "found":
        return "found running";
      case "engine-lost":
        return about === null ? "engine lost" : `${about} lost`;
      case "engine-back":
        return about === null ? "engine back" : `${about} back`;
    }
  },
  gap: { engine: "engine lost", stopped: "not running", none: "no readings", before: "before its start" },
  time: "Time",
  table: (step: string) => `Figures, each row the mean of ${step}`,
  tableEmpty: "No row is complete yet.",

  finding: {
    memory: (name: string, range: string, share: string | null, kills: number) =>
      `Memory of ${name}, ${range}${share === null ? ", no limit" : `, ${share} % of its limit`}${
        kills === 0 ? "" : kills === 1 ? ", one OOM kill" : `, ${kills} OOM kills`
      }`,
    memoryVm: (name: string, range: string, resident: string, size: string | null) =>
      `Memory of ${name}, ${range}: ${resident} MiB resident${size === null ? "" : ` of ${size}`}`,
    cpu: (name: string, range: string, used: string, limit: string | null, throttled: string | null) =>
      `CPU of ${name}, ${range}: ${used} cores${limit === null ? "" : ` of ${limit}`}${
        throttled === null ? "" : `, throttled in up to ${throttled} % of periods`
      }`,
    pressure: (name: string, range: string, highest: string) =>
      `Pressure on ${name}, ${range}: tasks waited for memory up to ${highest} % of the time`,
    small: (what: string, name: string, range: string, figure: string) =>
      `${what} of ${name}, ${range}: now ${figure}`,
    last: (range: string) => `last ${range}`,
  },

  facts,
  kept,
};
