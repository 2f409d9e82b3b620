import { parseArgs } from "node:util";
import type { Millis } from "../../shared/model/units.ts";
import type { Language } from "../../shared/words/language.ts";
import { type CheckCommand, type CheckFlag, type CheckMistake, check, checkFlags } from "./check-args.ts";
import { duration } from "./duration.ts";
import { type RaceCommand, type RaceFlag, type RaceMistake, race, raceFlags } from "./race-args.ts";

/** What the user asked for. */
export type Command =
  | {
      readonly name: "start";
      /** null: Electron where it can run, else the browser. */
      readonly shell: "desktop" | "web" | null;
      /** 0: one that is free. */
      readonly port: number;
      readonly open: boolean;
      readonly replay: string | null;
      readonly origin: string | null;
    }
  | { readonly name: "list" | "watch"; readonly json: boolean; readonly replay: string | null }
  | { readonly name: "doctor"; readonly json: boolean }
  | {
      readonly name: "record";
      readonly path: string;
      /** null: until Ctrl-C. */
      readonly for: Millis | null;
      /** Names, groups or ids; empty: all. */
      readonly only: readonly string[];
      /** Stands for this computer's name in the file. */
      readonly host: string | null;
    }
  | RaceCommand
  | CheckCommand
  | { readonly name: "lab"; readonly json: boolean }
  | { readonly name: "link" | "version" | "help" };

/** Why it is not understood; words/terminal.ts has a line with a mend for each. */
export type Mistake =
  | {
      readonly mistake: "unknownFlag" | "unknownCommand" | "notOfCommand";
      readonly what: string;
      readonly near: string | null;
    }
  | { readonly mistake: "noValue" | "needsNoValue" | "tooMuch"; readonly what: string }
  | { readonly mistake: "badPort" | "badTime" | "badLanguage"; readonly what: string }
  | { readonly mistake: "bothShells" | "noFile" }
  | { readonly mistake: "badLab"; readonly what: string }
  | RaceMistake
  | CheckMistake;

export type Asked = {
  /** null: as the system says. */
  readonly language: Language | null;
  readonly dataDirectory: string | null;
} & ({ readonly command: Command } | Mistake);

const flags = {
  desktop: { type: "boolean" },
  web: { type: "boolean" },
  port: { type: "string" },
  "no-open": { type: "boolean" },
  replay: { type: "string" },
  origin: { type: "string" },
  lang: { type: "string" },
  "data-dir": { type: "string" },
  version: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  for: { type: "string" },
  only: { type: "string" },
  host: { type: "string" },
  ...raceFlags,
  ...checkFlags,
} as const;
type Flag = keyof typeof flags;

const everywhere: readonly Flag[] = ["lang", "data-dir", "version", "help"];
const commands = {
  start: ["desktop", "web", "port", "no-open", "replay", "origin"],
  list: ["json", "replay"],
  watch: ["json", "replay"],
  record: ["for", "only", "host"],
  doctor: ["json"],
  race: ["json", ...(Object.keys(raceFlags) as RaceFlag[])],
  check: ["json", "for", "only", "replay", ...(Object.keys(checkFlags) as CheckFlag[])],
  lab: ["json"],
  link: [],
} as const satisfies Record<string, readonly Flag[]>;
const isCommand = (word: string): word is keyof typeof commands => Object.hasOwn(commands, word);
const isFlag = (word: string): word is Flag => Object.hasOwn(flags, word);

/** Command line to command; pure. The first mistake is told, and the language even then, so that it is told in it. */
export function parseCommand(argv: readonly string[]): Asked {
  const { tokens } = parseArgs({
    args: [...argv],
    options: flags,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<Flag, string>();
  const words: string[] = [];
  let wrong: Mistake | null = null;
  const mistake = (one: Mistake) => {
    wrong ??= one;
  };
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    if (!isFlag(name))
      mistake({ mistake: "unknownFlag", what: rawName, near: nearest(name, Object.keys(flags), "--") });
    else if (flags[name].type === "boolean") {
      if (value !== undefined) mistake({ mistake: "needsNoValue", what: rawName });
      given.set(name, "");
      // Without `=`, what begins with a dash is the next flag, not this one's value.
    } else if (value === undefined || value === "" || (!inlineValue && value.startsWith("-")))
      mistake({ mistake: "noValue", what: rawName });
    else given.set(name, value);
  }

  const lang = given.get("lang");
  const language: Language | null = lang === "en" || lang === "ko" ? lang : null;
  if (lang !== undefined && language === null) mistake({ mistake: "badLanguage", what: lang });
  const asked = { language, dataDirectory: given.get("data-dir") ?? null };
  if (wrong) return { ...asked, ...(wrong as Mistake) };
  if (given.has("help")) return { ...asked, command: { name: "help" } };
  if (given.has("version")) return { ...asked, command: { name: "version" } };
  const understood = commandOf(words, given);
  return "mistake" in understood ? { ...asked, ...understood } : { ...asked, command: understood };
}

function commandOf(
  [word = "start", ...rest]: readonly string[],
  given: ReadonlyMap<Flag, string>,
): Command | Mistake {
  if (!isCommand(word))
    return { mistake: "unknownCommand", what: word, near: nearest(word, Object.keys(commands), "") };
  const allowed: readonly Flag[] = [...commands[word], ...everywhere];
  const stranger = [...given.keys()].find((flag) => !allowed.includes(flag));
  if (stranger) return { mistake: "notOfCommand", what: `--${stranger}`, near: word };
  const operands = word === "record" || word === "race" || word === "lab" ? 1 : 0;
  if (rest.length > operands) return { mistake: "tooMuch", what: rest[operands] ?? "" };
  const json = given.has("json");
  const replay = given.get("replay") ?? null;
  switch (word) {
    case "start":
      return start(given, replay);
    case "list":
    case "watch":
      return { name: word, json, replay };
    case "doctor":
      return { name: word, json };
    case "record":
      return record(given, rest[0]);
    case "race":
      return race(given, rest[0]);
    case "check":
      return check(given);
    case "link":
      return { name: word };
    case "lab":
      return rest[0] === "doctor" ? { name: word, json } : { mistake: "badLab", what: rest[0] ?? "" };
  }
}

function start(given: ReadonlyMap<Flag, string>, replay: string | null): Command | Mistake {
  const [desktop, web] = [given.has("desktop"), given.has("web")];
  if (desktop && web) return { mistake: "bothShells" };
  const port = given.get("port") ?? "0";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return { mistake: "badPort", what: port };
  const origin = given.get("origin") ?? null;
  const shell = desktop ? "desktop" : web ? "web" : null;
  return { name: "start", shell, port: Number(port), open: !given.has("no-open"), replay, origin };
}

function record(given: ReadonlyMap<Flag, string>, path: string | undefined): Command | Mistake {
  if (path === undefined || path === "") return { mistake: "noFile" };
  const time = given.get("for");
  const length = time === undefined ? null : duration(time);
  if (time !== undefined && length === null) return { mistake: "badTime", what: time };
  const only = (given.get("only") ?? "").split(",").filter((one) => one !== "");
  return { name: "record", path, for: length, only, host: given.get("host") ?? null };
}

/** The word that was meant: within two letters of what was typed; null: none. */
function nearest(typed: string, known: readonly string[], prefix: string): string | null {
  const [best] = known.map((word) => ({ word, far: distance(typed, word) })).sort((a, b) => a.far - b.far);
  return best && best.far <= 2 ? prefix + best.word : null;
}

/** Letters to add, drop or change (Levenshtein), row by row. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...a.slice(0, 32)].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...b].entries())
      next.push(
        Math.min(
          (row[column] ?? 0) + (letter === other ? 0 : 1),
          (row[column + 1] ?? 0) + 1,
          (next[column] ?? 0) + 1,
        ),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
