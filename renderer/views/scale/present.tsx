import { bytesParts, unknown } from "../../../shared/format.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import type { Bytes } from "../../../shared/model/units.ts";
import { Foreign } from "../../components/foreign.tsx";
import { keyCap } from "../../state/keys.ts";
import { latest } from "../../state/series.ts";
import { useWatched } from "../../state/use-watched.ts";
import { isOver } from "../../state/weighed.ts";
import { weighedNow, weighedOf } from "../../state/weighed-now.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { Bar } from "./bar.tsx";
import { linearTicks } from "./domain.ts";
import { EndToEnd } from "./end-to-end.tsx";
import { Headline } from "./headline.tsx";
import { Legend } from "./legend.tsx";
import { Flare } from "./lens.tsx";
import { Ruler } from "./ruler.tsx";
import { sorted, sumsOf } from "./select.ts";
import { shortName } from "./short-name.ts";
import type { Scale } from "./use-scale.ts";
import "./present.css";

/** As many of the heaviest are shown one by one; the others together, since a projector has few lines. */
const shownVms = 4;
const shownContainers = 6;

/** Scale for a room: the sentences, the heaviest few, no controls. F or Escape leaves. */
export function Present({ scale }: { readonly scale: Scale }) {
  const { scale: words } = useWords();
  const { end, lensEnd, lines } = scale;
  const ids = useWatched(() => {
    const listed = new Set(
      lines.flatMap((line) => (line.line === "row" ? [line.key] : "ids" in line ? line.ids : [])),
    );
    const heaviest = sorted(
      weighedNow().filter(({ instance }) => listed.has(instance.id)),
      { by: "gross", down: true },
    );
    const of = (kind: Instance["kind"]) =>
      heaviest.filter(({ instance }) => instance.kind === kind).map(({ instance }) => instance.id);
    return { vms: of("vm").slice(0, shownVms), containers: of("container") };
  }, [lines]);
  const enlarged = lensEnd < end;
  const rest = ids.containers.slice(shownContainers);
  return (
    <div className="present">
      <Headline />
      <div className="present-table">
        <Rule end={end} />
        {ids.vms.map((id) => (
          <Line key={id} id={id} end={end} />
        ))}
        <Sum name={words.present.containers(ids.containers.length)} ids={ids.containers} end={end} isThick />
        {enlarged ? (
          <div className="present-row flare">
            <span className="name larger">{words.larger(`${Math.round(end / lensEnd)}`)}</span>
            <span className="plot">
              <Flare end={end} lensEnd={lensEnd} />
            </span>
          </div>
        ) : null}
        {enlarged ? <Rule end={lensEnd} className="of-lens" /> : null}
        <div className={enlarged ? "washed" : ""}>
          {ids.containers.slice(0, shownContainers).map((id) => (
            <Line key={id} id={id} end={lensEnd} />
          ))}
          {rest.length > 0 ? <Sum name={words.present.more(rest.length)} ids={rest} end={lensEnd} /> : null}
        </div>
      </div>
      <PresentFoot />
    </div>
  );
}

function Rule({ end, className = "" }: { readonly end: Bytes; readonly className?: string }) {
  return (
    <div className={`present-row rule ${className}`}>
      <span className="name" />
      <span className="plot">
        <Ruler ticks={linearTicks(end)} className={className} />
      </span>
    </div>
  );
}

function Line({ id, end }: { readonly id: string; readonly end: Bytes }) {
  const words = useWords().scale.present;
  const instance = useWorld((world) => world.byId.get(id));
  const over = useWatched(() => instance !== undefined && isOver(instance.kind, latest(id)), [id, instance]);
  if (!instance) return null;
  return (
    <div className={`present-row ${instance.kind}`}>
      <span className="name">
        <Foreign text={shortName(instance)} most={40} />
        {over ? <span className="tag">{words.over}</span> : null}
      </span>
      <span className="plot">
        <Bar id={id} kind={instance.kind} end={end} />
      </span>
      <Weight ids={[id]} />
    </div>
  );
}

type SumProps = {
  readonly name: string;
  readonly ids: readonly string[];
  readonly end: Bytes;
  readonly isThick?: boolean;
};

function Sum({ name, ids, end, isThick = false }: SumProps) {
  return (
    <div className={`present-row container sum ${isThick ? "thick" : ""}`}>
      <span className="name">{isThick ? <b>{name}</b> : name}</span>
      <span className="plot">
        <EndToEnd ids={ids} end={end} named={false} />
      </span>
      <Weight ids={ids} />
    </div>
  );
}

function Weight({ ids }: { readonly ids: readonly string[] }) {
  const gross = useWatched(() => {
    const sum = sumsOf(weighedOf(ids)).gross;
    return sum === null ? null : bytesParts(sum);
  }, [ids.join(" ")]);
  return (
    <span className="weight">
      {gross?.figure ?? unknown}
      {gross === null ? null : <span className="unit">{`\u2009${gross.unit}`}</span>}
    </span>
  );
}

function PresentFoot() {
  const { scale, frame } = useWords();
  const host = useWorld((world) => world.facts?.name ?? "");
  const recorded = useWorld((world) => world.replay !== null);
  return (
    <footer className="foot">
      <Legend mode="linear" raced={false} />
      <span className="hints">
        <Foreign text={recorded ? scale.present.recorded(host) : scale.present.live(host)} />
        <span>
          <kbd>{keyCap("Escape")}</kbd> {frame.keys.hints.leave}
        </span>
      </span>
    </footer>
  );
}
