import { memo } from "react";
import { cores, mebibytes, percent, unknown } from "../../../shared/format.ts";
import { Foreign } from "../../components/foreign.tsx";
import { useWatched } from "../../state/use-watched.ts";
import { limitOf } from "../../state/weighed.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { limitPlace } from "./gauge.ts";
import { Track } from "./gauges.tsx";
import { judgedNow } from "./judged-now.ts";
import { type RowProps, Why } from "./limits-row.tsx";
import { hostKey } from "./lines.ts";

/** The computer itself: all limits together against what it has. */
export const HostRow = memo(function HostRow(props: Omit<RowProps, "isOpen" | "ends">) {
  const { line, index, top, height, isSelected, isStop } = props;
  const { limits } = useWords();
  const facts = useWorld((world) => world.facts);
  const sums = useWatched(() => {
    let [memory, cpu] = [0, 0];
    for (const { instance, sample } of judgedNow().all) {
      memory += limitOf(instance.kind, sample) ?? 0;
      cpu += sample?.cpuLimit ?? 0;
    }
    return { memory, cpu };
  }, []);
  const cells = facts
    ? ([
        ["memory", sums.memory / facts.memory, limits.of(mebibytes(sums.memory), mebibytes(facts.memory))],
        ["cpu", sums.cpu / facts.threads, limits.ofCores(cores(sums.cpu), cores(facts.threads))],
      ] as const)
    : [];
  return (
    <tr
      className={`line row host level-${line.level} told`}
      style={{ transform: `translateY(${top}px)`, height }}
      data-key={hostKey}
      aria-rowindex={index}
      aria-level={line.level}
      aria-selected={isSelected}
      tabIndex={isStop ? 0 : -1}
    >
      <th scope="row" className="name">
        <i className="stripe" />
        <span className="said-of">
          <span className="text">{facts === null ? limits.host : <Foreign text={facts.name} />}</span>
          {line.finding === null ? null : <Why id={line.finding} broken={line.broken} />}
        </span>
      </th>
      {cells.map(([name, share, told]) => (
        <td key={name} className={`gauge ${name}`} title={told}>
          <Track
            gauge={{
              track: "limited",
              solid: Math.round(Math.min(100, share * limitPlace) * 10) / 10,
              light: 0,
              tick: null,
              over: false,
              figure: "",
              share,
            }}
          />
          <span className="figure">{limits.percent(percent(share))}</span>
        </td>
      ))}
      {["throttled", "pids", "pressure"].map((name) => (
        <td key={name} className={`gauge ${name}`}>
          <span />
          <span className="figure faint">{unknown}</span>
        </td>
      ))}
    </tr>
  );
});
