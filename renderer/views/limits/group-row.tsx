import ChevronDown from "lucide-react/icons/chevron-down";
import ChevronRight from "lucide-react/icons/chevron-right";
import { memo } from "react";
import { count, percent, percentFine, visible } from "../../../shared/format.ts";
import type { Fraction } from "../../../shared/model/units.ts";
import { Triangle } from "../../components/triangle.tsx";
import { latest, latestAt } from "../../state/series.ts";
import { useWatched } from "../../state/use-watched.ts";
import { useWords } from "../../state/words.ts";
import { limitPlace } from "./gauge.ts";
import type { GroupLine } from "./lines.ts";
import { pressureOf } from "./recent.ts";
import { recentOf } from "./use-recent.ts";

type GroupRowProps = {
  readonly line: GroupLine;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly isSelected: boolean;
  readonly isStop: boolean;
};

/** Members of a track at the most: more would only fill it. */
const mostMarks = 60;

/** Shares rounded to what a track shows, each once; and the largest as it is. */
function sharesOf(shares: readonly (Fraction | null | undefined)[]) {
  const known = shares.filter((share) => share !== null && share !== undefined);
  const places = new Set(known.map((share) => Math.round(Math.min(100, share * limitPlace) * 2) / 2));
  return {
    places: [...places].sort((a, b) => a - b).slice(-mostMarks),
    most: known.length === 0 ? null : Math.max(...known),
  };
}

/** A group: how many are in it and over, and, while it is folded, each member at its share of its limit on one track. */
export const GroupRow = memo(function GroupRow(props: GroupRowProps) {
  const { line, index, top, height, isSelected, isStop } = props;
  const { limits, findings } = useWords();
  const drawn = !("within" in line.of) && !line.open;
  const sums = useWatched(() => {
    if (!drawn) return null;
    const samples = line.ids.map(latest);
    const pressures = line.ids.map((id) => {
      const [recent, at] = [recentOf(id), latestAt(id)];
      return recent === null || at === null ? null : pressureOf(recent, at);
    });
    const known = pressures
      .flatMap((each) => (each === null ? [] : [each.memory, each.cpu, each.io]))
      .filter((share) => share !== null);
    return {
      memory: sharesOf(samples.map((sample) => sample?.memoryUsed)),
      cpu: sharesOf(samples.map((sample) => sample?.cpuUsed)),
      pressure: known.length === 0 ? "" : percentFine(Math.max(...known)),
    };
  }, [drawn, line.ids]);
  const Chevron = line.open ? ChevronDown : ChevronRight;
  const name =
    "within" in line.of
      ? limits.withinLimits
      : "note" in line.of
        ? findings.rule(line.of.note)
        : line.of.project === null
          ? limits.noProject
          : visible(line.of.project, 60);
  return (
    <tr
      className={`line group level-${line.level}`}
      style={{ transform: `translateY(${top}px)`, height }}
      data-key={line.key}
      aria-rowindex={index}
      aria-level={line.level}
      aria-selected={isSelected}
      aria-expanded={line.open}
      tabIndex={isStop ? 0 : -1}
    >
      <th scope="row" className="name">
        <Chevron className="icon small twist" aria-hidden="true" />
        <bdi>{name}</bdi>
        <b>{count(line.ids.length)}</b>
        {line.over === 0 ? null : (
          <span className="over-text">
            <Triangle />
            {limits.overCount(line.over)}
          </span>
        )}
      </th>
      <Members shares={sums?.memory ?? null} name="memory" />
      <Members shares={sums?.cpu ?? null} name="cpu" />
      <td className="gauge throttled" />
      <td className="gauge pids" />
      <td className="gauge pressure">
        <span />
        <span className="figure">{sums?.pressure ?? ""}</span>
      </td>
    </tr>
  );
});

function Members(props: {
  readonly shares: ReturnType<typeof sharesOf> | null;
  readonly name: "memory" | "cpu";
}) {
  const { shares, name } = props;
  const { limits } = useWords();
  if (shares === null || shares.most === null) return <td className={`gauge ${name}`} />;
  return (
    <td className={`gauge ${name} container`}>
      <span className="track limited">
        {shares.places.map((place) => (
          <b key={place} className="member" style={{ left: `${place}%` }} />
        ))}
        <b className="limit" />
      </span>
      <span className="figure">{limits.percent(percent(shares.most))}</span>
    </td>
  );
}
