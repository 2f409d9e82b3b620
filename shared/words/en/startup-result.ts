import { milliseconds, times } from "../../format.ts";
import type { Kind } from "../../model/instance.ts";
import type { Millis } from "../../model/units.ts";
import type { Phrase } from "../phrase.ts";

const ms = (tone: Kind, value: Millis) => ({ tone, text: milliseconds(value), unit: "ms" });
const strong = (text: string) => ({ tone: "strong" as const, text });
const many = (number: number, one: string, more: string) => `${number} ${number === 1 ? one : more}`;
const article = { container: "a container", vm: "a VM" };

/** What is known of the two kinds' times to ready. */
type Verdict = "vm-later" | "container-later" | "same" | "too-few";

/** What a race says, while it is on and after. */
export const startupResult = {
  /** After and during a race. `weight`: how many times the container's gross a VM's is. */
  verdict: (name: string, verdict: Verdict, ratio: number, weight: number | null): Phrase => {
    const heavier: Phrase =
      weight === null
        ? ["."]
        : weight >= 1
          ? [", and weighs ", strong(`${times(weight)} times`), " as much."]
          : [", and weighs ", strong(`${times(1 / weight)} times`), " less."];
    if (verdict === "vm-later")
      return [`${name} is ready `, strong(`${times(ratio)} times later`), " in a VM", ...heavier];
    if (verdict === "container-later")
      return [`${name} is ready `, strong(`${times(1 / ratio)} times sooner`), " in a VM", ...heavier];
    if (verdict === "same")
      return [
        strong("No difference can be told"),
        `: ${name} is ready as soon in a VM as in a container`,
        ...(weight === null ? ["."] : [`, and weighs there `, strong(`${times(weight)} times`), " as much."]),
      ];
    return [`${name}: too few runs to tell a difference yet.`];
  },
  alone: (name: string, kind: Kind, median: Millis): Phrase => [
    `${name} is ready after `,
    ms(kind, median),
    ` as ${article[kind]}.`,
  ],
  noneReady: (name: string, kind: Kind | null): Phrase =>
    kind === null
      ? [strong(name), " was never ready."]
      : [strong(name), ` was never ready as ${article[kind]}.`],
  otherNever: (kind: Kind): Phrase => [` It was never ready as ${article[kind]}.`],
  noRuns: (name: string): Phrase => [`${name} was not run.`],
  preparingTitle: (name: string): Phrase => [`${name} is being prepared.`],
  firstRuns: (name: string): Phrase => [`${name} is racing; the first figures come in a moment.`],
  medians: (done: number, of: number, far: boolean, container: Millis | null, vm: Millis | null): Phrase => {
    const after = far
      ? `So far, after ${done} of ${of} runs of each: `
      : `After ${many(done, "run", "runs")} of each: `;
    const parts: Phrase[] = [
      ...(container === null ? [] : [[ms("container", container), " as a container"] satisfies Phrase]),
      ...(vm === null ? [] : [[ms("vm", vm), " as a VM"] satisfies Phrase]),
    ];
    return [after, ...parts.flatMap((part, index): Phrase => (index === 0 ? part : [", ", ...part])), "."];
  },
  runsOnly: (done: number, of: number, far: boolean): Phrase => [
    far ? `So far, after ${done} of ${of} runs.` : `After ${many(done, "run", "runs")}.`,
  ],
  interval: (low: number, high: number) =>
    ` The ratio lies between ${times(low)} and ${times(high)} with 95 % confidence.`,
  spans: (low: number, high: number) =>
    ` The ratio lies between ${times(low)} and ${times(high)} with 95 % confidence, on both sides of equal.`,
  tooFew: " Too few runs for an interval.",
  oneKind: {
    container: " Only the container was timed, so there is no ratio.",
    vm: " Only the VM was timed, so there is no ratio.",
  },
  tcg: "This VM was emulated in software (TCG). With hardware acceleration (KVM, HVF, WHPX) it would be ready sooner.",
  refused: (accelerator: string) => `${accelerator} is not used: `,

  chart: {
    gantt: "From the request to ready",
    ganttNote: "the median run of each, by phase",
    ganttNoteOne: "the median run, by phase",
    ganttFinding: (parts: readonly string[]) => `From the request to ready: ${parts.join("; ")}.`,
    bar: (kind: string, total: string, stages: readonly string[]) =>
      `${kind} ${total}, of which ${stages.join(", ")}`,
    dots: "Every run",
    dotsNote: (runs: string, cold: boolean, marked: boolean) =>
      [
        `${runs}; line: median; tick: p95`,
        ...(cold ? ["hollow: cold, kept apart"] : []),
        ...(marked ? ["ringed: an outlier, counted"] : []),
      ].join("; "),
    each: (runs: number) => `${runs} each`,
    counts: (container: number, vm: number) =>
      `${many(container, "container", "containers")}, ${many(vm, "VM", "VMs")}`,
    dotsFinding: (parts: readonly string[]) => `Every run. ${parts.join(". ")}.`,
    lane: (kind: string, median: string, fastest: string, slowest: string) =>
      `${kind}: median ${median}, from ${fastest} to ${slowest}`,
    dot: (kind: string, run: number, time: string, cold: boolean, marked: boolean) =>
      `${kind}, ${cold ? "cold run" : "run"} ${run}: ${time}${marked ? ", far from the others" : ""}`,
    kinds: { container: "Container", vm: "VM" },
    beyond: (time: string) => `cold ${time} →`,
    beyondMany: (number: number) => `${number} cold beyond →`,
    larger: (factor: string) => `${factor}× larger`,
    lens: (factor: string, end: string) => `The container’s first ${end}, ${factor} times larger`,
    medianRun: "Median run",
    everyRun: "Every run",
  },
  table: {
    median: "Median run",
    seconds: "s",
    share: "share",
    percent: (share: string) => `${share} %`,
    kinds: { container: "Container", vm: "VM" },
    all: "All runs",
    heads: { container: "container", vm: "VM" },
    rows: {
      median: "median",
      p95: "p95",
      fastest: "fastest",
      slowest: "slowest",
      cold: "cold",
      runs: "runs",
      failed: "failed",
    },
    parts: {
      gross: "gross MiB",
      net: "net MiB",
      cache: "cache MiB",
      tare: "tare MiB",
      imageCopy: "image’s copy MiB",
      translated: "TCG’s code MiB",
      other: "other MiB",
    },
    within: (part: string) => `of it, ${part}`,
    run: "Run",
    kind: "Kind",
    cold: "cold run",
    ready: "Ready ms",
    note: "Note",
    outlier: "far from the others",
    runsCaption: "Every run, in the order run: how long each phase took, in ms",
  },
  races: {
    every: "Every race on this computer",
    earlier: "Earlier races on this computer",
    recorded: "Races of this recording",
    note: "ratio of medians with its 95 % interval",
    none: "None yet.",
    thisRace: "this race",
    later: "later",
    containerSeconds: "container s",
    vmSeconds: "VM s",
    noRatio: "no ratio",
    between: (low: string, high: string) => `between ${low} and ${high}`,
    again: "again",
    againName: (name: string) => `Race ${name} again`,
    show: (name: string, at: string) => `Show the race of ${name}, ${at}`,
    equal: "equal",
    times: (figure: string) => `${figure}×`,
    image: "What",
    at: "When",
    how: "How",
    boots: { direct: "direct kernel", disk: "full guest from disk", domain: "VM of libvirt" },
    emulated: "emulated (TCG)",
    containerOnly: "containers only",
    more: (number: number) => `${number} more`,
  },
  beside: {
    title: "Start time against how many run already",
    note: (name: string, races: number) => `${many(races, "race", "races")} of ${name}; dot: median`,
    axis: "instances already running",
    finding: (parts: readonly string[]) =>
      `Start time against how many instances run already: ${parts.join("; ")}.`,
    point: (kind: string, beside: number, time: string) => `${kind} beside ${beside}: ${time}`,
  },
  failures: {
    half: "What could not run",
    title: (number: number) => (number === 1 ? "One run failed" : `${number} runs failed`),
    note: "not in the statistics",
    run: (run: number, kind: Kind) => `Run ${run}, ${kind === "vm" ? "VM" : "container"}`,
    output: "What it printed last",
    more: (number: number) => `and ${number} more like it`,
  },
  pair: {
    text: (name: string): Phrase => [
      strong(name),
      " is left running, as a container and as a VM, side by side on Scale.",
    ],
    one: (name: string): Phrase => [strong(name), " is left running, and stands on Scale."],
    stop: "Stop both",
    stopOne: "Stop it",
    look: "Look at Scale",
  },
  acts: {
    label: "With this race",
    again: "Race again",
    copy: "Copy as Markdown",
    copied: "Copied",
    json: "Save as JSON",
    png: "Save as PNG",
    table: "Charts as tables",
    failed: "It could not be saved.",
  },
  environment: {
    label: "Where it ran",
    threads: (cpu: string, threads: number) => `${cpu}, ${many(threads, "thread", "threads")}`,
    cgroup: (version: string) => `cgroup ${version}`,
    qemu: (version: string) => `QEMU ${version}`,
    noQemu: "no QEMU",
    noDocker: "no Docker",
    kernel: (kernel: string) => `guest ${kernel}`,
    boots: { direct: "direct kernel boot", disk: "boot from disk", domain: "libvirt domain" },
    cpus: (cpus: string) => `${cpus} CPU`,
    overhead: (time: string) => `Tare’s own part of a start: ${time}`,
    ready: {
      port: (port: string) => `ready: TCP port ${port} listens inside`,
      line: (pattern: string) => `ready: a line matches ${pattern}`,
      exit: "ready: it exits with 0",
      health: "ready: its HEALTHCHECK passes",
    },
  },
  stateNote: { stopped: "Stopped by you; what was measured stands.", failed: "It could not go on." },
};
