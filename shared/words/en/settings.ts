import type { TroubleCode } from "../../model/trouble.ts";
import type { ContradictionCode } from "../../rules/contradictions.ts";
import type { Thresholds } from "../../rules/thresholds.ts";

type Row = { readonly name: string; readonly note: string };

/** The page of settings: one line a setting, what it costs or brings under it. */
export const settings = {
  title: "Settings",
  sections: "Sections",
  parts: {
    look: "Look",
    changes: "Changes",
    alerts: "Alerts",
    findings: "Findings",
    lab: "Startup lab",
    data: "Data",
  },
  on: "on",
  off: "off",
  loading: "The settings are being read…",
  lost: "Tare did not answer: nothing was changed.",
  hints: { move: "move", switch: "switch", back: "back" },

  theme: { name: "Theme", note: "" },
  themes: { system: "System", light: "Light", dark: "Dark" },
  language: { name: "Language", note: "" },
  languages: { browser: "Browser’s", en: "English", ko: "한국어" },
  keys: { name: "Keys", note: "everything can be reached by them", show: "Show all" },

  changes: {
    name: "Let Tare change limits",
    note: "each change is shown and asked for first, read back, and can be undone",
  },
  history: {
    name: "History of changes",
    note: "",
    none: "none yet",
    count: (count: string) => `${count} ${count === "1" ? "change" : "changes"}`,
  },

  alerts: {
    name: "Tell findings as they open",
    note: "warnings and worse: here, and by the system in Tare’s own window; notes never",
  },
  quiet: {
    name: "Quiet hours",
    note: "only what is critical is told then",
    from: "Quiet from",
    to: "Quiet until",
    between: "to",
    notATime: "A time of day, as 22:00.",
    same: "Both are the same time: that is no stretch. Take two that differ.",
  },
  muted: {
    name: "Muted",
    none: "none",
    note: "from a finding’s menu; told nowhere until it is told again",
    everyone: "every instance",
    all: "all findings",
    of: (who: string, what: string) => `${who}: ${what}`,
    again: "Tell again",
    againOf: (what: string) => `Tell again: ${what}`,
  },

  judged: {
    groups: {
      memory: "Memory",
      cpu: "CPU",
      others: "Processes and disk",
      size: "Too large",
      restarts: "Restarts",
    },
    names: {
      memoryNear: {
        name: "Near the memory limit from",
        note: "of the limit, and rising; cache alone never counts",
      },
      fillsWithin: { name: "Filling up if full within", note: "by its slope, where a line fits it well" },
      thrashingPressure: {
        name: "Thrashing from",
        note: "of the time spent waiting for memory, at the limit",
      },
      thrashingFor: { name: "lasting at least", note: "shorter bursts are not told" },
      killedFor: { name: "A kill is told for", note: "after the last one" },
      throttledPeriods: { name: "Throttled from", note: "of periods cut short" },
      throttledTime: { name: "and with", note: "of its time lost; both have to hold" },
      throttledFor: { name: "lasting at least", note: "a burst against a low quota is no finding" },
      starvedPressure: {
        name: "Starved from",
        note: "of the time spent waiting for a core, without a quota’s doing",
      },
      starvedFor: { name: "lasting at least", note: "" },
      pidsNear: { name: "Near the process limit from", note: "of the limit; at it, nothing more starts" },
      ioNear: { name: "Held back by a disk limit from", note: "of the limit" },
      ioFor: { name: "lasting at least", note: "" },
      unusedBelow: { name: "A limit or size is too large if", note: "of it at most was ever used" },
      unusedFor: { name: "watched for", note: "nothing is called unused or held before" },
      headroom: { name: "A proposal adds", note: "to the largest need that was seen" },
      restarts: { name: "A restart loop from", note: "restarts within an hour" },
      restartsFor: { name: "over after", note: "without another restart" },
    } satisfies { readonly [name in keyof Thresholds]: Row },
    usual: (value: string) => `default ${value}`,
    toUsual: (name: string, value: string) => `${name}: default ${value}`,
    units: {
      percent: (figure: string) => `${figure} %`,
      count: (figure: string) => figure,
      s: (figure: string) => `${figure} s`,
      min: (figure: string) => `${figure} min`,
      h: (figure: string) => `${figure} h`,
    },
    /** What is wrong with something typed, by what it should be. */
    notRead: {
      percent: "A share from 0 to 100 %.",
      time: "A time from 1 s to 1 h, as 30 s or 5 min.",
      count: "A whole number from 2 to 100.",
    },
    contradictions: {
      always: "At 0 it would hold of everything. Take more than 0.",
      "unused-near":
        "A limit would be too large and nearly reached at once. Keep “too large” below “near the limit”.",
      "headroom-unused":
        "What is proposed for a limit that is too large would be larger still. Take less of one of the two.",
    } satisfies { readonly [code in ContradictionCode]: string },
    allUsual: "All defaults",
  },

  kernel: {
    name: "Kernel of the guests",
    note: "TARE_KERNEL goes before it; empty: this computer’s own",
    own: "this computer’s own",
  },

  file: { name: "Kept in", note: "one file; only what differs from the defaults", none: "not told yet" },
  sent: { name: "Sent anywhere", note: "no account, no telemetry, no update check", value: "nothing" },

  /** The file can't be used, or not be written. */
  troubles: {
    title: "The settings file is not used",
    kept: "It is left as it is; the defaults hold until it is mended.",
    notKept: "Nothing was changed.",
    codes: {
      absent: "It is not there, and can’t be made. Make its directory, or let Tare’s user do so.",
      denied: "Tare may not read or write it. Give its user the right to.",
      refused: "It was refused.",
      timeout: "The disk did not answer in time. Try again.",
      garbled: "It is no valid settings file. Mend it by hand, or remove it.",
      outdated: "A newer Tare wrote it. Start that one, or remove the file.",
      unsafe: "It is not safe to use: a link, or others may write it.",
      misconfigured: "Two of its thresholds contradict each other. Change one of them in the file.",
      full: "The disk is full. Make room, then try again.",
      occupied: "Something else holds it. Try again.",
      failed: "It could not be read or written.",
    } satisfies { readonly [code in TroubleCode]: string },
  },
};
