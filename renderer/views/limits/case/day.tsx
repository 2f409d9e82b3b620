import { useEffect } from "react";
import { clockTime, visible } from "../../../../shared/format.ts";
import type { PastFinding } from "../../../../shared/model/finding.ts";
import type { Millis } from "../../../../shared/model/units.ts";
import { day, type Span } from "../../../../shared/rules/past.ts";
import type { FindingLog } from "../../../../shared/wire/calls.ts";
import { Triangle } from "../../../components/triangle.tsx";
import { loadChanges, useChanges } from "../../../state/changes.ts";
import { offsetHere, useWords } from "../../../state/words.ts";
import { useWorld } from "../../../state/world.ts";
import { changeOf, type DayBar, dayBars, gapsOf, placeOf } from "./past-day.ts";

const mostBars = 6;
const mostGaps = 3;

/** The last day: which findings held when, what ended each, and when Tare did not look. */
export function Day({ log, now }: { readonly log: FindingLog; readonly now: Millis }) {
  const { calm } = useWords().limits;
  const bars = dayBars(log.cleared, now, mostBars);
  if (bars.length === 0) return null;
  const time = (at: Millis) => clockTime(at, offsetHere()).slice(0, 5);
  const gaps = gapsOf(log.watched);
  const [first] = log.watched;
  const since = first !== undefined && first.from > now - day ? [calm.watching(time(first.from))] : [];
  const between =
    gaps.length === 0
      ? []
      : [
          calm.unwatched(
            gaps.slice(-mostGaps).map(({ from, to }) => `${time(from)}–${time(to)}`),
            Math.max(0, gaps.length - mostGaps),
          ),
        ];
  const notes = [...since, ...between];
  return (
    <section className="day">
      <h3>{calm.day}</h3>
      <div className="day-row ax" aria-hidden="true">
        <span />
        <span className="day-ends">
          <span>{time(now - day)}</span>
          <span>{calm.now}</span>
        </span>
        <span>{calm.lasted}</span>
      </div>
      <ul>
        {bars.map((bar) => (
          <DayRow key={bar.key} bar={bar} watched={log.watched} now={now} />
        ))}
      </ul>
      {notes.map((note) => (
        <p key={note} className="watching">
          {note}
        </p>
      ))}
    </section>
  );
}

type RowProps = { readonly bar: DayBar; readonly watched: readonly Span[]; readonly now: Millis };

/** Where the track has no ground nobody looked, and nothing is known. */
function DayRow({ bar, watched, now }: RowProps) {
  const { finding, last, broken, stretches, lasted } = bar;
  const { findings, frame, limits } = useWords();
  const here = useWorld(({ byId }) => byId.get(finding.instance ?? "")?.name ?? null);
  const byTare = useByTare(last);
  const name = here ?? finding.name;
  return (
    <li className="day-row">
      <span className="day-name">
        <bdi>
          {name === null
            ? finding.instance === null
              ? limits.host
              : visible(finding.instance.slice(0, 20), 20)
            : visible(name, 40)}
        </bdi>
        <em>
          {broken ? <Triangle /> : null}
          {findings.line(finding)}
        </em>
      </span>
      <span className="day-track" aria-hidden="true">
        {watched.map(({ from, to }) => (
          <i key={from} className="watched" style={placed(placeOf(from, now), placeOf(to, now))} />
        ))}
        {stretches.map(({ from, to }) => (
          <i key={from} className={broken ? "held broken" : "held"} style={placed(from, to)} />
        ))}
      </span>
      <span className="day-lasted">{frame.duration(lasted)}</span>
      <span className="day-ending">{limits.calm.ending(last.ending, byTare)}</span>
    </li>
  );
}

const placed = (from: number, to: number) => ({ left: `${100 * from}%`, width: `${100 * (to - from)}%` });

/** Whether a limit was set from here while the finding held. The history of changes is asked for only where a limit was set. */
function useByTare(last: PastFinding): boolean {
  const list = useChanges((changes) => changes.list);
  const asks = last.ending.by === "limit";
  useEffect(() => {
    if (asks) void loadChanges();
  }, [asks]);
  return changeOf(last, list ?? []) !== null;
}
