import ChevronDown from "lucide-react/icons/chevron-down";
import ChevronRight from "lucide-react/icons/chevron-right";
import { memo } from "react";
import { cores, count, mebibytes, percent, unknown, visible } from "../../../shared/format.ts";
import type { EngineName } from "../../../shared/model/instance.ts";
import type { Bytes } from "../../../shared/model/units.ts";
import { engineNames } from "../../../shared/words/engine-names.ts";
import type { Words } from "../../../shared/words/words.ts";
import { Triangle } from "../../components/triangle.tsx";
import { latestAt } from "../../state/series.ts";
import type { ScaleMode } from "../../state/ui.ts";
import { useWatched } from "../../state/use-watched.ts";
import { firstFrames, isHollow } from "../../state/weighed.ts";
import { weighedOf } from "../../state/weighed-now.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { EndToEnd } from "./end-to-end.tsx";
import type { GroupLine, GroupOf } from "./lines.ts";
import { RaceAnother } from "./raced-rows.tsx";
import { sumsOf } from "./select.ts";

export type GroupRowProps = {
  readonly line: GroupLine;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly isSelected: boolean;
  readonly isStop: boolean;
  readonly mode: ScaleMode;
  readonly asTable: boolean;
  readonly end: Bytes;
  /** Its last columns say mean, largest and the box of each. */
  readonly summed: boolean;
};

/** The group's name; a project's is foreign text. */
export function nameOf({ by, value }: GroupOf, words: Words): string {
  if (by === "kind") return words.scale.kinds[value === "vm" ? "vm" : "container"];
  if (by === "engine") return engineNames[value as EngineName];
  return value === null ? words.scale.noProject : visible(value, 60);
}

/** A group with its sums and its members end to end. */
export const GroupRow = memo(function GroupRow(props: GroupRowProps) {
  const { line, index, top, height, isSelected, isStop, mode, asTable, end, summed } = props;
  const words = useWords();
  useWorld((world) => world.connection);
  const sums = useWatched(() => {
    const members = weighedOf(line.ids);
    const { gross, cores: used, images, over, throttled, known, largest, tare } = sumsOf(members);
    return {
      gross: mebibytes(gross),
      // Nobody there weighs 0; there is nothing that could use a core or come from an image.
      cores: members.length === 0 ? "" : cores(used),
      images: members.length === 0 ? "" : mebibytes(images),
      mean: gross === null || known === 0 ? "" : mebibytes(gross / known),
      largest: largest === null ? "" : mebibytes(largest),
      tare: tare === null ? "" : mebibytes(tare),
      over,
      throttled: throttled === null ? unknown : percent(throttled),
      isThrottled: throttled !== null && throttled > 0.05,
      known,
      hollow: members.length > 0 && members.every(isHollow),
    };
  }, [line.ids]);
  const note = useNote(line, sums.known, sums.hollow);
  const Chevron = line.open ? ChevronDown : ChevronRight;
  const isTop = line.level === 1;
  return (
    <tr
      className={`line group level-${line.level} ${line.kind ?? "both"} ${sums.hollow ? "hollow" : ""} ${line.lens ? "lens-line" : ""}`}
      style={{ transform: `translateY(${top}px)`, height }}
      data-key={line.key}
      aria-rowindex={index}
      aria-level={line.level}
      aria-selected={isSelected}
      aria-expanded={line.open}
      tabIndex={isStop ? 0 : -1}
    >
      <th scope="row" className="name">
        {isTop ? null : <i className="stripe" />}
        {line.ids.length === 0 ? (
          <span className="icon small" />
        ) : (
          <Chevron className="icon small twist" aria-hidden="true" />
        )}
        <b>
          <bdi>{nameOf(line.of, words)}</bdi>
        </b>
        <span className="members">{count(line.ids.length)}</span>
        {note === null ? null : <span className="aside">{note}</span>}
      </th>
      <td className="plot">
        {line.raced ? <span className="none-runs">{words.scale.raced.none}</span> : null}
        {mode === "log" || asTable || sums.hollow ? null : (
          <EndToEnd ids={line.ids} end={end} named={isTop} />
        )}
      </td>
      <td className="number gross">{sums.gross}</td>
      <td className="trend memory" />
      <td className="number used">
        {sums.over === 0 ? null : (
          <span className="over-text">
            <Triangle />
            {words.scale.overCount(count(sums.over))}
          </span>
        )}
      </td>
      <td className="number cpu">{sums.cores}</td>
      <td className="trend cores" />
      <td className="number throttled">
        {sums.isThrottled && !line.open ? (
          <span className="over-text">
            <Triangle />
            {sums.throttled}
          </span>
        ) : summed && line.level === 2 ? (
          sums.throttled
        ) : null}
      </td>
      <td className="number image quiet">{summed ? (line.level === 2 ? sums.mean : "") : sums.images}</td>
      <td className="number ready quiet">{summed && line.level === 2 ? sums.largest : ""}</td>
      <td className="number up quiet">
        {line.raced ? <RaceAnother /> : summed && line.level === 2 ? sums.tare : ""}
      </td>
    </tr>
  );
});

/** While the first figures come: how many are read. When they stop coming: how old they are. */
function useNote(line: GroupLine, known: number, hollow: boolean): string | null {
  const { scale, frame } = useWords();
  const frames = useWorld((world) => world.frames);
  // Without a connection all is old, and the banner says how old.
  const at = useWorld((world) => (hollow && world.connection !== "lost" ? world.at : null));
  if (hollow && at !== null) {
    const last = Math.max(...line.ids.map((id) => latestAt(id) ?? 0));
    return scale.asOf(frame.duration(at - last));
  }
  return frames <= firstFrames && known < line.ids.length && known > 0 ? scale.read(count(known)) : null;
}
