import { type ComponentType, lazy } from "react";
import { ScaleView } from "./scale/scale-view.tsx";

export type View = {
  readonly key: string;
  /** Its name in the catalogue. */
  readonly name: "scale" | "startup" | "limits";
  readonly Screen: ComponentType;
  /** The find field narrows what it shows. */
  readonly finds: boolean;
  /** It has a form of its own for a projector. */
  readonly presents: boolean;
};

const StartupView = lazy(async () => ({
  default: (await import("./startup/startup-view.tsx")).StartupView,
}));

const LimitsView = lazy(async () => ({
  default: (await import("./limits/limits-view.tsx")).LimitsView,
}));

/** THE list of screens: a tab each, in this order. The first one is home, and is there at once. */
export const views: readonly [View, ...View[]] = [
  { key: "scale", name: "scale", Screen: ScaleView, finds: true, presents: true },
  { key: "startup", name: "startup", Screen: StartupView, finds: false, presents: false },
  { key: "limits", name: "limits", Screen: LimitsView, finds: true, presents: false },
];

/** The panel that slides over every screen, fetched when one is opened first. */
export const DetailPanel = lazy(async () => ({
  default: (await import("./detail/detail-panel.tsx")).DetailPanel,
}));

/** The settings, in place of a screen; no tab leads there. */
export const SettingsPage = lazy(async () => ({
  default: (await import("./settings/settings-page.tsx")).SettingsPage,
}));
