import { useLayoutEffect, useRef } from "react";
import { runs, type Values } from "./runs.ts";
import { sparkDomain } from "./spark-domain.ts";
import { type Theme, useTheme } from "./theme.ts";

/** Whose it is: teal containers, amber VMs, ink for the host. */
export type Hue = "container" | "vm" | "ink";
const colourOf = { container: "ct", vm: "vm", ink: "ink-2" } as const;

export type SparklineProps = {
  /** One value a point, oldest first, evenly spaced over the width; NaN is a gap. */
  readonly values: Values;
  /** Raise it when the same array was written anew; a new array needs none. */
  readonly version?: number;
  readonly hue: Hue;
  /** true: from 0 to its own maximum, filled at 13 % (CPU); false: the shape alone (memory). */
  readonly fill: boolean;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
};

/** A line without axes in a table's row. It is drawn on canvas since 300 of them change each second (perf: 1/200 of SVG charts). */
export function Sparkline({ values, version = 0, hue, fill, width, height }: SparklineProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that `values` was written anew
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context) draw(context, { values, hue, fill, width, height }, theme);
  }, [values, version, hue, fill, width, height, theme]);
  return (
    <span className="sparkline" aria-hidden="true">
      <canvas
        ref={canvas}
        width={Math.round(width * theme.ratio)}
        height={Math.round(height * theme.ratio)}
        style={{ display: "block", width, height }}
      />
    </span>
  );
}

function draw(context: CanvasRenderingContext2D, props: Omit<SparklineProps, "version">, theme: Theme): void {
  const { values, hue, fill, width, height } = props;
  context.setTransform(theme.ratio, 0, 0, theme.ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const { low, high } = sparkDomain(values, fill);
  const pad = 1;
  const x = (index: number) => (index * width) / Math.max(1, values.length - 1);
  const y = (value: number) => height - pad - ((height - 2 * pad) * (value - low)) / (high - low);
  const colour = theme.colours[colourOf[hue]];
  context.lineWidth = 1.2;
  context.lineJoin = "round";
  context.strokeStyle = colour;
  context.fillStyle = colour;
  for (const { from, to } of runs(values)) {
    // A single point has no line: a dot says that there is one.
    if (to - from === 1) {
      context.fillRect(Math.min(x(from), width - 2) - 0.5, y(values[from] as number) - 0.75, 2, 1.5);
      continue;
    }
    context.beginPath();
    for (let index = from; index < to; index++) context.lineTo(x(index), y(values[index] as number));
    context.stroke();
    if (!fill) continue;
    context.lineTo(x(to - 1), height);
    context.lineTo(x(from), height);
    context.closePath();
    context.globalAlpha = 0.13;
    context.fill();
    context.globalAlpha = 1;
  }
}
