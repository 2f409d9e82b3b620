import type { ChangeState, ChangeTroubleCode, Resource } from "../../model/change.ts";
import type { Kind } from "../../model/instance.ts";
import type { Part, Phrase } from "../phrase.ts";

const strong = (text: string): Part => ({ tone: "strong", text });

const limitOf: { readonly [resource in Resource]: string } = {
  memory: "memory limit",
  cpu: "CPU quota",
  pids: "process limit",
  vmMemory: "memory",
  vmCpu: "CPU quota",
};
const whatOf: { readonly [resource in Resource]: string } = {
  memory: "memory",
  cpu: "CPU",
  pids: "processes",
  vmMemory: "memory",
  vmCpu: "CPU",
};
const boxOf: { readonly [kind in Kind]: string } = { container: "container", vm: "VM" };

type Title = {
  readonly resource: Resource;
  readonly name: string;
  /** Without its unit, which is that of `to`; null: there is no limit now. */
  readonly from: string | null;
  /** With its unit. */
  readonly to: string;
  readonly turn: "raise" | "lower" | "same";
};

/** The dialog that applies a limit, its result, and the history of changes. */
export const apply = {
  title: ({ resource, name, from, to, turn }: Title): Phrase => {
    if (from === null) return [`Limit the ${whatOf[resource]} of `, strong(name), ` to ${to}`];
    if (turn === "same") return [`The ${limitOf[resource]} of `, strong(name), ` is ${to}`];
    const verb = turn === "raise" ? "Raise" : "Lower";
    return [`${verb} the ${limitOf[resource]} of `, strong(name), ` from ${from} to ${to}`];
  },
  /** Before the engine has answered. */
  reading: (name: string): Phrase => ["The limits of ", strong(name), " are being read…"],
  about: (engine: string, project: string | null) =>
    project === null ? engine : `${engine}, project ${project}`,
  readAgain: (ago: string, moved: boolean) =>
    moved ? `read again ${ago} ago; changed by others meanwhile` : `read again ${ago} ago and unchanged`,
  /** An amount with its unit. */
  units: {
    MiB: (figure: string) => `${figure} MiB`,
    GiB: (figure: string) => `${figure} GiB`,
    cores: (figure: string) => `${figure} ${figure === "1" ? "core" : "cores"}`,
    pids: (figure: string) => `${figure} ${figure === "1" ? "process" : "processes"}`,
  },
  value: "New limit",
  valueHint: "As 320, 320m or 1.5 GiB; ↑ and ↓ step.",
  notReadable: "Not an amount.",
  now: "now",
  new: "new",
  inUseAndTenth: "in use and a tenth",
  parts: { own: "only it can give back", kernel: "kernel", cache: "cache", use: "in use" },
  newLimit: "new limit",
  limitNow: "limit now",
  /** The picture in a sentence, for those who do not see it. */
  picture: (use: string | null, from: string | null, to: string) =>
    `${use === null ? "Use not known" : `In use ${use}`}, ${from === null ? "no limit now" : `limit now ${from}`}, new limit ${to}`,

  uses: (amount: string): Phrase => ["It uses ", strong(amount), " now."],
  usesUnknown: "What it uses now is not known.",
  underNew: (share: string, spare: string) =>
    ` Under the new limit that is ${share} %, with ${spare} to spare.`,
  room: (free: string, fits: boolean) =>
    fits
      ? ` The host has ${free} free, so the room is there.`
      : ` The host has ${free} free: used to the full, it would take memory from others.`,
  hostCores: (cores: string, over: boolean) =>
    over ? ` The host has ${cores} cores, so this is as good as no limit.` : ` The host has ${cores} cores.`,
  same: "That is its limit already: nothing would change.",

  danger: (resource: Resource, kind: Kind): string =>
    ({
      memory: `The ${boxOf[kind]} may be killed as soon as this is set.`,
      vmMemory: "The guest may run out of memory as soon as this is set.",
      cpu: `The ${boxOf[kind]} is held back as soon as this is set.`,
      vmCpu: "The VM is held back as soon as this is set.",
      pids: `The ${boxOf[kind]} can start nothing more as soon as this is set.`,
    })[resource],
  /** Why: use, the same with a tenth more, what was asked. */
  dangerWhy: (use: string, floor: string, to: string) =>
    `It uses ${use}; with the usual reserve of a tenth that is ${floor}, and ${to} is less.`,
  dangerParts: (cache: string, own: string, kind: Kind) =>
    ` The kernel can take back its ${cache} of cache, but not the ${own} that only the ${boxOf[kind]} can give back.`,
  safeFrom: (amount: string): Phrase => [" From ", strong(amount), " on, nothing of it is at risk."],

  boxNow: (kind: Kind): Phrase => [strong("Now"), `, in the running ${boxOf[kind]}`],
  boxFile: [strong("For good"), ", in the file that made it"] satisfies Phrase,
  nowOut: "left out; it goes on under its present limit until it is made anew",
  linesChanged: (lines: number) =>
    `${lines} ${lines === 1 ? "line" : "lines"} changed, comments and order kept`,
  fileOut: (from: string | null) =>
    from === null
      ? "left out; once made anew it has no limit again"
      : `left out; once made anew it has ${from} again`,
  noFile: "No file that Tare can see made it. Whatever makes it anew decides its limit again.",
  noNow: "This can’t be changed while it runs.",
  difference: "Difference",
  added: "added",
  removed: "removed",

  undoLine: (both: boolean, file: boolean): Phrase => [
    strong("Undo"),
    ` (Ctrl-Z, or History) puts ${both ? "both" : file ? "the file" : "it"} back${file ? " byte for byte" : ""}.`,
  ],
  undoDanger: (above: string, from: string, resource: Resource) =>
    ` While it uses more than ${above}, going back to ${from} asks for its name${
      resource === "memory" ? ", since that could kill it" : ""
    }.`,
  nothingRestarts: "Nothing restarts. Read back after; written to History.",
  fileOnly: "Takes effect once it is made anew. Written to History.",
  nothingChanged: "Nothing has been changed.",
  nothingChosen: "Choose at least one of the two.",
  typeName: (kind: Kind, danger: boolean) =>
    danger
      ? `To set it all the same, type the ${boxOf[kind]}’s name:`
      : `To confirm, type the ${boxOf[kind]}’s name:`,
  cancel: "Cancel",
  applyBoth: "Apply both",
  apply: "Apply",
  set: (amount: string) => `Set ${amount}`,
  insteadUse: (amount: string) => `Use ${amount} instead`,
  applying: "Applying…",
  answerDialog: "Answer the dialog of the system.",
  tryAgain: "Try again",

  off: {
    title: "Tare changes nothing yet",
    text: "Changes are off. Once they are on, each one is still shown and asked for first, read back, and can be undone. Commands can be copied without that.",
    go: "To the switch",
  },

  done: {
    title: (name: string, what: Resource, amount: string): Phrase =>
      what === "vmMemory" ? [strong(name), ` has ${amount} now`] : [strong(name), ` may use ${amount} now`],
    fileTitle: (name: string, amount: string): Phrase => [
      strong(name),
      ` gets ${amount} once it is made anew`,
    ],
    undone: (name: string, amount: string | null): Phrase => [
      strong(name),
      amount === null ? " has no limit again" : ` is back at ${amount}`,
    ],
    failed: (name: string): Phrase => ["The limit of ", strong(name), " was not changed"],
    unsure: (name: string): Phrase => ["What limit ", strong(name), " has now is not known"],
    readBack: (amount: string) => `Read back from the kernel: ${amount} is in force.`,
    readOther: (amount: string) => `Read back, ${amount} is in force, which is not what was asked.`,
    notRead: "What is in force could not be read back.",
    fileWritten: "The file is written; nothing else in it changed.",
    partly: "One of the two did not work:",
    undo: "Undo",
    undoing: "Undoing…",
    history: "History",
    close: "Close",
    stay: "Leave it",
    undoAllTheSame: "Undo all the same",
    safeToClose: "Ctrl-Z undoes it, here or later.",
  },

  history: {
    title: "History of changes",
    none: "Nothing has been changed yet.",
    note: "The newest first. What can be undone goes back to what was before.",
    columns: { at: "When", name: "Instance", what: "Limit", change: "Change", state: "Outcome" },
    what: limitOf,
    change: (from: string | null, to: string) => `${from ?? "none"} → ${to}`,
    states: {
      applied: "applied",
      failed: "failed, nothing changed",
      undone: "undone",
      unknown: "not known",
    } satisfies { readonly [state in ChangeState]: string },
    inFile: "also in its file",
    undo: (name: string) => `Undo the change of ${name}`,
    failedToLoad: "The history could not be read.",
  },

  /** A trouble: what is the matter, and what puts it right. Path or name and foreign message stand beside, as text. */
  troubles: {
    off: { what: "Changes are off.", mend: "Turn them on in the settings." },
    replay: {
      what: "This is a recording: it can’t be changed.",
      mend: "Go back to live with Esc, then apply it there.",
    },
    gone: {
      what: "The instance is no more.",
      mend: "Nothing was changed. Start it again, or close this and choose another.",
    },
    replaced: {
      what: "Another one of the same name took its place.",
      mend: "Nothing was changed. Close this and open the new one: its limits may be others.",
    },
    changed: {
      what: "Its limits were changed since they were read.",
      mend: "Nothing was changed. They are read again; look at the difference once more.",
    },
    expired: {
      what: "This was prepared more than a minute ago.",
      mend: "Nothing was changed. It is read again; confirm once more.",
    },
    "below-use": {
      what: "The new limit is below what it uses now and a tenth more.",
      mend: "Choose a higher one, or type its name to set it all the same.",
    },
    name: { what: "The name does not match.", mend: "Type it exactly as it stands in the title." },
    declined: { what: "You said no.", mend: "Nothing was changed." },
    refused: {
      what: "The engine or the kernel refused this value.",
      mend: "Nothing was changed. Its own words stand below; choose another value.",
    },
    unanswered: {
      what: "The engine’s answer was lost.",
      mend: "What is in force now was read back, and is told above.",
    },
    "file-gone": {
      what: "The compose file is not where it was.",
      mend: "Put it back, or leave “For good” out.",
    },
    "file-read-only": {
      what: "The compose file can’t be written.",
      mend: "Give Tare’s user the right to write it, or copy the lines into it yourself.",
    },
    "file-not-yaml": {
      what: "The compose file is not valid YAML.",
      mend: "Mend it first (docker compose config tells where), or leave “For good” out.",
    },
    "file-changed": {
      what: "The compose file was changed meanwhile.",
      mend: "It was left as it is. It is read again; look at the difference once more.",
    },
    "file-unclear": {
      what: "The value comes from where Tare can’t write it safely.",
      mend: "A variable, an anchor that others use, or another file: change it there by hand.",
    },
    journal: {
      what: "The change could not be noted, so it was not made.",
      mend: "Make room on the disk, or the data directory writable.",
    },
    unsupported: {
      what: "This limit can’t be changed here.",
      mend: "Copy the command or the lines, and run them where it was made.",
    },
    failed: { what: "It did not work.", mend: "Nothing is known to have changed. Try again." },
  } satisfies { readonly [code in ChangeTroubleCode]: { readonly what: string; readonly mend: string } },
  /** Tare itself did not answer. */
  lost: {
    what: "The connection to Tare was lost.",
    mend: "If the change was confirmed, it may have been made: the history tells once Tare is back.",
  },
};
