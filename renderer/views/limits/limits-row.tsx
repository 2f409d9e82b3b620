import { memo } from "react";
import { Foreign } from "../../components/foreign.tsx";
import { Triangle } from "../../components/triangle.tsx";
import { useFindings, useFindingsOf } from "../../state/findings.ts";
import { useWatchedText } from "../../state/use-watched.ts";
import { isHollowNow } from "../../state/weighed-now.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import type { OpenEnds } from "./gauge.ts";
import { GaugeCells } from "./gauges.tsx";
import type { RowLine } from "./lines.ts";
import { useRecent } from "./use-recent.ts";

export type RowProps = {
  readonly line: RowLine;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly isSelected: boolean;
  /** The one row that Tab leads to. */
  readonly isStop: boolean;
  readonly isOpen: boolean;
  readonly ends: OpenEnds;
};

/** One instance: its name with what is said of it, and its gauges. Each cell subscribes to its own figures. */
export const LimitsRow = memo(function LimitsRow(props: RowProps) {
  const { line, index, top, height, isSelected, isStop, isOpen, ends } = props;
  const id = line.key;
  const instance = useWorld((world) => world.byId.get(id));
  useWorld((world) => world.connection);
  const past = useRecent(id);
  const hollow = useWatchedText(() => (isHollowNow(id) ? "hollow" : ""));
  const throttled = useFindingsOf(id).some(({ rule }) => rule === "cpu-throttled");
  if (!instance) return null;
  const { kind } = instance;
  return (
    <tr
      className={`line row ${kind} ${hollow} level-${line.level} ${line.finding === null ? "" : "told"}`}
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
        <span className="said-of">
          <span className={instance.detailed ? "text" : "text bare"}>
            <Foreign text={instance.name} />
          </span>
          {line.finding === null ? null : <Why id={line.finding} broken={line.broken} />}
        </span>
      </th>
      <GaugeCells id={id} kind={kind} ends={ends} throttled={throttled} past={past} />
    </tr>
  );
});

/** The worst finding in a few words. */
export function Why({ id, broken }: { readonly id: string; readonly broken: boolean }) {
  const { findings } = useWords();
  const finding = useFindings(({ byId }) => byId.get(id));
  if (!finding) return null;
  return (
    <span className={broken ? "why over-text" : "why"}>
      {broken ? <Triangle /> : null}
      {findings.line(finding)}
    </span>
  );
}
