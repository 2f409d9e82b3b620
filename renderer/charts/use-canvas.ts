import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { dontRedraw, redraw } from "./redraw.ts";
import { type Theme, useTheme } from "./theme.ts";
import { useWidth } from "./use-width.ts";

export type Draw = (context: CanvasRenderingContext2D, theme: Theme, width: number, height: number) => void;

/**
 * A canvas as wide as its parent, `height` high. It is drawn at once where an empty one would flash (first time, new
 * size, other theme), else in its turn and only while it is in view. `draw` must change with what it draws.
 */
export function useCanvas(
  height: number,
  draw: Draw,
): { readonly ref: RefObject<HTMLCanvasElement | null>; readonly width: number } {
  const ref = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const width = useWidth(ref, "parent");
  const inView = useRef(true);
  const drawn = useRef({ theme, width: 0, height: 0 });
  const late = useRef(false);
  const now = useRef<() => void>(() => undefined);

  now.current = () => {
    const canvas = ref.current;
    const context = canvas?.getContext("2d");
    if (!canvas || !context || width === 0) return;
    const [wide, high] = [Math.round(width * theme.ratio), Math.round(height * theme.ratio)];
    if (canvas.width !== wide) canvas.width = wide;
    if (canvas.height !== high) canvas.height = high;
    draw(context, theme, width, height);
    drawn.current = { theme, width, height };
    late.current = false;
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: `draw` is what is drawn, though only now.current calls it
  useLayoutEffect(() => {
    const before = drawn.current;
    if (before.width !== width || before.height !== height || before.theme !== theme) now.current();
    else if (inView.current) redraw(ref, () => now.current());
    else late.current = true;
  }, [draw, width, height, theme]);

  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const observer = new IntersectionObserver(([entry]) => {
      inView.current = entry?.isIntersecting ?? true;
      if (inView.current && late.current) redraw(ref, () => now.current());
    });
    observer.observe(canvas);
    return () => {
      observer.disconnect();
      dontRedraw(ref);
    };
  }, []);

  return { ref, width };
}
