import type { Kind } from "../../model/instance.ts";
import type { LabPart } from "../../model/race.ts";
import type { Millis } from "../../model/units.ts";
import type { Phrase } from "../phrase.ts";
import { startupResult } from "./startup-result.ts";

const strong = (text: string) => ({ tone: "strong" as const, text });
const many = (number: number, one: string, more: string) => `${number} ${number === 1 ? one : more}`;

const lacks: { readonly [part in LabPart["part"]]: string } = {
  docker: "Docker is missing",
  qemu: "QEMU is missing",
  accelerator: "No accelerator boots a guest",
  machine: "No machine type boots",
  kernel: "A kernel for the guest is missing",
  helper: "The guest’s helper is missing",
};

export const startup = {
  back: "Choose anew",

  /** Before a race: what Enter does. */
  plan: (name: string, kinds: readonly Kind[], runs: number): Phrase => {
    const often = runs === 1 ? "once" : `${runs} times`;
    const [first, second] = kinds.map((tone) => ({ tone, text: tone === "vm" ? "VM" : "container" }));
    if (!first) return ["Nothing can start here yet."];
    if (!second) return ["Start ", strong(name), ` ${often} as a `, first, "."];
    return ["Start ", strong(name), ` ${often} as a `, first, ` and ${often} as a `, second, "."];
  },
  /** Only one half can run, since a part of the other is missing. */
  onlyHalf: (part: LabPart["part"], kind: Kind): Phrase => [
    `${lacks[part]}, so only `,
    { tone: kind, text: kind === "container" ? "the container" : "the VM" },
    " can start here.",
  ],
  planNote: {
    both: "The same image, the same limits, the same probe; in shuffled order, so that neither has the warmer computer.",
    container: "Started, timed and taken away again, each time anew.",
    vm: "Started, timed and shut off again, each time anew.",
    half: "Its half runs and is kept. Once the other can run, it is measured against it.",
    none: "What is missing stands at the right, each with what puts it right.",
    replay: "This is a recording: its races are shown, none can be started. Back to live, and you can.",
    looking: "Looking what this computer can race with…",
  },
  choose: (): Phrase => ["Choose what to start."],
  replayed: (races: number): Phrase =>
    races === 0
      ? ["This recording holds no race."]
      : [`This recording holds ${many(races, "race", "races")}.`],
  connecting: (): Phrase => ["Connecting…"],

  row: {
    label: "Runs",
    runs: (runs: number): Phrase => [strong(many(runs, "run", "runs"))],
    cold: (cold: number) => ` and ${many(cold, "cold run", "cold runs")} of each`,
    coldOne: (cold: number) => ` and ${many(cold, "cold run", "cold runs")}`,
    only: { container: ", containers only", vm: ", VMs only" },
    about: (time: string) => `about ${time}`,
    left: (time: string) => `${time} left`,
    preparing: (): Phrase => [strong("Preparing"), " what both are made from…"],
    racing: (number: number, of: number, cold: boolean, kind: Kind, phase: string): Phrase => [
      strong("Racing"),
      cold ? " cold run" : ` run ${number} of ${of}`,
      `, ${kind === "vm" ? "VM" : "container"}: ${phase}…`,
    ],
    ending: (): Phrase => [strong("Racing"), ", the last one is put away…"],
    cell: (kind: Kind, cold: boolean, state: string) =>
      `${kind === "vm" ? "VM" : "container"}${cold ? ", cold" : ""}: ${state}`,
    states: {
      planned: "to come",
      now: "running now",
      done: "ready",
      failed: "failed",
      cant: "not possible here",
      left: "not run",
    },
    toCome: (runs: number) => `${many(runs, "run", "runs")} to come`,
    finding: (done: number, all: number, failed: number) =>
      `${done} of ${all} runs done${failed > 0 ? `, ${failed} failed` : ""}`,
  },
  start: "Start the race",
  time: { container: "Time the container", vm: "Time the VM" },
  stop: "Stop here",
  stopping: "Stopping…",
  /** A time that is only about right: "6 s", "2 min 20 s", "12 min". */
  roughly: (value: Millis): string => {
    const seconds = Math.max(1, Math.round(value / 1_000));
    const minutes = Math.floor(seconds / 60);
    const rest = Math.round((seconds % 60) / 10) * 10;
    if (minutes === 0) return `${seconds} s`;
    return rest === 0 || rest === 60 || minutes > 9
      ? `${minutes + (rest === 60 ? 1 : 0)} min`
      : `${minutes} min ${rest} s`;
  },

  what: {
    title: "What",
    sources: { image: "Image", builtin: "Built-in", own: "My own" },
    filter: (images: number) => `Filter ${many(images, "image", "images")}`,
    filterName: "Filter images",
    image: "Image",
    mib: "MiB",
    asVm: "as a VM",
    bootable: "ready to boot",
    prepare: (seconds: string) => `${seconds} s to prepare`,
    notHere: (name: string) => `Docker has no image that fits “${name}”. This fetches it:`,
    noDocker:
      "Docker does not answer, so there is no image to choose. What puts it right stands at the right.",
    noImages: "Docker has no image yet. This fetches a small one:",
    looking: "Asking Docker for its images…",
    note: (containers: number, vms: number) =>
      `Built-in: workloads made from what is on this computer. My own: ${[
        ...(containers > 0 ? [many(containers, "stopped container", "stopped containers")] : []),
        ...(vms > 0 ? [many(vms, "shut-off VM", "shut-off VMs")] : []),
        "a disk image",
      ].join(", ")}; asked first, put back after.`,
    builtins: {
      true: { name: "true", note: "does nothing and ends: what the box alone costs" },
      web: { name: "a web server", note: "one static page, ready when its port listens" },
      work: { name: "1 s of work", note: "a second of CPU, then it ends: where the box hardly counts" },
    },
    own: {
      name: "Name",
      kind: "Kind",
      kinds: { container: "container", domain: "VM of libvirt" },
      none: "No stopped container and no shut-off VM is here. One that runs can’t be timed without stopping it.",
      disk: "A disk image",
      diskKind: "whole system",
      diskNote: "qcow2 or raw, booted on a snapshot: the file is never written",
      path: "Path of the disk image",
      placeholder: "/path/to/disk.qcow2",
    },
  },

  ready: {
    title: "Ready when",
    port: "a TCP port listens",
    portField: "Port",
    exposes: (port: string) => `the image exposes ${port}`,
    exposesNone: "the image exposes none: say which",
    line: "a line of output matches",
    lineField: "Regular expression",
    lineExample: "for instance: start worker",
    linePlaceholder: "start worker",
    exit: "it exits with 0",
    health: "its HEALTHCHECK passes",
    bars: {
      noHealthcheck: "this image has none",
      neverExits: "a whole system does not end",
      noHealthInGuest: "a whole system has none",
    },
    note: "Looked at from inside, the same for both: a port forwarded by the host answers before anything listens.",
  },
  after: {
    title: "Afterwards",
    keep: "Keep both running",
    keepOne: "Keep it running",
    keepNote: "side by side on Scale, until you stop them",
    weigh: "Weigh both when ready",
    weighOne: "Weigh it when ready",
  },
  how: {
    title: "How often, how large",
    runs: "Runs of each",
    warmup: "Cold runs",
    warmupNote: "kept apart, never in the statistics",
    memory: "Memory",
    memoryNote: "the VM takes it as its size, the container as its limit",
    cpus: "CPU",
    giveUp: "Give up after",
    core: (cores: number): string => (cores === 1 ? "core" : "cores"),
    seconds: "s",
    less: (what: string) => `${what}: less`,
    more: (what: string) => `${what}: more`,
  },
  bars: {
    noImage: "Choose an image first.",
    nothingChosen: "Choose what to start first.",
    noPort: "Say which port to wait for.",
    noPattern: "Say which line to wait for.",
    badPattern: "This is no regular expression.",
    nothingRuns: "Nothing can start here yet: see what is missing.",
  },

  can: {
    title: "What this computer can race with",
    parts: {
      docker: "Docker",
      qemu: "QEMU",
      accelerator: "Accelerator",
      machine: "Machine",
      kernel: "Kernel",
      helper: "Helper",
    },
    states: { ready: "ready", missing: "missing", untried: "not tried yet" },
    missing: "not found",
    lookedFor: (where: string) => `looked for ${where}`,
    took: {
      accelerator: (time: string) => `booted the test firmware in ${time}`,
      machine: (time: string) => `the fastest that booted here, ${time}`,
    },
    untried: "tried once the others are there",
    forHalf: (kind: Kind): Phrase => [
      strong(kind === "vm" ? "For the VM’s half:" : "For the container’s half:"),
    ],
    looking: "Looking…",
    again: "Tare looks again every few seconds and fills this in by itself.",
  },

  ask: {
    title: (name: string) => `Start ${name}?`,
    container: (name: string, runs: number) =>
      `${name} is yours. Tare will start it ${many(runs, "time", "times")}, wait until it is ready, and stop it again. It does then what it does whenever it starts: ports, volumes and networks are its own.`,
    domain: (name: string, runs: number) =>
      `${name} is yours. Tare will start it ${many(runs, "time", "times")}, wait until it is ready, and shut it off again. If it has not switched itself off after a minute its plug is pulled, and what it had not written yet is lost. Its disks are written as at any start.`,
    disk: (runs: number) =>
      `A VM is booted from it ${many(runs, "time", "times")}, on a snapshot that is thrown away. The file itself is only read.`,
    yes: "Start it",
    no: "Leave it",
  },
  ...startupResult,
};
