import { useMemo } from "react";
import { isMuted } from "../../../shared/alerts.ts";
import { clockTime } from "../../../shared/format.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import { isBroken, worstFirst } from "../../../shared/rules/worst-first.ts";
import { type Span, xOf } from "../../charts/span.ts";
import { useFindingsOf } from "../../state/findings.ts";
import { useMutes } from "../../state/muted.ts";
import { offsetHere, useWords } from "../../state/words.ts";
import "./finding-lane.css";

/** So many findings have a line of their own; more would push the charts away from their events. */
const mostLines = 3;

/** Since when each finding holds, as a line on the charts' own time axis. */
export function FindingLane({
  instance,
  span,
  width,
}: {
  readonly instance: Instance;
  readonly span: Span;
  readonly width: number;
}) {
  const words = useWords();
  const found = useFindingsOf(instance.id);
  const mutes = useMutes();
  const held = useMemo(
    () =>
      found
        .filter((one) => one.severity !== "note" && !isMuted(one, instance.name, mutes))
        .filter(({ openedAt }) => openedAt <= span.to)
        .sort(worstFirst)
        .slice(0, mostLines),
    [found, instance.name, mutes, span.to],
  );
  if (held.length === 0 || width === 0) return null;
  return (
    <div className="chart-grid finding-lane">
      <ol aria-label={words.detail.findingStrip.since}>
        {held.map((finding) => {
          const from = Math.max(0, xOf(span, width, finding.openedAt));
          const told = `${clockTime(finding.openedAt, offsetHere())} ${words.findings.line(finding)}`;
          return (
            <li key={finding.id} title={told}>
              <i
                className={isBroken(finding) ? "over" : ""}
                style={{ left: from, width: Math.max(2, width - from) }}
              />
              <span className="unseen">{told}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
