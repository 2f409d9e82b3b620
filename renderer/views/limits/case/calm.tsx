import { Button } from "react-aria-components";
import { clockTime, count } from "../../../../shared/format.ts";
import type { RuleId } from "../../../../shared/model/finding.ts";
import type { Trouble } from "../../../../shared/model/trouble.ts";
import type { Millis } from "../../../../shared/model/units.ts";
import type { Words } from "../../../../shared/words/words.ts";
import { CopyButton, useCopying } from "../../../components/copy-button.tsx";
import { PhraseText } from "../../../components/phrase-text.tsx";
import { useFindings } from "../../../state/findings.ts";
import { toSettings } from "../../../state/ui.ts";
import { dayOf, offsetHere, useWords } from "../../../state/words.ts";
import { useWorld } from "../../../state/world.ts";
import { Day } from "./day.tsx";
import { useLog } from "./use-log.ts";
import "./calm.css";

const command = "tare check --for 30s --fail-on warning";

/** What is looked at, each with where the kernel keeps it and the rules that look. */
const checks: readonly (readonly [keyof Words["limits"]["calm"]["checks"], string, readonly RuleId[]])[] = [
  ["killed", "memory.events", ["memory-killed", "memory-filling", "memory-thrashing", "swap-full"]],
  ["throttled", "cpu.stat", ["cpu-throttled"]],
  ["pressure", "*.pressure", ["cpu-starved", "io-throttled"]],
  ["pids", "pids.current", ["pids-full"]],
  ["restarts", "RestartCount", ["restart-loop"]],
  ["limit", "memory.max", ["no-limit", "limit-above-host", "limit-differs", "controller-off"]],
  ["together", "MemTotal", ["limits-over-host"]],
  ["unused", "memory.peak", ["limit-unused", "quota-unused", "vm-unused", "vm-held"]],
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
          <PhraseText phrase={calm.never(whenWords(log.watched.at(-1)?.from ?? now, now, words))} />
        ) : (
          <PhraseText phrase={calm.last(whenWords(last, now, words))} />
        )}
      </p>
      {log === null ? null : <Day log={log} now={now} />}
      {log?.trouble ? <NotKept trouble={log.trouble} /> : null}
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

/** Once, where one looks back: the findings of now need no file. */
function NotKept({ trouble: { code, where, cause } }: { readonly trouble: Trouble }) {
  const { notKept } = useWords().limits.calm;
  return (
    <p className="not-kept" role="status">
      {code in notKept ? notKept[code as keyof typeof notKept] : notKept.failed}
      <code>{cause === null ? where : cause}</code>
    </p>
  );
}
