import { useMemo } from "react";
import { type Hue, Sparkline } from "../charts/sparkline.tsx";
import { type Trail, unroll, useStep } from "./series.ts";

/** Points of a sparkline: a minute and a half. */
const points = 90;

type SparklineOfProps = {
  readonly trail: Trail | null;
  readonly hue: Hue;
  readonly fill: boolean;
  readonly width: number;
  readonly height: number;
};

/** The end of a trail, drawn again after each frame. */
export function SparklineOf({ trail, ...rest }: SparklineOfProps) {
  const version = useStep();
  const values = useMemo(() => new Float32Array(points).fill(Number.NaN), []);
  if (trail) unroll(trail, values);
  return <Sparkline values={values} version={version} {...rest} />;
}
