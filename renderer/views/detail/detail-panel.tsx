import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { visible } from "../../../shared/format.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { ChartColumn } from "./chart-column.tsx";
import { Facts } from "./facts.tsx";
import { FindingStrip } from "./finding-strip.tsx";
import { Head } from "./head.tsx";
import type { ChartChoice } from "./range-bar.tsx";
import { firstRange, otherRange } from "./span-of.ts";
import { useDetail } from "./use-detail.ts";
import { Weigh } from "./weigh.tsx";
import "./detail.css";

export type DetailPanelProps = {
  readonly id: string;
  readonly onClose: () => void;
  /** The instance after (1) or before (-1) this one in the list behind. */
  readonly onStep: (step: 1 | -1) => void;
};

/**
 * All of one instance, over the list, which stays usable. It is no modal: the focus may leave it, and comes back to
 * where it was when the panel closes.
 */
export function DetailPanel({ id, onClose, onStep }: DetailPanelProps) {
  const words = useWords().detail;
  const { instance, here } = useInstance(id);
  const [choice, setChoice] = useState<ChartChoice>(() => ({
    range: firstRange(instance?.startedAt ?? null, useWorld.getState().at),
    zoom: null,
    asTable: false,
  }));
  const choose = useCallback(
    (change: Partial<ChartChoice>) => setChoice((before) => ({ ...before, ...change })),
    [],
  );
  const panel = useRef<HTMLElement>(null);
  const closeButton = useRef<HTMLButtonElement>(null);
  useFocusOf(panel, closeButton);
  useRangeKeys((step) => choose({ range: otherRange(choice.range, step), zoom: null }));
  const changes = useWorld(
    ({ events }) =>
      events.findLast((event) => event.instance === id && looksAgain.has(event.kind))?.at.toString() ?? "",
  );
  const detail = useDetail(id, changes);
  if (instance === null) return null;

  const onKeyDown = (event: KeyboardEvent) => {
    const key = event.code === "KeyT" ? "t" : event.key;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const inChoice = event.target instanceof Element && event.target.closest("[role=radiogroup]") !== null;
    const act = {
      Escape: () => (choice.zoom === null ? onClose() : choose({ zoom: null })),
      t: () => choose({ asTable: !choice.asTable }),
      ArrowUp: inChoice ? null : () => onStep(-1),
      ArrowDown: inChoice ? null : () => onStep(1),
    }[key];
    if (!act) return;
    // Handled here: the keys of the screen behind must not act as well.
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  return (
    <>
      <div className="detail-scrim" />
      <aside
        ref={panel}
        className={`detail ${instance.kind}`}
        aria-label={words.panel(visible(instance.name))}
        onKeyDown={onKeyDown}
      >
        <Head instance={instance} here={here} closeRef={closeButton} onStep={onStep} onClose={onClose} />
        <Weigh instance={instance} detail={detail} />
        <FindingStrip instance={instance} />
        <div className="detail-body">
          <ChartColumn instance={instance} choice={choice} onChoose={choose} />
          <Facts instance={instance} detail={detail} />
        </div>
      </aside>
    </>
  );
}

/** After these the limits or processes are others. */
const looksAgain: ReadonlySet<string> = new Set(["limits-changed", "restarted", "started", "resumed"]);

/** The instance; one that went while its panel was open is kept as it was last. */
function useInstance(id: string): { readonly instance: Instance | null; readonly here: boolean } {
  const now = useWorld(({ byId }) => byId.get(id) ?? null);
  const [last, setLast] = useState(now);
  if (now !== null && now !== last) setLast(now);
  return { instance: now ?? (last?.id === id ? last : null), here: now !== null };
}

/** Takes the focus when the panel opens, and gives it back when it closes with the focus still inside. */
function useFocusOf(
  panel: { readonly current: HTMLElement | null },
  first: { readonly current: HTMLElement | null },
): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    const inside = panel.current;
    first.current?.focus({ preventScroll: true });
    return () => {
      const still = inside?.contains(document.activeElement) ?? false;
      if (still && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [panel, first]);
}

/** [ and ] choose the range wherever the focus is, while the panel is open; not while somebody writes. */
function useRangeKeys(onStep: (step: 1 | -1) => void): void {
  const current = useRef(onStep);
  useEffect(() => {
    current.current = onStep;
  });
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      const step = event.key === "[" ? -1 : event.key === "]" ? 1 : null;
      if (step === null || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.matches("input:not([type=range]), textarea"))
        return;
      event.preventDefault();
      current.current(step);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
