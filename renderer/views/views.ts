import { type ComponentType, lazy } from "react";
import { ScaleView } from "./scale/scale-view.tsx";

type View = {
  readonly key: string;
  /** Its name in the catalogue. */
  readonly name: "scale";
  readonly Screen: ComponentType;
};

/** THE list of screens: a tab each, in this order. The first one is home, and is there at once. */
export const views: readonly [View, ...View[]] = [{ key: "scale", name: "scale", Screen: ScaleView }];

/** The panel that slides over every screen, fetched when one is opened first. */
export const DetailPanel = lazy(async () => ({
  default: (await import("./detail/detail-panel.tsx")).DetailPanel,
}));
