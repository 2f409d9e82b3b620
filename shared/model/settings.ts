import * as z from "zod/mini";
import { contradictions } from "../rules/contradictions.ts";
import { defaultThresholds, thresholdsSchema } from "../rules/thresholds.ts";
import { ruleIds } from "./finding.ts";
import type { Trouble } from "./trouble.ts";

const minuteOfDay = z.int().check(z.minimum(0), z.maximum(1_439));

/** What is muted: a rule everywhere, an instance altogether, or one rule of one instance; by name, so that it outlives a restart. */
const mute = z.strictObject({
  rule: z.nullable(z.enum(ruleIds)),
  name: z.nullable(z.string().check(z.maxLength(512))),
});
export type Mute = z.infer<typeof mute>;

/** All that the user may set, as it stands in settings.json. What is not in the file has its default. */
export const settingsSchema = z.strictObject({
  /** Tare may change limits when it is told to. */
  changes: z.boolean(),
  /** Tell findings while they open: toasts in the page, notifications of the system. */
  alerts: z.boolean(),
  /** Minutes of the day, local time, in which only critical findings are told; from > to goes over midnight. */
  quietHours: z.nullable(z.strictObject({ from: minuteOfDay, to: minuteOfDay })),
  muted: z.array(mute).check(z.maxLength(500)),
  thresholds: thresholdsSchema,
  /** Kernel that the startup lab boots guests with; null: the computer's own. */
  kernel: z.nullable(z.string().check(z.maxLength(4_096))),
});
export type Settings = z.infer<typeof settingsSchema>;

/** What a page may change at once; thresholds that contradict each other are refused. */
export const settingsPatchSchema = z.partial(settingsSchema);
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

export const defaultSettings: Settings = {
  changes: false,
  alerts: true,
  quietHours: null,
  muted: [],
  thresholds: defaultThresholds,
  kernel: null,
};

/** What a page is told of the settings. */
export type SettingsTold = {
  /** Those that are in force: the defaults where the file can't be used. */
  readonly settings: Settings;
  /** Where they are kept. */
  readonly path: string;
  /**
   * Why the file is not used, or can't be kept; null: all is well. garbled: no settings · outdated: of a newer Tare ·
   * misconfigured: its thresholds contradict each other · denied, absent, full, failed: the system's word.
   */
  readonly trouble: Trouble | null;
};

/** Raised when an older Tare would misread the file. */
const fileFormat = 1;
/** The file as it stands: only what differs from the defaults. */
const fileSchema = z.partial(
  z.extend(settingsSchema, {
    format: z.int().check(z.minimum(1)),
    thresholds: z.partial(thresholdsSchema),
  }),
);

/** Why a text is no settings, in the words of Trouble. */
export type SettingsRefusal = {
  readonly code: "garbled" | "outdated" | "misconfigured";
  readonly cause: string;
};

/**
 * Reads settings.json:
 *   {"format":1,"changes":true,"thresholds":{"memoryNear":0.8}}
 * An unknown key is refused: it is a misspelt one, or a newer Tare's.
 */
export function parseSettings(text: string): Settings | SettingsRefusal {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { code: "garbled", cause: String((error as Error).message) };
  }
  const newer = z.object({ format: z.number().check(z.minimum(fileFormat + 1)) }).safeParse(json);
  if (newer.success) return { code: "outdated", cause: `format ${newer.data.format}` };
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) return { code: "garbled", cause: placesOf(parsed.error.issues) };
  const { format: _, thresholds, ...rest } = parsed.data;
  const settings = {
    ...defaultSettings,
    ...withoutUndefined(rest),
    thresholds: { ...defaultThresholds, ...withoutUndefined(thresholds ?? {}) },
  };
  return refusalOf(settings) ?? settings;
}

/** Which keys are wrong: "thresholds.memoryNear", "chnages?" for one that nobody knows; "settings" for the whole. */
const placesOf = (issues: readonly z.core.$ZodIssue[]): string =>
  issues
    .flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => `${[...issue.path, key].join(".")}?`)
        : [issue.path.join(".") || "settings"],
    )
    .join(", ");

/** Thresholds that can't both hold; null: they can. */
export function refusalOf({ thresholds }: Settings): SettingsRefusal | null {
  const [first] = contradictions(thresholds);
  if (!first) return null;
  const cause = first.names.map((name) => `${name} (${thresholds[name]})`).join(", ");
  return { code: "misconfigured", cause };
}

/** settings.json for these settings; a later Tare's better defaults reach whoever left them alone. */
export function settingsText(settings: Settings): string {
  const { thresholds, ...rest } = settings;
  const changed = differing(rest, defaultSettings);
  const judged = differing(thresholds, defaultThresholds);
  const file = {
    format: fileFormat,
    ...changed,
    ...(Object.keys(judged).length > 0 && { thresholds: judged }),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

const differing = <All extends object>(all: All, from: { readonly [name in keyof All]: unknown }) =>
  Object.fromEntries(
    Object.entries(all).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(from[name as keyof All]),
    ),
  );

type Given<All> = { [Name in keyof All]-?: Exclude<All[Name], undefined> };
/** What was left out keeps its default. */
const withoutUndefined = <All extends object>(all: All) =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Partial<Given<All>>;
