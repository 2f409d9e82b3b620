import { count, milliseconds, times } from "../../format.ts";
import type { Kind } from "../../model/instance.ts";
import type { LabPart, LabTroubleCode, Moments } from "../../model/race.ts";
import type { Millis } from "../../model/units.ts";
import type { PhaseName } from "../../race/phases.ts";
import type { LabMendKey } from "../lab-mends.ts";

const wrong: { readonly [code in LabTroubleCode]: (where: string) => string } = {
  "no-docker": (where) => `No Docker answers (${where}).`,
  "no-image": (where) => `Docker has no image ${where}.`,
  "no-healthcheck": (where) => `${where} has no HEALTHCHECK to wait for.`,
  "no-command": (where) => `${where} does not say what to run.`,
  "other-architecture": (where) => `${where} is made for another processor.`,
  "image-too-large": (where) => `${where} does not fit into the VM's memory.`,
  "file-too-large": (where) => `${where} is 4 GiB or more: too large for an initramfs.`,
  "hostile-image": (where) => `The archive of ${where} is not one that Tare unpacks.`,
  "no-qemu": (where) => `There is no QEMU here (${where}).`,
  "no-kernel": (where) => `There is no Linux kernel to boot (${where}).`,
  "kernel-unreadable": (where) => `The kernel ${where} may not be read by this user.`,
  "kernel-unusable": (where) => `${where} is no kernel that can be booted directly.`,
  "no-helper": (where) => `There is no static busybox for the VM (${where}).`,
  "no-accelerator": (where) => `QEMU boots nothing here, not even in software (${where}).`,
  "not-ready": (where) => `${where} was not ready in time.`,
  exited: (where) => `${where} ended before it was ready.`,
  "failed-to-start": (where) => `${where} could not be started.`,
  "no-room": (where) => `The disk is full: ${where}.`,
  "not-agreed": (where) => `${where} is yours, and is not started unasked.`,
  running: (where) => `${where} runs: only what is stopped can be timed.`,
  busy: (where) => `Another race is on (${where}).`,
  stopped: () => "Stopped by you.",
  failed: (where) => `It failed: ${where}.`,
};

const mends: { readonly [key in LabMendKey]: string } = {
  startDocker: "Start Docker, or install it:",
  fetchImage: "Fetch it, or check its name:",
  otherProbe: "Wait for something else: a port, a line of its output, or its end.",
  giveCommand: "Race an image with a CMD or an ENTRYPOINT.",
  fetchForHere: "Fetch it for this computer's processor:",
  moreMemory: "Give both more memory.",
  fromDisk: "Race an image without that file, or boot it from a disk image.",
  buildAnew: "Build the image anew and race that.",
  installQemu: "Install it:",
  installKernel:
    "Tare has no checked address to fetch one from. Name one in the settings, or install one under /boot:",
  allowKernel: "Let yourself read it:",
  otherKernel: "Install another kernel under /boot.",
  installHelper: "Install it:",
  readCause: "The message behind it says more.",
  waitLonger: "Check what is waited for, or wait longer.",
  readOutput: "Its last lines say why.",
  freeRoom: "Free some room and race again.",
  agree: "Start it from Tare's window, where it asks first.",
  stopFirst: "Stop it first, then time its start.",
  waitForOther: "Wait until it is over, or stop it.",
  raceAgain: "What was measured until then is kept.",
};

const kinds: { readonly [kind in Kind]: string } = { container: "container", vm: "VM" };
const phases: { readonly [phase in PhaseName]: string } = {
  create: "create",
  start: "start",
  process: "first process",
  qemu: "QEMU",
  firmware: "firmware",
  kernel: "kernel",
  init: "init",
  ready: "ready",
};
const parts: { readonly [part in LabPart["part"]]: string } = {
  docker: "Docker",
  qemu: "QEMU",
  accelerator: "accelerator",
  machine: "machine",
  kernel: "kernel",
  helper: "busybox",
};
const states: { readonly [state in LabPart["state"]]: string } = {
  ready: "ready",
  missing: "missing",
  untried: "not tried",
};
const many = (runs: number) => `${count(runs)} ${runs === 1 ? "run" : "runs"}`;

/** The startup lab outside the page: `tare race`, `tare lab doctor`, and a race as Markdown. */
export const lab = {
  wrong,
  mends,
  kinds,
  phases,
  parts,
  states,
  /** The interval holds 1: nobody can say which is sooner. */
  asSoon: (name: string) => `${name} is ready about as soon in a VM as in a container`,
  later: (name: string, ratio: number) => `${name} is ready ${times(ratio)} times later in a VM`,
  sooner: (name: string, ratio: number) => `${name} is ready ${times(ratio)} times sooner in a VM`,
  weighs: (weight: number) => `, and weighs ${times(weight)} times as much`,
  stop: ".",
  alone: (name: string, kind: Kind, median: Millis) =>
    `${name} is ready after ${milliseconds(median)} ms as a ${kinds[kind]}.`,
  neither: (name: string) => `${name} was not ready once.`,
  interval: (low: number, high: number) =>
    `The ratio lies between ${times(low)} and ${times(high)} with 95 % confidence.`,
  emulated: "The VM was emulated in software (TCG): hardware acceleration would be faster.",

  table: {
    time: "ms from the request to ready",
    median: "median",
    p95: "p95",
    fastest: "fastest",
    slowest: "slowest",
    cold: "cold",
    runs: "runs",
    failed: "failed",
    phase: "median run, phase",
    memory: "MiB when ready",
    gross: "gross",
    net: "net",
    cache: "cache",
    tare: "tare",
    other: "other",
    imageCopy: "of it the image's copy",
    translated: "of it translated code",
  },
  probes: {
    port: (port: number) => `ready: TCP port ${port} listens inside`,
    line: (pattern: string) => `ready: a line of output matches ${pattern}`,
    exit: "ready: it ends with 0",
    health: "ready: its HEALTHCHECK passes",
  },
  where: "Where",
  environment: {
    threads: (cpu: string, threads: number) => `${cpu}, ${threads} ${threads === 1 ? "thread" : "threads"}`,
    kernel: (kernel: string) => `guest ${kernel}`,
    size: (cpus: string, memory: string) => `${cpus} CPU, ${memory}`,
    overhead: (time: Millis) => `the lab's own part ${milliseconds(time)} ms`,
    refused: (accelerator: string, why: string) => `${accelerator} not used: ${why}`,
  },

  progress: {
    preparing: (name: string) => `Preparing ${name}`,
    run: (run: number, of: number, kind: Kind, cold: boolean) =>
      `${cold ? "cold run" : "run"} ${run} of ${of}, ${kinds[kind]}`,
    at: (phase: string) => `: ${phase}`,
    /** What was seen last of a run. */
    moments: {
      created: "created",
      netns: "has its network",
      exec: "runs",
      startedAt: "runs",
      spawned: "QEMU runs",
      firmware: "firmware",
      kernel: "kernel",
      init: "init",
      ready: "ready",
    } satisfies { readonly [moment in keyof Moments]: string },
    left: (seconds: number) => `, about ${count(seconds)} s left`,
    ready: (run: number, of: number, kind: Kind, cold: boolean, ready: Millis) =>
      `${cold ? "cold run" : "run"} ${run} of ${of}, ${kinds[kind]}: ready after ${milliseconds(ready)} ms`,
    failed: (run: number, of: number, kind: Kind, why: string) =>
      `run ${run} of ${of}, ${kinds[kind]}: ${why}`,
    stopping: "Stopping: what was started is taken away. Ctrl-C again ends at once.",
    stopped: "Stopped. What was measured until then:",
    half: (kind: Kind, why: string) => `Without the ${kinds[kind]}: ${why}`,
    kept: (pair: string) => `Left running: ${pair}. Ctrl-C ends Tare and takes it away.`,
    notKept: (why: string) => `The result could not be written to the disk: ${why}`,
    nobody: "Nothing of this race can run here.",
  },
  runs: many,
  doctor: {
    title: "What this computer can race with",
    races: (races: number) => `${count(races)} ${races === 1 ? "race" : "races"} kept`,
    corrupt: (file: string) => `${file} is damaged and is left out. Delete it.`,
    newer: (file: string) => `${file} was made by a newer Tare and is left out. Update Tare.`,
  },
};
