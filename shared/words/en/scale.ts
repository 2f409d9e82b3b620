import { bytes, bytesParts, percent, times } from "../../format.ts";
import type { Bytes, Fraction } from "../../model/units.ts";
import type { Phrase } from "../phrase.ts";
import { raced } from "./scale-raced.ts";

/** What is weighed of one kind. `ago`: these figures are old, and how old in words. */
type Heap = { readonly count: number; readonly gross: Bytes; readonly ago: string | null };

const figure = (tone: "container" | "vm" | "strong", value: Bytes) => {
  const { figure, unit } = bytesParts(value);
  return { tone, text: figure, unit };
};
const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`;
const containers = (count: number) => many(count, "container", "containers");
const vms = (count: number) => many(count, "VM", "VMs");

const sentence = (tone: "container" | "vm", heap: Heap, past: boolean): Phrase => {
  const who = tone === "vm" ? vms(heap.count) : containers(heap.count);
  const verb = past || heap.ago !== null ? "weighed" : heap.count === 1 ? "weighs" : "weigh";
  const weight = figure(heap.ago === null ? tone : "strong", heap.gross);
  return [`${who} ${verb} `, weight, heap.ago === null ? "." : ` ${heap.ago} ago.`];
};

export const scale = {
  /** The headline; a kind of which nothing runs is null. `past`: told from a recording. */
  headline: (container: Heap | null, vm: Heap | null, past: boolean, raced: boolean): Phrase => {
    if (container && vm) {
      const first = sentence("container", container, past);
      const second = sentence("vm", vm, past);
      return container.ago !== null && vm.ago === null
        ? [...second, " ", ...first]
        : [...first, " ", ...second];
    }
    if (container)
      return [
        ...sentence("container", container, past),
        past ? " No VM ran." : raced ? " No VM runs here." : " No VM to compare with yet.",
      ];
    if (vm) return [...sentence("vm", vm, past), past ? " No container ran." : " No container runs here."];
    return [past ? "Nothing was running." : "Nothing runs here."];
  },
  /** Below it: what the boxes alone weigh. `share` of what containers weigh; `vm` null: not measured. */
  boxes: (container: Bytes, share: Fraction, vm: Bytes | null, anyVm: boolean, past: boolean): Phrase =>
    vm === null
      ? [
          "The box alone: ",
          figure("container", container),
          ` for a container, ${percent(share)} % of what it ${past ? "weighed" : "weighs"}. `,
          past
            ? "For a VM: not measured there."
            : anyVm
              ? "For a VM: not measured yet."
              : "For a VM: not measured on this computer.",
        ]
      : [
          "The box alone: ",
          figure("container", container),
          " for a container, about ",
          figure("vm", vm),
          " for a VM, ",
          { tone: "strong", text: `${times(vm / container)} times` },
          " as much.",
        ],
  ...raced,

  weighing: (count: number): Phrase => [`Weighing ${many(count, "instance", "instances")}…`],
  weighed: (vm: number, vmAll: number, container: number, containerAll: number): Phrase => {
    const part = (read: number, all: number, words: (count: number) => string) =>
      read === all ? words(all) : `${read} of ${words(all)}`;
    const parts = [
      ...(vmAll > 0 ? [part(vm, vmAll, vms)] : []),
      ...(containerAll > 0 ? [part(container, containerAll, containers)] : []),
    ];
    return [`${parts.join(" and ")} read. The first figures take about a second.`];
  },
  connecting: (): Phrase => ["Connecting…"],
  connectingNote: (): Phrase => ["The scale shows what runs here as soon as Tare answers."],

  view: "View",
  modes: { linear: "Linear", log: "Log", area: "Area" },
  lens: "Lens",
  factor: (factor: string) => `${factor}×`,
  legend: {
    label: "Legend",
    net: "net",
    cache: "cache",
    tare: "tare",
    mixed: "not split",
    limit: "limit",
    gross: "gross",
    held: "held",
    other: "other",
    raced: "raced, not running",
    log: "each step doubles; the length of a line is a ratio",
  },
  filter: {
    state: "Show",
    running: "Running",
    all: "All states",
    over: "Over a limit",
    engine: "Engine",
    anyEngine: "Any engine",
    services: "System services",
    project: "Project",
    anyProject: "Any project",
    group: "Group",
    groupBy: (what: string) => `Group: ${what}`,
    groups: { kind: "kind", project: "project", engine: "engine", none: "none" },
    asTable: "Chart as a table",
  },
  column: {
    name: "Name",
    memory: "Memory, all on one scale",
    memoryLog: "Memory, logarithmic",
    gross: "Gross",
    net: "Net",
    cache: "Cache",
    tare: "Tare",
    limit: "Limit",
    inUse: "In use",
    used: "Limit used",
    cpu: "CPU",
    throttled: "Throttled",
    image: "Image",
    mean: "Mean",
    largest: "Largest",
    tareEach: "Tare, each",
    ready: "Ready",
    readyNote: "median time to ready when its image was raced last",
    seconds: "s",
    up: "Up",
    ofHost: "Of host",
    ratio: "× net",
    ratioNote: "gross divided by net",
    mib: "MiB",
    cores: "cores",
    percent: "%",
    trend: "the last minutes",
  },
  kinds: { vm: "Virtual machines", container: "Containers" },
  noProject: "No project",
  everything: "All",
  sum: (name: string, count: string) => `${name}, ${count}`,
  asOf: (ago: string) => `as of ${ago} ago`,
  read: (count: string) => `${count} read`,
  overCount: (count: string) => `${count} over`,
  over: "over its limit",
  none: "none",
  oom: (count: string) => `OOM ${count}`,
  oomNote: (count: string) => `killed for memory ${count} times`,
  larger: (factor: string) => `${factor}× larger`,
  same: (count: number) =>
    count === 1 ? "the same one, drawn to the same scale" : `the same ${count}, drawn to the same scale`,
  median: "Median of each kind",
  states: {
    created: "created",
    running: "running",
    paused: "paused",
    restarting: "restarting",
    stopping: "stopping",
    stopped: "stopped",
    dead: "dead",
    unknown: "state unknown",
  },
  why: {
    noQuota: "It has no CPU limit, so nothing can be throttled",
    notCounted: "Not measured here",
  },
  /** What a bar says to those who do not see it. */
  bar: (parts: readonly string[], limit: string | null) =>
    `${parts.join(", ")}${limit === null ? "" : `; limit ${limit}`}`,
  part: (name: string, amount: string) => `${name} ${amount}`,
  estimate: "Dashed hatch: tare estimated from an empty guest of that kind",
  notSplit: "not split: the guest does not tell net from cache",
  nothingFits: "Nothing fits the filter.",
  showAll: "Show all",
  empty: {
    title: "Nothing to weigh yet.",
    text: "Tare found no engine on this computer. It looks again every few seconds and will start by itself when one comes up; there is nothing to set.",
    sample: "To see what it does, replay a recorded stretch of a computer with containers and VMs.",
    replay: "Replay the sample",
    again: "Look again now",
    lookedFor: "Looked for",
    at: "At",
    found: "Found",
  },
  idle: {
    title: "Nothing runs here.",
    text: (engines: readonly string[]) =>
      `${engines.join(", ")} ${engines.length === 1 ? "answers" : "answer"}, but no container and no VM is running. Start one, and it is here within a second.`,
  },
  area: {
    label: "The host’s memory, cut to scale",
    vms: (count: number) => vms(count),
    containers: (count: number) => containers(count),
    rest: "Everything else",
    processes: "Host processes",
    cache: "Host page cache",
    cacheNote: "given back on demand",
    free: "Free",
    host: "Host",
    whole: (total: Bytes): Phrase => [
      "The whole rectangle is the host’s ",
      { tone: "strong", text: bytes(total) },
    ],
    equal: "Equal areas are equal memory:",
  },
  present: {
    more: (count: number) => `${count} more, together`,
    containers: (count: number) => containers(count),
    over: "over",
    live: (host: string) => `${host}, live`,
    recorded: (host: string) => `${host}, recording`,
  },
};
