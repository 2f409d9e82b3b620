import { useChanges } from "../../../renderer/state/changes.ts";
import { useSettings } from "../../../renderer/state/settings.ts";
import type { Ui } from "../../../renderer/state/ui.ts";
import { defaultSettings, type Settings } from "../../../shared/model/settings.ts";
import type { Handlers } from "../../../shared/wire/calls.ts";
import { frameOf } from "../../fixtures/synthetic.ts";
import { usual } from "../../fixtures/synthetic-bodies.ts";
import { type OpenPage, openPage } from "../page.tsx";

/** Fetched when it is shown first, which takes longer than a test waits on a busy machine. */
await import("../../../renderer/views/settings/settings-page.tsx");

/** A page whose machine keeps settings as the real one does, in memory. `kept`: those that hold there now. */
export async function openSettingsPage(
  given: Partial<Settings> = {},
  answers: Partial<Handlers> = {},
  ui: Partial<Ui> = { settings: "look" },
): Promise<OpenPage & { kept(): Settings }> {
  useSettings.setState({ told: null });
  useChanges.setState({ list: null, failed: false });
  let settings: Settings = { ...defaultSettings, ...given };
  const path = "/home/ada/.local/share/tare/settings.json";
  const page = await openPage(
    [0, 1].map((second) => frameOf(usual(), second)),
    ui,
    {
      settings: () => ({ settings, path, trouble: null }),
      setSettings: (patch) => {
        settings = { ...settings, ...(patch as Partial<Settings>) };
        return { settings };
      },
      ...answers,
    },
  );
  return { ...page, kept: () => settings };
}
