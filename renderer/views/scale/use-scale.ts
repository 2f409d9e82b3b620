import { useRef } from "react";
import type { Bytes } from "../../../shared/model/units.ts";
import { useRaces } from "../../state/races.ts";
import { type GroupBy, type ScaleMode, useUi } from "../../state/ui.ts";
import { useWatched } from "../../state/use-watched.ts";
import { manyRows } from "../../state/weighed.ts";
import { weighedNow } from "../../state/weighed-now.ts";
import { useWorld } from "../../state/world.ts";
import { type Domain, logSteps, nextDomain } from "./domain.ts";
import { type Line, linesOf } from "./lines.ts";
import { racedAmong } from "./raced.ts";
import { needsOf } from "./rulers.ts";
import { groupingOf, pick } from "./select.ts";

/** All that Scale draws, but for the figures in it: those are watched where they stand. */
export type Scale = {
  readonly mode: ScaleMode;
  readonly group: GroupBy;
  readonly lines: readonly Line[];
  /** The VM that was raced last stands where VMs would be. */
  readonly raced: boolean;
  /** So many that projects are what is read: their last columns say mean, largest and the box of each. */
  readonly summed: boolean;
  /** Instances among the lines and in folded groups. */
  readonly count: number;
  /** End of the main ruler. */
  readonly end: Bytes;
  /** End of the ruler of lines with `lens`; the same as `end` where nothing is enlarged. */
  readonly lensEnd: Bytes;
  /** By how much the lens would enlarge, or narrowing would; 1: not at all. */
  readonly factor: number;
  /** Doublings of the logarithmic ruler. */
  readonly steps: number;
};

/** The list and its rulers, worked out after each frame; the same object until something of it changes. */
export function useScale(): Scale {
  const {
    lens,
    narrow,
    asTable,
    presenting,
    sort,
    state,
    engine,
    project,
    search,
    folds,
    group: chosen,
    ...ui
  } = useUi();
  // A room sees the one view that needs no explaining.
  const mode = presenting ? "linear" : ui.mode;
  const rulers = useRef<{ readonly key: string; readonly main: Domain | null; readonly lens: Domain | null }>(
    {
      key: "",
      main: null,
      lens: null,
    },
  );
  const back = useRaces((races) => races.back);
  // Who came or went is drawn at once, also between two frames.
  useWorld((world) => world.byId);
  return useWatched(() => {
    const all = pick(weighedNow(), { state, engine, project, search });
    const group = groupingOf(chosen, all.length);
    const sayNoVm = state !== "over" && engine === null && project === null && search === "";
    const raced = sayNoVm && !presenting ? racedAmong(all, group, mode, back.vm) : null;
    const needs = needsOf(all, group, raced?.reach);
    const { at, replay } = useWorld.getState();
    const key = [mode, group, state, engine, project, search, replay?.name].join(" ");
    const before = rulers.current.key === key ? rulers.current : null;
    const main = nextDomain(before?.main ?? null, needs.main, at ?? 0);
    const small = nextDomain(before?.lens ?? null, needs.lens, at ?? 0);
    rulers.current = { key, main, lens: small };
    const factor = needs.lens > 0 && small.end < main.end ? main.end / small.end : 1;
    const byKind = group === "kind" || group === "project";
    const enlarged =
      mode === "linear" && !(asTable && !presenting) && byKind && (lens || presenting) && factor > 1;
    const narrowed = mode === "linear" && !byKind && narrow && factor > 1;
    return {
      mode,
      group,
      raced: raced !== null,
      summed: group === "project" && all.length >= manyRows,
      count: all.length,
      end: narrowed ? small.end : main.end,
      lensEnd: enlarged ? small.end : main.end,
      factor,
      steps: logSteps(needs.main),
      lines: linesOf(all, {
        mode,
        group,
        sort,
        folds,
        lens: enlarged,
        foldProjects: all.length >= manyRows,
        sayNoVm,
        raced: raced && { boxes: raced.boxes },
        back,
      }),
    };
  }, [mode, lens, narrow, asTable, presenting, sort, state, engine, project, search, folds, chosen, back]);
}
