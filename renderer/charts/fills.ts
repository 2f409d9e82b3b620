import type { Colour, Theme } from "./theme.ts";

/** solid net · light cache · hatched tare · level: the guest does not tell net from cache · faint: where a mean of ten seconds ranged */
export type Filling = "solid" | "light" | "hatched" | "level" | "faint";
export type Hue = "ct" | "vm" | "rule";

const lights = { ct: "ct-light", vm: "vm-light", rule: "other-light" } as const satisfies Record<Hue, Colour>;
const patterns = new WeakMap<Theme, Map<string, CanvasPattern | null>>();

/** What fills an area on canvas. Patterns are made once for each theme and pixel ratio. */
export function fillOf(
  context: CanvasRenderingContext2D,
  theme: Theme,
  filling: Filling,
  hue: Hue,
): string | CanvasPattern {
  const strong = theme.colours[hue];
  if (filling === "light") return theme.colours[lights[hue]];
  if (filling === "solid" || filling === "faint") return strong;
  const made = patterns.get(theme) ?? new Map<string, CanvasPattern | null>();
  patterns.set(theme, made);
  const key = `${filling} ${hue}`;
  if (!made.has(key)) made.set(key, tile(context, theme, filling, hue));
  return made.get(key) ?? strong;
}

/** Hatch: 1.15 px at 45 degrees each 4 px on paper. Level lines: 1 px each 3 px on the light hue. */
function tile(
  context: CanvasRenderingContext2D,
  theme: Theme,
  filling: "hatched" | "level",
  hue: Hue,
): CanvasPattern | null {
  const step = filling === "hatched" ? 4 : 3;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.round(step * theme.ratio);
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  const scale = canvas.width / step;
  pen.scale(scale, scale);
  pen.fillStyle = filling === "hatched" ? theme.colours.raised : theme.colours[lights[hue]];
  pen.fillRect(0, 0, step, step);
  pen.strokeStyle = theme.colours[hue];
  pen.lineWidth = filling === "hatched" ? 1.15 : 1;
  pen.beginPath();
  if (filling === "hatched") {
    // The line through the tile and its two neighbours' corners, so that tiles join without a seam.
    for (const shift of [-step, 0, step]) {
      pen.moveTo(shift - 1, step + 1);
      pen.lineTo(shift + step + 1, -1);
    }
  } else {
    pen.moveTo(0, 0.5);
    pen.lineTo(step, 0.5);
  }
  pen.stroke();
  const pattern = context.createPattern(canvas, "repeat");
  pattern?.setTransform(new DOMMatrix().scale(1 / scale));
  return pattern;
}
