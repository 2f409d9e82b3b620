import type { Mute } from "../../shared/model/settings.ts";
import { useSettings } from "./settings.ts";

const none: readonly Mute[] = [];

/** What is muted. The same array until the settings change. */
export const mutesNow = (): readonly Mute[] => useSettings.getState().told?.settings.muted ?? none;
/** The same, followed. */
export const useMutes = (): readonly Mute[] => useSettings(mutesNow);
