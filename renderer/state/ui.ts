import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { EngineName, Kind } from "../../shared/model/instance.ts";
import type { Language } from "../../shared/words/language.ts";

export type ScaleMode = "linear" | "log" | "area";
export type GroupBy = "kind" | "project" | "engine" | "none";
export type SortKey = "name" | "gross" | "ratio" | "used" | "cores" | "throttled" | "image" | "ready" | "up";
export type Sort = { readonly by: SortKey; readonly down: boolean };
export type StateFilter = "running" | "all" | "over";
export type LimitsOrder = "worst" | "project";
/** findings: those set apart from who is within its limits · over: only who is over one · all: everybody in one list */
export type LimitsShown = "findings" | "over" | "all";
export type KindFilter = Kind | "both";
export type Theme = "system" | "light" | "dark";
/** The parts of the settings, as they stand under each other. */
export const settingsParts = ["look", "changes", "alerts", "lab", "data", "findings"] as const;
export type SettingsPart = (typeof settingsParts)[number];

/** What the user chose. Everything here stays from one visit to the next, but what `passing` names. */
export type Ui = {
  /** Key of an entry of views.ts. */
  readonly screen: string;
  readonly mode: ScaleMode;
  /** The lens over the containers, where rows are grouped by kind or project. */
  readonly lens: boolean;
  /** Grouped otherwise there is one ruler; this narrows it to what the lens would show. */
  readonly narrow: boolean;
  readonly sort: Sort;
  /** null: by kind, by project from 100 rows on. */
  readonly group: GroupBy | null;
  readonly state: StateFilter;
  /** null: all but the groups that no engine explains. */
  readonly engine: EngineName | null;
  readonly project: string | null;
  readonly search: string;
  readonly limitsOrder: LimitsOrder;
  readonly limitsShown: LimitsShown;
  /** On Limits: one kind, or both. */
  readonly limitsKind: KindFilter;
  /** The row that the keyboard stands on: an instance's id or a group's key. */
  readonly selected: string | null;
  /** The instance whose panel is open. The list behind it keeps ↑ and ↓ and moves `selected` and `open` together. */
  readonly open: string | null;
  /** By key of a group: folded away or not, where the user said so. */
  readonly folds: { readonly [key: string]: boolean };
  /** The figures of a chart as a table. */
  readonly asTable: boolean;
  readonly help: boolean;
  /** The part of the settings that is open, in place of the screen; null: they are not. */
  readonly settings: SettingsPart | null;
  /** The history of changes is open. */
  readonly history: boolean;
  /** An image that Startup is to begin with, by name; null: as it was left. */
  readonly toRace: string | null;
  /** The heading of docs/measuring.md that is read; null: none. */
  readonly meaning: string | null;
  readonly presenting: boolean;
  /** null: as the browser asks. */
  readonly language: Language | null;
  readonly theme: Theme;
};

const atFirst: Ui = {
  screen: "scale",
  mode: "linear",
  lens: true,
  narrow: false,
  sort: { by: "gross", down: true },
  group: null,
  state: "running",
  engine: null,
  project: null,
  search: "",
  limitsOrder: "worst",
  limitsShown: "findings",
  limitsKind: "both",
  selected: null,
  open: null,
  folds: {},
  asTable: false,
  help: false,
  settings: null,
  history: false,
  toRace: null,
  meaning: null,
  presenting: false,
  language: null,
  theme: "system",
};

/** Left behind when the page closes: they belong to the moment. */
const passing = [
  "search",
  "selected",
  "open",
  "help",
  "settings",
  "history",
  "toRace",
  "meaning",
  "presenting",
] as const satisfies readonly (keyof Ui)[];

export const useUi = create<Ui>()(
  persist(() => atFirst, {
    name: "tare",
    version: 1,
    partialize: (ui) =>
      Object.fromEntries(
        Object.entries(ui).filter(([key]) => !(passing as readonly string[]).includes(key)),
      ) as Ui,
  }),
);

/** Changes some of the choices. Going to a screen or an instance leaves the settings. */
export const choose = (change: Partial<Ui>): void => {
  const leaves = change.screen !== undefined || (change.open ?? null) !== null;
  useUi.setState(leaves ? { settings: null, ...change } : change);
};
/** Goes to the settings, to a part of them. */
export const toSettings = (settings: SettingsPart): void =>
  choose({ settings, open: null, presenting: false });
/** Goes to Startup, with an image to begin with; `null`: as it was left. */
export const toStartup = (image: string | null): void =>
  choose({ screen: "startup", toRace: image, open: null, presenting: false });
/** Back to how a first visit finds it; for tests and the settings. */
export const startOver = (): void => {
  useUi.setState(atFirst);
};
