import { memo } from "react";
import { count } from "../../../shared/format.ts";
import { Choice } from "../../components/choice.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Meaning } from "../../meaning/meaning.tsx";
import { choose, type KindFilter, type LimitsShown, useUi } from "../../state/ui.ts";
import { useWords } from "../../state/words.ts";
import type { Limits } from "./use-limits.ts";
import "./controls.css";

export const shownChoices: readonly LimitsShown[] = ["findings", "over", "all"];
const kinds: readonly KindFilter[] = ["both", "container", "vm"];

type ControlsProps = Pick<Limits, "order" | "shown" | "calm" | "counts" | "muted">;

/** In which order, who is listed, and what the gauges' fillings mean. */
export const Controls = memo(function Controls({ order, shown, calm, counts, muted }: ControlsProps) {
  const { limits } = useWords();
  const kind = useUi((ui) => ui.limitsKind);
  // Where nothing is found there is nothing to choose among: everybody is listed.
  const offered = calm ? (["all"] as const) : shownChoices;
  return (
    <div className="limits-controls">
      <Segmented
        label={limits.order}
        options={[
          { key: "worst", word: calm ? limits.nearestFirst : limits.worstFirst },
          { key: "project", word: limits.byProject },
        ]}
        chosen={order}
        onChoose={(key) => choose({ limitsOrder: key })}
      />
      <Choice
        label={limits.show}
        options={offered.map((key) => ({ key, word: `${limits.shown[key]} ${count(counts[key])}` }))}
        chosen={shown}
        onChoose={(key) => choose({ limitsShown: key })}
      >
        {limits.shown[shown]} <b>{count(counts[shown])}</b>
      </Choice>
      <Choice
        label={limits.kind}
        options={kinds.map((key) => ({ key, word: limits.kinds[key] }))}
        chosen={kind}
        onChoose={(key) => choose({ limitsKind: key })}
      >
        {limits.kinds[kind]}
      </Choice>
      <ul className="limits-legend" aria-label={limits.legend.label}>
        <li>
          <i className="swatch net" />
          <Meaning of="working-set">{limits.legend.workingSet}</Meaning>
        </li>
        <li>
          <i className="swatch cache" />
          <Meaning of="cache">{limits.legend.reclaimable}</Meaning>
        </li>
        <li>
          <i className="tick-key" />
          <Meaning of="peak">{limits.legend.tick}</Meaning>
        </li>
        <li>
          <i className="limit-key" />
          <Meaning of="limits">{limits.legend.limit}</Meaning>
        </li>
      </ul>
      {muted === 0 ? null : <span className="limits-muted">{limits.muted(muted)}</span>}
    </div>
  );
});
