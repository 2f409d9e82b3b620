import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import type { Finding } from "../../../shared/model/finding.ts";
import { useFindings } from "../../state/findings.ts";
import { useShortcuts } from "../../state/keys.ts";
import { choose, useUi } from "../../state/ui.ts";
import { useWatchedText } from "../../state/use-watched.ts";
import { weighedNow } from "../../state/weighed-now.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { ApplyDialog } from "./apply/apply-dialog.tsx";
import { Calm } from "./case/calm.tsx";
import { Case } from "./case/case.tsx";
import { Controls, shownChoices } from "./controls.tsx";
import { Empty } from "./empty.tsx";
import { Headline } from "./headline.tsx";
import { LimitsTable } from "./limits-table.tsx";
import { hostKey, type Line } from "./lines.ts";
import { isListed } from "./select.ts";
import { useLimits } from "./use-limits.ts";
import { useRecentWatch } from "./use-recent.ts";
import "./limits-view.css";

/** What everybody may use and does use, worst first, with the case of the one that is looked at beside it. */
export function LimitsView() {
  useRecentWatch();
  const connecting = useWorld((world) => world.at === null);
  const nobody = useWatchedText(() => (weighedNow().some(isListed) ? "" : "nobody")) !== "";
  if (connecting)
    return (
      <div className="limits">
        <Headline />
      </div>
    );
  return <div className="limits">{nobody ? <Empty /> : <Everybody />}</div>;
}

function Everybody() {
  useFreshSelection();
  const limits = useLimits();
  const { lines, order, shown, calm, counts, muted } = limits;
  const selected = useUi((ui) => ui.selected);
  const marked = useMarked(lines, selected, calm);
  const [applying, setApplying] = useState<Finding | null>(null);
  useShortcuts({
    byProject: () => choose({ limitsOrder: order === "worst" ? "project" : "worst" }),
    shown: () => {
      if (calm) return false;
      const at = shownChoices.indexOf(shown);
      choose({ limitsShown: shownChoices[(at + 1) % shownChoices.length] ?? "findings" });
    },
    caseTable: () => choose({ asTable: !useUi.getState().asTable }),
    // Where nothing is found, nobody's case need be looked at.
    back: () => (calm && selected !== null ? choose({ selected: null }) : false),
  });
  return (
    <>
      <Headline />
      <Controls order={order} shown={shown} calm={calm} counts={counts} muted={muted} />
      <div className="limits-body">
        {lines.length === 0 ? <NothingFits /> : <LimitsTable limits={limits} marked={marked} />}
        {marked !== null ? (
          <Case key={marked} of={marked} onApply={setApplying} />
        ) : calm ? (
          <Calm muted={muted} />
        ) : null}
      </div>
      {applying === null ? null : <ApplyDialog finding={applying} onClose={() => setApplying(null)} />}
    </>
  );
}

/** Whose case is shown: who is selected; else the worst; where nothing is found, nobody. On a group, who was before. */
function useMarked(lines: readonly Line[], selected: string | null, calm: boolean): string | null {
  const before = useRef<string | null>(null);
  const rows = lines.filter((line) => line.line === "row");
  const isHere = (key: string) =>
    lines.some((line) => (line.line === "row" ? line.key === key : line.ids.includes(key)));
  const here = (key: string | null) => (key !== null && isHere(key) ? key : null);
  const isGroup = lines.some((line) => line.line === "group" && line.key === selected);
  const worst = (rows.find(({ broken }) => broken) ?? rows[0])?.key;
  // All of whom something is said may be folded away: the first of them is shown all the same.
  const folded = lines.find((line) => line.line === "group")?.ids[0];
  const marked =
    here(selected) ?? (isGroup ? here(before.current) : null) ?? (calm ? null : (worst ?? folded ?? null));
  useEffect(() => {
    before.current = marked;
  });
  return marked;
}

/** Who was looked at elsewhere stays so only where something is said of it: else the worst is what one comes for. */
function useFreshSelection(): void {
  useLayoutEffect(() => {
    const { selected } = useUi.getState();
    const told =
      selected !== null && useFindings.getState().byInstance.has(selected === hostKey ? "" : selected);
    if (!told && selected !== null) choose({ selected: null });
  }, []);
}

function NothingFits() {
  const { limits } = useWords();
  return (
    <p className="limits-nothing" role="status">
      {limits.nothingFits}
      <Button
        className="btn"
        onPress={() => choose({ search: "", limitsKind: "both", limitsShown: "findings" })}
      >
        {limits.showAll}
      </Button>
    </p>
  );
}
