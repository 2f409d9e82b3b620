import { useSyncExternalStore } from "react";

/** Colours that canvases need, by the names of the tokens (renderer/tokens.css) without their dashes. */
const names = [
  "raised",
  "sunken",
  "hair",
  "rule",
  "ink",
  "ink-2",
  "ink-3",
  "ct",
  "ct-2",
  "ct-3",
  "ct-light",
  "vm",
  "vm-2",
  "vm-3",
  "vm-light",
  "over",
  "over-wash",
  "you",
  "you-wash",
  "other-light",
] as const;

export type Colour = (typeof names)[number];

/** What a canvas is drawn with. A new object whenever anything of it changed, so that it can stand in dependencies. */
export type Theme = {
  readonly colours: { readonly [name in Colour]: string };
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
};

let current: Theme | null = null;
const listeners = new Set<() => void>();
let stopWatching: (() => void) | null = null;

function read(): Theme {
  const style = getComputedStyle(document.documentElement);
  const colours = {} as Record<Colour, string>;
  for (const name of names) colours[name] = style.getPropertyValue(`--${name}`).trim() || "currentcolor";
  return { colours, ratio: window.devicePixelRatio || 1 };
}

function changed(): void {
  current = read();
  for (const listener of listeners) listener();
}

/** The system's scheme, the forced one (`data-theme`), forced colours and the pixel ratio (zoom, another screen). */
function watch(): () => void {
  const root = new MutationObserver(changed);
  root.observe(document.documentElement, { attributeFilter: ["data-theme", "data-mode", "class"] });
  const queries = [
    matchMedia("(prefers-color-scheme: dark)"),
    matchMedia("(forced-colors: active)"),
    // Only tells that the ratio left the present one; a resize follows each further change.
    matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`),
  ];
  for (const query of queries) query.addEventListener("change", changed);
  const resized = () => {
    if (current && current.ratio !== window.devicePixelRatio) changed();
  };
  window.addEventListener("resize", resized);
  return () => {
    root.disconnect();
    for (const query of queries) query.removeEventListener("change", changed);
    window.removeEventListener("resize", resized);
  };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  stopWatching ??= watch();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stopWatching?.();
    stopWatching = null;
    current = null;
  };
}

/** The theme of all canvases: read once, shared by all of them, read anew when scheme or pixel ratio change. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => {
    current ??= read();
    return current;
  });
}
