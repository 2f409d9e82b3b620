import { useFindings } from "../../state/findings.ts";
import { useMutes } from "../../state/muted.ts";
import { type LimitsOrder, type LimitsShown, useUi } from "../../state/ui.ts";
import { useWatched } from "../../state/use-watched.ts";
import { manyRows } from "../../state/weighed.ts";
import { useWorld } from "../../state/world.ts";
import { type OpenEnds, openEndsOf } from "./gauge.ts";
import { judgedNow } from "./judged-now.ts";
import { type Line, linesOf } from "./lines.ts";
import { isOverLimit, isPicked } from "./select.ts";

/** All that Limits draws, but for the figures in it: those are watched where they stand. */
export type Limits = {
  readonly lines: readonly Line[];
  readonly order: LimitsOrder;
  /** What the list shows: everybody where nothing is found, whatever was chosen. */
  readonly shown: LimitsShown;
  /** Nothing is found, or all of it is muted. */
  readonly calm: boolean;
  /** Findings that hold and are muted. */
  readonly muted: number;
  /** How many instances each choice would show. */
  readonly counts: { readonly [shown in LimitsShown]: number };
  readonly ends: OpenEnds;
};

/** The list, worked out after each frame; the same object until something of it changes. */
export function useLimits(): Limits {
  const order = useUi((ui) => ui.limitsOrder);
  const chosen = useUi((ui) => ui.limitsShown);
  const kind = useUi((ui) => ui.limitsKind);
  const search = useUi((ui) => ui.search);
  const folds = useUi((ui) => ui.folds);
  // Who came or went, and what was found or muted, is drawn at once, also between two frames.
  const found = useFindings((state) => state.byInstance);
  const mutes = useMutes();
  useWorld((world) => world.byId);
  return useWatched(() => {
    const { all, ofHost, muted } = judgedNow();
    const calm = ofHost.length === 0 && all.every(({ findings }) => findings.length === 0);
    const picked = all.filter((one) => isPicked(one, kind, search));
    const shown = calm ? "all" : chosen;
    const isWhole = kind === "both" && search === "";
    return {
      lines: linesOf(picked, isWhole ? ofHost : [], { order, shown, folds, many: manyRows }),
      order,
      shown,
      calm,
      muted,
      counts: {
        all: picked.length,
        findings: picked.filter(({ findings }) => findings.length > 0).length,
        over: picked.filter(isOverLimit).length,
      },
      ends: openEndsOf(picked.map(({ instance, sample }) => ({ kind: instance.kind, sample }))),
    };
  }, [order, chosen, kind, search, folds, found, mutes]);
}
