import { Button } from "react-aria-components";
import { clockTime, count, visible } from "../../../../shared/format.ts";
import type { RuleId } from "../../../../shared/model/finding.ts";
import type { Millis } from "../../../../shared/model/units.ts";
import type { Words } from "../../../../shared/words/words.ts";
import { CopyButton, useCopying } from "../../../components/copy-button.tsx";
import { PhraseText } from "../../../components/phrase-text.tsx";
import { Triangle } from "../../../components/triangle.tsx";
import { useFindings } from "../../../state/findings.ts";
import { toSettings } from "../../../state/ui.ts";
import { dayOf, offsetHere, useWords } from "../../../state/words.ts";
import { useWorld } from "../../../state/world.ts";
import { type DayBar, dayBars } from "./day.ts";
import { useLog } from "./use-log.ts";
import "./calm.css";

const command = "tare check --for 30s --fail-on warning";
const mostBars = 6;

/** What is looked at, each with where the kernel keeps it and the rules that look. */
const checks: readonly (readonly [keyof Words["limits"]["calm"]["checks"], string, readonly RuleId[]])[] = [
  ["killed", "memory.events", ["memory-killed", "memory-filling", "memory-thrashing", "swap-full"]],
  ["throttled", "cpu.stat", ["cpu-throttled"]],
  ["pressure", "*.pressure", ["cpu-starved", "io-throttled"]],
  ["pids", "pids.current", ["pids-full"]],
  ["restarts", "RestartCount", ["restart-loop"]],
  ["limit", "memory.max", ["no-limit", "limit-above-host", "limit-differs", "controller-off"]],
  ["together", "MemTotal", ["limits-over-host"]],
  ["unused", "memory.peak", ["limit-unused", "vm-unused", "vm-held"]],
];

/** Nothing is found: what was looked at all the same, and what the last day was like. */
export function Calm({ muted }: { readonly muted: number }) {
  const words = useWords();
  const { calm } = words.limits;
  const replay = useWorld((world) => world.replay !== null);
  const copying = useCopying(command);
  const log = useLog();
  // 0 each, but for what is muted: that holds, and is not called nothing.
  const found = useFindings(({ byId }) => byId);
  const held = (rules: readonly RuleId[]) =>
    [...found.values()].filter(({ rule }) => rules.includes(rule)).length;
  // By the minute: the day's bars do not move each second.
  const now = useWorld(({ at }) => Math.floor((at ?? 0) / 60_000) * 60_000);
  const last = log?.cleared[0]?.clearedAt ?? null;
  return (
    <aside className="case calm-case" aria-label={words.limits.case.label}>
      <h2>{calm.title}</h2>
      <p>
        {replay ? (
          <PhraseText phrase={calm.recorded()} />
        ) : log === null ? null : last === null ? (
          <PhraseText phrase={calm.never(whenWords(log.since, now, words))} />
        ) : (
          <PhraseText phrase={calm.last(whenWords(last, now, words))} />
        )}
      </p>
      {log === null ? null : <Day bars={dayBars(log.cleared, now, mostBars)} since={log.since} now={now} />}
      <h3>{calm.looked}</h3>
      <table className="evidence">
        <tbody>
          {checks.map(([name, source, rules]) => (
            <tr key={name}>
              <th scope="row">{calm.checks[name]}</th>
              <td className="source">{source}</td>
              <td>{count(held(rules))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <section className="pipeline">
        <p>{calm.pipeline}</p>
        <pre>{command}</pre>
        <div className="mends-acts">
          <CopyButton copying={copying} words={words.frame} />
          <Button className="btn quiet" onPress={() => toSettings("findings")}>
            {calm.thresholds}
          </Button>
          <span className="undo">{calm.muted(muted)}</span>
        </div>
      </section>
    </aside>
  );
}

const day: Millis = 86_400_000;

/** "at 14:02", "yesterday at 19:36", or the day with it. */
function whenWords(at: Millis, now: Millis, { limits, frame }: Words): string {
  const offset = offsetHere();
  const time = clockTime(at, offset).slice(0, 5);
  const of = (moment: Millis) => Math.floor((moment + offset * 60_000) / day);
  if (of(at) === of(now)) return limits.calm.atTime(time);
  if (of(at) === of(now) - 1) return limits.calm.yesterday(time);
  return `${frame.day(dayOf(at, offset))} ${time}`;
}

function Day(props: { readonly bars: readonly DayBar[]; readonly since: Millis; readonly now: Millis }) {
  const { bars, since, now } = props;
  const words = useWords();
  const { calm } = words.limits;
  const offset = offsetHere();
  const watched = Math.min(1, Math.max(0, (since - (now - day)) / day));
  if (bars.length === 0) return null;
  return (
    <section className="day">
      <h3>{calm.day}</h3>
      <div className="day-row ax" aria-hidden="true">
        <span />
        <span className="day-ends">
          <span>{clockTime(now - day, offset).slice(0, 5)}</span>
          <span>{calm.now}</span>
        </span>
        <span>{calm.lasted}</span>
      </div>
      <ul>
        {bars.map((bar) => (
          <DayRow key={bar.key} bar={bar} watched={watched} />
        ))}
      </ul>
      {watched > 0 ? <p className="watching">{calm.watching(clockTime(since, offset).slice(0, 5))}</p> : null}
    </section>
  );
}

/** `watched`: where on the track watching began; before it nothing is known. */
function DayRow({ bar, watched }: { readonly bar: DayBar; readonly watched: number }) {
  const { finding, broken, stretches, lasted } = bar;
  const { findings, frame, limits } = useWords();
  const name = useWorld(({ byId }) => byId.get(finding.instance ?? "")?.name ?? null);
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
        <i className="watched" style={{ left: `${100 * watched}%` }} />
        {stretches.map(({ from, to }) => (
          <i
            key={from}
            className={broken ? "held broken" : "held"}
            style={{ left: `${100 * from}%`, width: `${100 * (to - from)}%` }}
          />
        ))}
      </span>
      <span className="day-lasted">{frame.duration(lasted)}</span>
    </li>
  );
}
