import { type RefObject, useRef } from "react";
import { Button } from "react-aria-components";
import { raceableImage } from "../../../shared/race/raceable.ts";
import { useShortcuts } from "../../state/keys.ts";
import { stopPair, useRaces, useRacesWatch } from "../../state/races.ts";
import { choose, type GroupBy, type ScaleMode, toStartup, useUi } from "../../state/ui.ts";
import { isService } from "../../state/weighed.ts";
import { weighedNow } from "../../state/weighed-now.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { AreaView } from "./area-view.tsx";
import { Controls, lensOf } from "./controls.tsx";
import { Foot } from "./foot.tsx";
import { Headline } from "./headline.tsx";
import { Nothing } from "./nothing.tsx";
import { PairNote, usePair } from "./pair-note.tsx";
import { Present } from "./present.tsx";
import { lightest } from "./raced.ts";
import { ScaleTable } from "./scale-table.tsx";
import { type Scale, useScale } from "./use-scale.ts";
import "./scale-view.css";

const modes: readonly ScaleMode[] = ["linear", "log", "area"];
const groups: readonly GroupBy[] = ["kind", "project", "engine", "none"];
const after = <Value,>(all: readonly Value[], one: Value): Value =>
  all[(all.indexOf(one) + 1) % all.length] as Value;

/** Every container and VM on one scale of memory, beside its figures. */
export function ScaleView() {
  const scale = useScale();
  const scroller = useRef<HTMLDivElement>(null);
  const there = useWorld((world) => [...world.byId.values()].some((one) => !isService(one)));
  const services = useUi((ui) => ui.engine === "cgroup");
  const presenting = useUi((ui) => ui.presenting);
  const connecting = useWorld((world) => world.at === null);
  const pair = usePair();
  useRacesWatch();
  useShortcuts({
    race: toRace,
    pair: () => (pair === null ? false : void stopPair()),
    view: () => choose({ mode: after(modes, scale.mode) }),
    group: () => choose({ group: after(groups, scale.group) }),
    table: () => choose({ asTable: !useUi.getState().asTable }),
    lens: () => {
      const which = lensOf(scale.group);
      choose({ [which]: !useUi.getState()[which] });
    },
  });
  if (presenting && there) return <Present scale={scale} />;
  return (
    <div ref={scroller} className="scale">
      {connecting ? (
        <Headline />
      ) : there || services ? (
        <>
          <Headline />
          <PairNote />
          <Controls mode={scale.mode} factor={scale.factor} group={scale.group} raced={scale.raced} />
          <Body scale={scale} scroller={scroller} />
          <Foot raced={scale.raced} />
        </>
      ) : (
        <Nothing />
      )}
    </div>
  );
}

/**
 * R: to Startup, with the image of the open panel; without one, and while none was raced yet, with the lightest here. In a
 * recording there is nothing to choose.
 */
function toRace(): void {
  const { replay, byId } = useWorld.getState();
  const open = replay === null ? byId.get(useUi.getState().open ?? "") : undefined;
  const image = open ? raceableImage(open) : null;
  if (image !== null) {
    toStartup(image);
    return;
  }
  const isFirst = useRaces.getState().back.vm === null && replay === null;
  toStartup(isFirst ? (lightest(weighedNow())?.image ?? null) : null);
}

function Body({
  scale,
  scroller,
}: {
  readonly scale: Scale;
  readonly scroller: RefObject<HTMLElement | null>;
}) {
  if (scale.count === 0) return <NothingFits />;
  return scale.mode === "area" ? (
    <AreaView scale={scale} />
  ) : (
    <ScaleTable scale={scale} scroller={scroller} />
  );
}

function NothingFits() {
  const words = useWords().scale;
  return (
    <p className="nothing-fits" role="status">
      {words.nothingFits}
      <Button
        className="btn"
        onPress={() => choose({ search: "", state: "all", engine: null, project: null })}
      >
        {words.showAll}
      </Button>
    </p>
  );
}
