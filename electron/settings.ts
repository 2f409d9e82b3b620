import { join } from "node:path";
import {
  defaultSettings,
  parseSettings,
  refusalOf,
  type Settings,
  type SettingsPatch,
  type SettingsTold,
  settingsText,
} from "../shared/model/settings.ts";
import type { Trouble } from "../shared/model/trouble.ts";
import type { Handlers } from "../shared/wire/calls.ts";
import { troubleOf } from "./engines/trouble-of.ts";
import { dataDirectory, dataPath } from "./machine/data-directory.ts";
import { readWhole, writeWhole } from "./machine/write-whole.ts";

export type SettingsStore = Pick<Handlers, "settings" | "setSettings"> & {
  /** Those in force, without a look at the disk: the rules ask at each tick. */
  now(): Settings;
};

/** Half a thousand mutes with long names take a quarter of it. */
const mostBytes = 1 << 20;

/**
 * What the user set, in settings.json of the data directory (null: the system's own). It is read again whenever a page asks,
 * since another Tare or an editor may have written it. A file that can't be used is left as it is, never written over: the
 * defaults hold until it is mended or removed. Without a data directory nothing is lost but the keeping.
 */
export function openSettings(directory: string | null): SettingsStore {
  const path = join(dataPath(directory), "settings.json");
  let settings = defaultSettings;
  let trouble: Trouble | null = null;

  const read = () => {
    const before = settings;
    settings = defaultSettings;
    trouble = null;
    try {
      const parsed = parseSettings(readWhole(path, mostBytes).bytes.toString("utf8"));
      if ("code" in parsed) trouble = { ...parsed, where: path };
      // The same object while nothing changed: whoever holds it sees that.
      else settings = JSON.stringify(parsed) === JSON.stringify(before) ? before : parsed;
    } catch (error) {
      if (!isAbsent(error)) trouble = troubleOf(error, path);
    }
  };

  const told = (): SettingsTold => ({ settings, path, trouble });

  read();
  return {
    now: () => settings,
    settings() {
      read();
      return told();
    },
    setSettings(patch) {
      read();
      if (trouble !== null) return { trouble };
      const next = patched(settings, patch);
      const refusal = refusalOf(next);
      if (refusal !== null) return { trouble: { ...refusal, where: path } };
      try {
        dataDirectory(directory);
        writeWhole(path, settingsText(next), null);
      } catch (error) {
        return { trouble: troubleOf(error, path) };
      }
      settings = next;
      return { settings };
    },
  };
}

const patched = (settings: Settings, patch: SettingsPatch): Settings => ({
  ...settings,
  ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)),
});

/** Nothing was ever set, or there is no data directory yet. */
const isAbsent = (error: unknown): boolean =>
  ["ENOENT", "ENOTDIR"].includes(String((error as NodeJS.ErrnoException).code));
