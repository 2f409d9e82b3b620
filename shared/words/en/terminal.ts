import { durationParts } from "../../format.ts";
import type { State } from "../../model/instance.ts";
import type { EngineState } from "../../model/status.ts";
import type { TroubleCode } from "../../model/trouble.ts";

const states: { readonly [state in State]: string } = {
  created: "created",
  running: "running",
  paused: "paused",
  restarting: "restarting",
  stopping: "stopping",
  stopped: "stopped",
  dead: "dead",
  unknown: "unknown",
};

const engineStates: { readonly [state in EngineState]: string } = {
  searching: "still looking",
  ready: "connected",
  silent: "does not answer",
  lost: "went away",
  absent: "not found",
  denied: "no permission",
};

const fileTroubles: { readonly [code in TroubleCode]: string } = {
  absent: "there is no such place",
  denied: "it may not be written",
  refused: "it is refused",
  timeout: "the disk does not answer",
  garbled: "it can't be read",
  outdated: "it is of another version",
  unsafe: "it is not safe",
  misconfigured: "it is not a file",
  full: "the disk is full",
  occupied: "another process uses it",
  failed: "the disk reports an error",
};

/** What `tare check` looked at, and how many findings of each severity there are. */
type CheckCounts = {
  readonly [what in "containers" | "vms" | "critical" | "warning" | "note"]: number;
} & { readonly length: string };

export const terminal = {
  states,
  engineStates,
  columns: {
    name: "NAME",
    engine: "ENGINE",
    state: "STATE",
    cpu: "CPU",
    cpuLimit: "OF",
    throttled: "THROTTLED",
    gross: "MEMORY",
    net: "NET",
    cache: "CACHE",
    tare: "TARE",
    limit: "LIMIT",
    used: "USED",
    pids: "PIDS",
  },
  noLimit: "none",
  borrowed: {
    race: "* net as a race measured it as a container, tare the rest",
    estimate: "≈ tare of an idle guest of that kind, as a race weighed it",
  },
  nothing: "No container and no VM runs here that Tare can see. Where it looked: tare doctor",

  help: `Tare: what does the box cost? Containers and VMs, weighed live.

  tare                       start: in a window where Electron runs, else in the browser
  tare list [--json]         what runs here and what it weighs, once
  tare watch [--json]        the same each second, until Ctrl-C
  tare record OUT.tare       record until Ctrl-C, or --for 60s (10m, 2h)
  tare doctor [--json]       every engine: where Tare looked, what it found, what to do
  tare race IMAGE [--json]   start an image as a container and as a VM, in turns, and compare
  tare check [--json]        is anything over its limits? Exit code 1 if so, for pipelines
  tare link                  a new address of the Tare that runs in the browser
  tare lab doctor [--json]   what this computer can race with, and what to do about the rest

  --desktop, --web           force the window or the browser
  --port N                   port of the browser door (else one that is free)
  --no-open                  don't open the browser, only print the address
  --replay FILE              play a recording instead of watching this computer (start, list, watch,
                             check)
  --only A,B                 only these: names, groups or ids (record); with * and ? (check)
  --host NAME                write NAME into the recording instead of this computer's name
  --runs 10, --warmup 1      how often each is started, and how often before, uncounted (race)
  --ready-port N             ready when this TCP port listens inside; or
  --ready-line RE            when a line of output matches; or
  --ready-exit, --ready-health   when it ends with 0; when its HEALTHCHECK passes
  --memory 256m, --cpus 1    what each may use (race)
  --kind container|vm|both   what is started (race)
  --keep                     leave the last of each running until Ctrl-C (race)
  --fail-on warning|critical what exit code 1 is given for: this and worse (check; else warning)
  --sarif, --junit           write a report for a code host or a build server (check)
  --lang en|ko               language
  --data-dir DIR             where Tare keeps its files
  --version, --help`,

  mistakes: {
    unknownFlag: (what: string, near: string | null) =>
      `There is no ${what}. ${near ? `Did you mean ${near}?` : "All flags: tare --help"}`,
    unknownCommand: (what: string, near: string | null) =>
      `There is no command "${what}". ${near ? `Did you mean tare ${near}?` : "All commands: tare --help"}`,
    notOfCommand: (what: string, command: string | null) =>
      `${what} is no flag of tare ${command}. What is: tare --help`,
    noValue: (what: string) => `${what} needs a value. How: tare --help`,
    needsNoValue: (what: string) => `${what} takes no value. Write ${what.split("=", 1)[0]} alone.`,
    tooMuch: (what: string) => `"${what}" is one word too many. A name with spaces needs quotes.`,
    badPort: (what: string) =>
      `"${what}" is no port. A port is a number from 0 to 65535 (0: any that is free).`,
    badTime: (what: string) =>
      `"${what}" is no length of time. From 1s to 24h: --for 60s, --for 10m, --for 2h`,
    badLanguage: (what: string) => `Tare does not speak "${what}". It speaks en and ko.`,
    bothShells: "--desktop and --web can't both be. Leave one out.",
    noFile: "Where to? tare record OUT.tare",
    noImage: "What is to race? tare race IMAGE, with an image that Docker has: docker images",
    twoProbes: "One of --ready-port, --ready-line, --ready-exit and --ready-health is enough. Leave one out.",
    badLab: (what: string) => `There is no tare lab ${what}. There is: tare lab doctor`,
    badReadyPort: (what: string) => `"${what}" is no port to wait for. A port is a number from 1 to 65535.`,
    badPattern: (what: string) =>
      `"${what}" is no regular expression. A text like "ready to accept" is one as well.`,
    badRuns: (what: string) => `"${what}" is no number of runs. From 1 to 100: --runs 10`,
    badWarmup: (what: string) => `"${what}" is no number of runs before. From 0 to 5: --warmup 1`,
    badMemory: (what: string) => `"${what}" is no size of memory. From 32m to 1024g: --memory 256m`,
    badCpus: (what: string) => `"${what}" is no number of CPUs. From 0.1 to 64: --cpus 1`,
    badKind: (what: string) => `"${what}" is no kind of box. There is container, vm and both.`,
    badSeverity: (what: string) => `"${what}" is nothing to fail on. There is warning and critical.`,
    twoFormats: "One of --json, --sarif and --junit is enough. Leave one out.",
  },

  /** Why a recording is not played. */
  refused: {
    absent: (file: string) => `There is no ${file}. Check the name.`,
    denied: (file: string) => `${file} can't be read by this user. Let yourself: chmod u+r`,
    notFile: (file: string) => `${file} is not a file. Give the recording itself.`,
    empty: (file: string) => `${file} is empty: nothing was recorded. Record again: tare record`,
    foreign: (file: string) => `${file} is not a recording of Tare. One is made by tare record.`,
    newer: (file: string, format: string) =>
      `${file} was made by a newer Tare (format ${format}). Update Tare to play it.`,
    cut: (file: string, sizes: string) =>
      `${file} is cut short (${sizes} bytes are there). Copy it again from where it came.`,
    large: (file: string) => `${file} is larger than the 256 MiB that Tare plays. Record a shorter stretch.`,
    busy: (file: string) => `${file} is still being recorded. Wait until that has ended.`,
    corrupt: (file: string, what: string) => `${file} is damaged and is not played (${what}). Record again.`,
  },

  /** An error of Tare's own: what, and where in its code. */
  ownFault: (what: string) => `Tare has failed by a mistake of its own (${what}).`,

  /** `tare link`. */
  noneRuns: "No Tare of yours runs in the browser here. Start one: tare --web",
  linkUnsafe: (path: string) =>
    `${path} is not yours alone, so what answers there may not be Tare. Look at it, and remove it: ls -ld`,
  noLinksHere:
    "This system has no place where a running Tare could be asked. Press Enter in the terminal where it runs.",

  /** Why the data directory or a new file can't be used. */
  cannotUse: (path: string, code: TroubleCode) =>
    `${path} can't be used: ${fileTroubles[code]}. Choose another with --data-dir.`,
  cannotRecord: (path: string, code: TroubleCode) =>
    `${path} can't be made: ${fileTroubles[code]}. Choose another place or name.`,
  exists: (path: string) => `${path} is there already, and nothing is overwritten. Choose another name.`,

  recording: (path: string) => `Recording to ${path}. Ctrl-C ends it.`,
  notSaved: (path: string, code: TroubleCode) =>
    `${path} can't be written now: ${fileTroubles[code]}. Half an hour is kept in memory and tried again.`,
  savedAgain: (path: string) => `${path} is written again. Nothing was lost.`,
  recorded: (path: string, length: string, instances: string, size: string) =>
    `${path}: ${length}, ${instances} instances, ${size}`,
  lost: (path: string, code: TroubleCode) =>
    `The last of it is not in ${path}: ${fileTroubles[code]}. What was told saved is there.`,
  duration: (milliseconds: number): string => {
    const { days, hours, minutes, seconds } = durationParts(milliseconds);
    const parts = [`${days * 24 + hours} h`, `${minutes} min`, `${seconds} s`];
    return parts.slice(days * 24 + hours > 0 ? 0 : minutes > 0 ? 1 : 2).join(" ");
  },

  checking: (length: string) => `Watching for ${length}. Ctrl-C ends it before.`,
  check: {
    severities: { note: "note", warning: "warning", critical: "critical" },
    cleared: "over by now",
    cores: (amount: string) => `${amount} cores`,
    /** Many notes of one rule; `more`: those that are not named. */
    together: ({
      rule,
      names,
      more,
    }: {
      readonly rule: string;
      readonly names: string;
      readonly more: number;
    }) => `${rule}: ${names}${more > 0 ? ` and ${more} more` : ""}`,
    summary: ({ containers, vms, length, critical, warning, note }: CheckCounts) => {
      const many = (number: number, one: string, more: string) => `${number} ${number === 1 ? one : more}`;
      const seen = `${many(containers, "container", "containers")} and ${many(vms, "VM", "VMs")} in ${length}`;
      return critical + warning + note === 0
        ? `Nothing found: ${seen}.`
        : `${seen}: ${critical} critical, ${many(warning, "warning", "warnings")}, ${many(note, "note", "notes")}.`;
    },
  },

  doctor: {
    host: "This computer",
    size: (threads: string, memory: string) => `${threads} threads, ${memory}`,
    engines: "Engines",
    permissions: "Permissions",
    cgroup: (version: string | null) => (version === null ? "no cgroups here" : `cgroup ${version}`),
    controllers: (names: string) => `controllers: ${names || "none"}`,
    version: (version: string) => `version ${version}`,
    found: "found",
    notFound: "not found",
    may: "yes",
    mayNot: "no",
    user: (id: number, root: boolean) => (root ? "runs as root" : `runs as user ${id}`),
    limits: (path: string) => `read limits and figures of cgroups (${path})`,
    helpers: "read the memory of other users' processes (shims, QEMU)",
    helpersMend:
      "without it the tare of containers is told without their shims: run Tare as root to see them",
    kvm: "use hardware virtualization (/dev/kvm)",
  },
};
