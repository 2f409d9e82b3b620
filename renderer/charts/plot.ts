import { type Filling, fillOf, type Hue } from "./fills.ts";
import { bandsOf, icicles } from "./icicles.ts";
import { type Run, runs, type Steps, type Values } from "./runs.ts";
import { type Span, xOf } from "./span.ts";
import type { Colour, Theme } from "./theme.ts";

/** One thing drawn into a plot; the first lies lowest. */
export type Mark =
  | {
      readonly kind: "area";
      readonly low: Values;
      readonly high: Values;
      readonly filling: Filling;
      readonly hue: Hue;
    }
  | { readonly kind: "line"; readonly values: Values; readonly colour: Colour; readonly style: LineStyle }
  /** A limit: stepped, so that a change shows as a step and not as a slope. */
  | { readonly kind: "limit"; readonly values: Values }
  /** Shares of throttled periods: a light band, and bars hanging from the top. */
  | { readonly kind: "throttled"; readonly shares: Values };
export type LineStyle = "solid" | "thin" | "dashed" | "light";

/** All that one plot shows. Text stands beside it, in the page. */
export type Picture = {
  readonly span: Span;
  readonly steps: Steps;
  /** Value at the upper edge; the lower one is 0. */
  readonly high: number;
  readonly marks: readonly Mark[];
  /** Values and moments of the gridlines. */
  readonly levels: readonly number[];
  readonly moments: readonly number[];
  /** Where nothing was measured: nothing is drawn, and the baseline is dotted. */
  readonly gaps: readonly Span[];
};

/** CSS pixels of a bar of throttling, with the pixel between two. */
const icicle = 4;

type Pen = {
  readonly context: CanvasRenderingContext2D;
  readonly picture: Picture;
  readonly theme: Theme;
  readonly width: number;
  readonly height: number;
  x(index: number): number;
  y(value: number): number;
};

/** Draws a plot of `width` x `height` CSS pixels. Nothing in it is text, so nothing in it needs a language. */
export function drawPlot(
  context: CanvasRenderingContext2D,
  picture: Picture,
  theme: Theme,
  width: number,
  height: number,
): void {
  context.setTransform(theme.ratio, 0, 0, theme.ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const { span, steps, high } = picture;
  const pen: Pen = {
    context,
    picture,
    theme,
    width,
    height,
    x: (index) => xOf(span, width, steps.at[index] as number),
    // Values above the axis run along its edge; the label beside the plot tells their size.
    y: (value) => height - (height * Math.min(value, high)) / high,
  };
  grid(pen);
  for (const mark of picture.marks) drawMark(pen, mark);
  baseline(pen);
}

function grid({ context, picture, theme, width, height, y }: Pen): void {
  context.fillStyle = theme.colours.hair;
  for (const value of picture.levels) if (value > 0) context.fillRect(0, Math.round(y(value)), width, 1);
  for (const at of picture.moments) context.fillRect(Math.round(xOf(picture.span, width, at)), 0, 1, height);
}

function drawMark(pen: Pen, mark: Mark): void {
  switch (mark.kind) {
    case "area":
      area(pen, mark);
      break;
    case "line":
      line(pen, mark);
      break;
    case "limit":
      limit(pen, mark.values);
      break;
    case "throttled":
      throttled(pen, mark.shares);
      break;
  }
}

/** Runs that reach into the picture; the others cost nothing. */
function seen({ picture }: Pen, values: Values): readonly Run[] {
  const { steps, span } = picture;
  return runs(values).filter(
    ({ from, to }) => (steps.at[to - 1] as number) >= span.from && (steps.at[from] as number) <= span.to,
  );
}

function area(pen: Pen, { low, high, filling, hue }: Extract<Mark, { kind: "area" }>): void {
  const { context, theme, x, y } = pen;
  for (const { from, to } of seen(pen, high)) {
    // A single sample has no width of its own: a bar of two pixels says that there is one.
    const widen = to - from === 1 ? 1 : 0;
    context.beginPath();
    context.moveTo(x(from) - widen, y(high[from] as number));
    for (let index = from; index < to; index++) context.lineTo(x(index) + widen, y(high[index] as number));
    const edge = widen === 0 && filling !== "faint" ? new Path2D() : null;
    if (edge) for (let index = from; index < to; index++) edge.lineTo(x(index), y(high[index] as number));
    for (let index = to - 1; index >= from; index--)
      context.lineTo(x(index) + widen, y(low[index] as number));
    context.lineTo(x(from) - widen, y(low[from] as number));
    context.closePath();
    context.globalAlpha = filling === "faint" ? 0.2 : 1;
    context.fillStyle = fillOf(context, theme, filling, hue);
    context.fill();
    context.globalAlpha = 1;
    if (!edge) continue;
    context.lineWidth = 0.8;
    context.strokeStyle = theme.colours[hue];
    context.stroke(edge);
  }
}

const dashes = { solid: [], thin: [], dashed: [4, 3], light: [] } as const satisfies Record<
  LineStyle,
  number[]
>;
const widths = { solid: 1.5, thin: 1, dashed: 1.4, light: 1.2 } as const satisfies Record<LineStyle, number>;

function line(pen: Pen, { values, colour, style }: Extract<Mark, { kind: "line" }>): void {
  const { context, theme, x, y } = pen;
  context.lineWidth = widths[style];
  context.lineJoin = "round";
  context.strokeStyle = context.fillStyle = theme.colours[colour];
  context.setLineDash([...dashes[style]]);
  for (const { from, to } of seen(pen, values)) {
    context.beginPath();
    if (to - from === 1) {
      context.arc(x(from), y(values[from] as number), 2, 0, 2 * Math.PI);
      context.fill();
      continue;
    }
    for (let index = from; index < to; index++) context.lineTo(x(index), y(values[index] as number));
    context.stroke();
  }
  context.setLineDash([]);
}

function limit(pen: Pen, values: Values): void {
  const { context, theme, x, y, picture } = pen;
  context.lineWidth = 1.5;
  context.strokeStyle = theme.colours.ink;
  for (const { from, to } of seen(pen, values)) {
    context.beginPath();
    let last = Number.NaN;
    for (let index = from; index < to; index++) {
      const value = values[index] as number;
      // A limit beyond the axis is not drawn at its edge, where it would seem to bind.
      if (value > picture.high) {
        last = Number.NaN;
        continue;
      }
      if (Number.isNaN(last)) context.moveTo(x(index) - (to - from === 1 ? 4 : 0), y(value));
      else if (value !== last) context.lineTo(x(index), y(last));
      if (value !== last || index === to - 1) context.lineTo(x(index), y(value));
      last = value;
    }
    context.stroke();
  }
}

function throttled({ context, picture, theme, width, height }: Pen, shares: Values): void {
  const bars = icicles(shares, picture.steps, picture.span, width, icicle);
  context.fillStyle = theme.colours["over-wash"];
  for (const band of bandsOf(bars)) context.fillRect(band.x, 0, band.width, height);
  context.fillStyle = theme.colours.over;
  // Half of the plot is all periods: the line of what was used stays to be seen below.
  for (const bar of bars) context.fillRect(bar.x, 0, bar.width - 1, Math.max(1, bar.share * height * 0.5));
}

function baseline({ context, picture, theme, width, height }: Pen): void {
  context.fillStyle = theme.colours.rule;
  let from = 0;
  for (const gap of picture.gaps) {
    const [start, end] = [xOf(picture.span, width, gap.from), xOf(picture.span, width, gap.to)];
    context.fillRect(from, height - 1, start - from, 1);
    for (let x = Math.max(0, start); x < Math.min(end, width); x += 3) context.fillRect(x, height - 1, 1, 1);
    from = end;
  }
  context.fillRect(from, height - 1, width - from, 1);
}
