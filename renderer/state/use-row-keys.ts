import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { useShortcuts } from "./keys.ts";
import { choose, useUi } from "./ui.ts";

/** A line that the keyboard can stand on. `alone`: it has no panel to open. */
export type Standing = { readonly key: string; readonly level: number } & (
  | { readonly line: "row"; readonly alone?: boolean }
  | { readonly line: "group"; readonly open: boolean }
);

/**
 * Moves through the list by keys and keeps the focus on its row: ↑ ↓ Home End move (with the panel open, it follows),
 * → opens a group or a row, ← folds or leads to the group, Enter opens.
 */
export function useRowKeys(
  lines: readonly Standing[],
  grid: RefObject<HTMLElement | null>,
  show: (key: string) => void,
): void {
  const selected = useUi((ui) => ui.selected);
  const wanted = useRef(false);

  const stand = (to: Standing | undefined) => {
    if (!to) return;
    wanted.current = true;
    show(to.key);
    const follows = useUi.getState().open !== null && hasPanel(to);
    choose(follows ? { selected: to.key, open: to.key } : { selected: to.key });
  };
  const here = () => lines.find(({ key }) => key === useUi.getState().selected);
  const move = (by: number) => {
    const isPanel = useUi.getState().open !== null;
    const all = isPanel ? lines.filter(hasPanel) : lines;
    const from = useUi.getState().selected ?? focusedRow(grid.current);
    const at = all.findIndex(({ key }) => key === from);
    stand(at === -1 ? all[by > 0 ? 0 : all.length - 1] : all[Math.min(all.length - 1, Math.max(0, at + by))]);
  };

  useShortcuts({
    move: (event) => move(event.key === "ArrowDown" ? 1 : -1),
    ends: (event) => stand(event.key === "Home" ? lines[0] : lines.at(-1)),
    open: () => {
      const one = here();
      if (one?.line === "group") fold(one, one.open);
      else if (one && hasPanel(one)) choose({ open: one.key });
    },
    fold: (event) => {
      const one = here();
      if (!one || useUi.getState().open !== null) return;
      const isRight = event.key === "ArrowRight";
      if (one.line === "group") {
        if (one.open !== isRight) return fold(one, !isRight);
        if (isRight) return move(1);
        if (one.level === 1) return;
      }
      if (isRight) return hasPanel(one) ? choose({ open: one.key }) : undefined;
      stand(parentOf(lines, one));
    },
  });

  useEffect(() => {
    if (!wanted.current || selected === null) return;
    wanted.current = false;
    // With the panel open the focus stays in it: only what it shows moves on.
    if (useUi.getState().open === null) focusRow(grid.current, selected);
  }, [selected, grid]);

  // A row that is sorted elsewhere is moved in the document and loses the focus on the way.
  const had = useRef(false);
  useEffect(() => {
    const element = grid.current;
    if (!element) return;
    const took = () => {
      had.current = true;
    };
    const left = (event: FocusEvent) => {
      if (event.target instanceof Element && event.target.isConnected && event.relatedTarget)
        had.current = false;
    };
    const pressed = () => {
      had.current = element.contains(document.activeElement);
    };
    element.addEventListener("focusin", took);
    element.addEventListener("focusout", left);
    document.addEventListener("pointerup", pressed);
    return () => {
      element.removeEventListener("focusin", took);
      element.removeEventListener("focusout", left);
      document.removeEventListener("pointerup", pressed);
    };
  }, [grid]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each change of the order
  useLayoutEffect(() => {
    const { selected: key, open } = useUi.getState();
    if (had.current && key !== null && open === null && document.activeElement === document.body)
      focusRow(grid.current, key);
  }, [lines]);
}

function focusRow(grid: HTMLElement | null, key: string): void {
  grid?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}

/** The row that Tab led to, before any was chosen. */
const focusedRow = (grid: HTMLElement | null): string | null =>
  grid?.querySelector<HTMLElement>("[data-key]:focus")?.dataset.key ?? null;

/** Folds a group away, or unfolds it. */
export function fold({ key }: { readonly key: string }, away: boolean): void {
  choose({ folds: { ...useUi.getState().folds, [key]: away } });
}

const hasPanel = (one: Standing): boolean => one.line === "row" && one.alone !== true;

function parentOf(lines: readonly Standing[], one: Standing): Standing | undefined {
  const above = lines.slice(0, lines.indexOf(one));
  return above.findLast((line) => line.line === "group" && line.level < one.level);
}
