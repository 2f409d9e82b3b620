import type { ComponentType } from "react";
import { ScaleView } from "./scale/scale-view.tsx";

type View = {
  readonly key: string;
  /** Its name in the catalogue. */
  readonly name: "scale";
  readonly Screen: ComponentType;
};

/** THE list of screens: a tab each, in this order, 1 to 9 on the keyboard. The first one is home and not loaded later. */
export const views: readonly [View, ...View[]] = [{ key: "scale", name: "scale", Screen: ScaleView }];
