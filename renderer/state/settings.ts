import { useEffect } from "react";
import { create } from "zustand";
import type { SettingsPatch, SettingsTold } from "../../shared/model/settings.ts";
import type { Trouble } from "../../shared/model/trouble.ts";
import { call } from "./channel.ts";
import { useWorld } from "./world.ts";

/** What the user set, as the machine's side told it last; null: not yet. Only this file writes. */
export const useSettings = create<{ readonly told: SettingsTold | null }>()(() => ({ told: null }));

/** Asks for the settings anew; without an answer they stay as they were. */
export async function loadSettings(): Promise<void> {
  const told = await call("settings", {}).catch(() => null);
  if (told !== null) useSettings.setState({ told });
}

/** `lost`: Tare did not answer. */
export type SettingsRefused = Trouble | "lost";

/** Changes some settings; null: they hold. Refused, all stays as it was. */
export async function changeSettings(patch: SettingsPatch): Promise<SettingsRefused | null> {
  const reply = await call("setSettings", patch).catch(() => null);
  if (reply === null) return "lost";
  if ("trouble" in reply) return reply.trouble;
  useSettings.setState(({ told }) => ({
    told: { path: told?.path ?? "", trouble: null, settings: reply.settings },
  }));
  return null;
}

/** Keeps the settings up to date: with each connection, and when the user comes back from elsewhere. */
export function useFreshSettings(): void {
  const live = useWorld(({ connection }) => connection === "live");
  useEffect(() => {
    if (!live) return;
    const load = () => void loadSettings();
    load();
    window.addEventListener("focus", load);
    return () => window.removeEventListener("focus", load);
  }, [live]);
}
