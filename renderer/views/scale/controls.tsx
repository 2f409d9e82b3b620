import Sheet from "lucide-react/icons/sheet";
import ZoomIn from "lucide-react/icons/zoom-in";
import { memo } from "react";
import { ToggleButton } from "react-aria-components";
import { tick } from "../../../shared/format.ts";
import { Segmented } from "../../components/segmented.tsx";
import { choose, type ScaleMode, useUi } from "../../state/ui.ts";
import { useWords } from "../../state/words.ts";
import { Filters } from "./filters.tsx";
import { Legend } from "./legend.tsx";
import type { Scale } from "./use-scale.ts";
import "./controls.css";

const modes: readonly ScaleMode[] = ["linear", "log", "area"];

type ControlsProps = Pick<Scale, "mode" | "factor" | "group" | "raced">;

/** How the scale is drawn, what its fillings mean, and who is on it. */
export const Controls = memo(function Controls({ mode, factor, group, raced }: ControlsProps) {
  const words = useWords().scale;
  const asTable = useUi((ui) => ui.asTable);
  return (
    <div className="controls">
      <Segmented
        label={words.view}
        options={modes.map((key) => ({ key, word: words.modes[key] }))}
        chosen={mode}
        onChoose={(key) => choose({ mode: key })}
      />
      {mode === "linear" && factor > 1 && !asTable ? <LensButton factor={factor} group={group} /> : null}
      {asTable && mode !== "area" ? null : <Legend mode={mode} raced={raced} />}
      <div className="filters">
        <Filters group={group} />
        {mode === "area" ? null : (
          <ToggleButton
            className="btn quiet only-icon"
            aria-label={words.filter.asTable}
            isSelected={asTable}
            onChange={(on) => choose({ asTable: on })}
          >
            <Sheet className="icon" aria-hidden="true" />
          </ToggleButton>
        )}
      </div>
    </div>
  );
});

function LensButton({ factor, group }: Pick<Scale, "factor" | "group">) {
  const words = useWords().scale;
  const which = lensOf(group);
  const on = useUi((ui) => ui[which]);
  return (
    <ToggleButton className="btn lens-button" isSelected={on} onChange={(next) => choose({ [which]: next })}>
      <ZoomIn className="icon" aria-hidden="true" />
      {words.lens}
      <span className="unit">{words.factor(tick(factor))}</span>
      <kbd>{"Z"}</kbd>
    </ToggleButton>
  );
}

/** Which choice Z turns: the lens over the containers, or the one ruler of all. */
export const lensOf = (group: Scale["group"]): "lens" | "narrow" =>
  group === "kind" || group === "project" ? "lens" : "narrow";
