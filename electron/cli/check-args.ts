import type { Millis } from "../../shared/model/units.ts";
import { duration } from "./duration.ts";

/** `tare check` as it was asked for. */
export type CheckCommand = {
  readonly name: "check";
  readonly failOn: "warning" | "critical";
  /** How long this computer is looked at; a recording is looked at whole. */
  readonly for: Millis;
  readonly format: "text" | "json" | "sarif" | "junit";
  /** Patterns of names, groups or ids; empty: all, and the computer itself. */
  readonly only: readonly string[];
  readonly replay: string | null;
};

/** Why it is not understood; words/terminal.ts has a line with a mend for each. */
export type CheckMistake =
  | { readonly mistake: "badSeverity"; readonly what: string }
  | { readonly mistake: "badTime"; readonly what: string }
  | { readonly mistake: "twoFormats" };

export const checkFlags = {
  "fail-on": { type: "string" },
  sarif: { type: "boolean" },
  junit: { type: "boolean" },
} as const;
export type CheckFlag = keyof typeof checkFlags;

type Given = ReadonlyMap<CheckFlag | "json" | "for" | "only" | "replay", string>;

/** The flags of `tare check` to what they ask for; pure. */
export function check(given: ReadonlyMap<string, string>): CheckCommand | CheckMistake {
  const flags = given as Given;
  const failOn = flags.get("fail-on") ?? "warning";
  if (failOn !== "warning" && failOn !== "critical") return { mistake: "badSeverity", what: failOn };
  const time = flags.get("for") ?? "30s";
  const length = duration(time);
  if (length === null) return { mistake: "badTime", what: time };
  const [format = "text", another] = (["json", "sarif", "junit"] as const).filter((one) => flags.has(one));
  if (another) return { mistake: "twoFormats" };
  const only = (flags.get("only") ?? "").split(",").filter((one) => one !== "");
  return { name: "check", failOn, for: length, format, only, replay: flags.get("replay") ?? null };
}
