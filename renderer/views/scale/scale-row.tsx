import { memo } from "react";
import { count } from "../../../shared/format.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import type { Bytes } from "../../../shared/model/units.ts";
import { Foreign } from "../../components/foreign.tsx";
import { useRaces } from "../../state/races.ts";
import { latest, track } from "../../state/series.ts";
import { SparklineOf } from "../../state/sparkline-of.tsx";
import type { ScaleMode } from "../../state/ui.ts";
import { useWatchedText } from "../../state/use-watched.ts";
import { isAlive } from "../../state/weighed.ts";
import { isHollowNow } from "../../state/weighed-now.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { Bar, Dumbbell, useBarText } from "./bar.tsx";
import {
  CpuCores,
  Gross,
  ImageSize,
  LimitUsed,
  PartCell,
  Ratio,
  ReadyAfter,
  Tare,
  ThrottledShare,
  tableParts,
  Uptime,
} from "./cells.tsx";
import type { RowLine } from "./lines.ts";
import { killsOf } from "./select.ts";

export type RowProps = {
  readonly line: RowLine;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly isSelected: boolean;
  /** The one row that Tab leads to. */
  readonly isStop: boolean;
  readonly isOpen: boolean;
  readonly mode: ScaleMode;
  readonly asTable: boolean;
  readonly end: Bytes;
  readonly steps: number;
  readonly summed: boolean;
};

/** One instance. It subscribes to its own figures, cell by cell, so a text is written only when it changes. */
export const ScaleRow = memo(function ScaleRow(props: RowProps) {
  const { line, index, top, height, isSelected, isStop, isOpen, mode, asTable, end, steps, summed } = props;
  const id = line.key;
  const instance = useWorld((world) => world.byId.get(id));
  useWorld((world) => world.connection);
  const hollow = useWatchedText(() => (isHollowNow(id) ? "hollow" : ""));
  const barText = useBarText(id, line.kind);
  if (!instance) return null;
  const hue = line.kind;
  return (
    <tr
      className={`line row ${hue} ${hollow} ${line.lens ? "lens-line" : ""} level-${line.level}`}
      style={{ transform: `translateY(${top}px)`, height }}
      data-key={id}
      aria-rowindex={index}
      aria-level={line.level}
      aria-selected={isSelected}
      aria-expanded={isOpen ? true : undefined}
      tabIndex={isStop ? 0 : -1}
    >
      <th scope="row" className="name">
        <i className="stripe" />
        <span className={instance.detailed ? "text" : "text bare"}>
          <Foreign text={instance.name} />
        </span>
        <Marks id={id} />
      </th>
      <td className="plot" aria-label={asTable ? undefined : barText}>
        {asTable ? (
          tableParts.map((part) => (
            <span key={part} className="number">
              <PartCell instance={instance} part={part} />
            </span>
          ))
        ) : mode === "log" ? (
          <Dumbbell id={id} kind={line.kind} steps={steps} />
        ) : (
          <Bar id={id} kind={line.kind} end={end} />
        )}
      </td>
      <td className="number gross">
        <Gross instance={instance} />
      </td>
      <td className="trend memory">
        {mode === "log" ? (
          <span className="number quiet">
            <Ratio instance={instance} />
          </span>
        ) : (
          <SparklineOf trail={track(id)?.gross ?? null} hue={hue} fill={false} width={44} height={16} />
        )}
      </td>
      <td className="number used">
        <LimitUsed instance={instance} />
      </td>
      <td className="number cpu">
        <CpuCores instance={instance} />
      </td>
      <td className="trend cores">
        <SparklineOf trail={track(id)?.cores ?? null} hue={hue} fill width={60} height={16} />
      </td>
      <td className="number throttled">
        <ThrottledShare instance={instance} />
      </td>
      {summed ? <TareAlone instance={instance} /> : <OwnCells instance={instance} />}
    </tr>
  );
});

function OwnCells({ instance }: { readonly instance: Instance }) {
  return (
    <>
      <td className="number image quiet">
        <ImageSize instance={instance} />
      </td>
      <td className="number ready quiet">
        <ReadyAfter instance={instance} />
      </td>
      <td className="number up quiet">
        <Uptime instance={instance} />
      </td>
    </>
  );
}

/** Among projects' sums: of one instance there is no mean and no largest, but there is its box. */
function TareAlone({ instance }: { readonly instance: Instance }) {
  return (
    <>
      <td className="number image" />
      <td className="number ready" />
      <td className="number up quiet">
        <Tare instance={instance} />
      </td>
    </>
  );
}

/** What a row says behind its name: not running, killed for memory. */
function Marks({ id }: { readonly id: string }) {
  const { scale } = useWords();
  const instance = useWorld((world) => world.byId.get(id));
  const events = useWorld((world) => world.events);
  const isOfPair = useRaces(({ back }) => back.pair?.ids.has(id) ?? false);
  const kills = Number(
    useWatchedText(() => `${killsOf(id, latest(id), events, useWorld.getState().at ?? 0)}`),
  );
  if (!instance) return null;
  return (
    <>
      {kills > 0 ? (
        <span className="tag" title={scale.oomNote(count(kills))}>
          {scale.oom(count(kills))}
        </span>
      ) : null}
      {isOfPair ? <span className="aside">{scale.pair.mark}</span> : null}
      {instance.state === "running" || (instance.state === "unknown" && isAlive(instance)) ? null : (
        <span className="aside">{scale.states[instance.state]}</span>
      )}
    </>
  );
}
