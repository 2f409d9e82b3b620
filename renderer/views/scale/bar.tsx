import { bytes } from "../../../shared/format.ts";
import type { Kind } from "../../../shared/model/instance.ts";
import type { Bytes } from "../../../shared/model/units.ts";
import { latest } from "../../state/series.ts";
import { useWatched } from "../../state/use-watched.ts";
import { isOver, limitOf } from "../../state/weighed.ts";
import { useWords } from "../../state/words.ts";
import { barOf, partsOf } from "./cut.ts";
import { logPlace } from "./domain.ts";
import "../../components/fillings.css";
import "./bar.css";

type BarProps = { readonly id: string; readonly kind: Kind; readonly end: Bytes };

/** Below this share of the ruler (5 px of a usual one) a hatch is only noise: it is drawn solid, at 60 %. */
const tiny = 0.95;

/** The parts of one weight end to end, with its limit as a line. */
export function Bar({ id, kind, end }: BarProps) {
  const { segments, limit, over, torn } = useWatched(() => barOf(kind, latest(id), end), [id, kind, end]);
  return (
    <span className={`bar ${kind}`}>
      {segments.map(({ filling, left, width }) => (
        <i
          key={filling}
          className={width < tiny ? `${filling} tiny` : filling}
          style={{ left: `${left}%`, width: `${width}%` }}
        />
      ))}
      {limit === null ? null : <b className={over ? "limit over" : "limit"} style={{ left: `${limit}%` }} />}
      {torn ? <Torn /> : null}
    </span>
  );
}

/** The ragged end of a bar that goes on beyond its ruler. */
export function Torn() {
  return (
    <svg className="torn" viewBox="0 0 9 16" aria-hidden="true">
      <path d="M9 0H3L6 3 2 6 6 9 2 12 5 16H9Z" />
      <path className="edge" d="M3 0 6 3 2 6 6 9 2 12 5 16" />
    </svg>
  );
}

/** What the bar says, for those who do not see it. Read only when a screen reader comes by, so not watched. */
export function useBarText(id: string, kind: Kind): string {
  const { scale } = useWords();
  const sample = latest(id);
  const limit = limitOf(kind, sample);
  const words = { ...scale.legend, estimate: scale.legend.tare };
  return scale.bar(
    partsOf(kind, sample).map((part) => scale.part(words[part.filling], bytes(part.bytes))),
    limit === null ? null : bytes(limit),
  );
}

const percent = (share: number) => `${Math.round(share * 2000) / 20}%`;

/** On a logarithmic ruler: a ring for net, a dot for gross, a tick for the limit. Lengths between them are ratios. */
export function Dumbbell({
  id,
  kind,
  steps,
}: {
  readonly id: string;
  readonly kind: Kind;
  readonly steps: number;
}) {
  const { gross, net, limit, over } = useWatched(() => {
    const sample = latest(id);
    const place = (value: Bytes | null | undefined) => (value == null ? null : logPlace(value, steps));
    return {
      gross: place(sample?.gross),
      net: place(sample?.net),
      limit: place(limitOf(kind, sample)),
      over: isOver(kind, sample),
    };
  }, [id, kind, steps]);
  if (gross === null) return null;
  const room = limit === null ? 0 : limit - gross;
  return (
    <span className={`dumbbell ${kind}`}>
      {room > 0 ? <i className="room" style={{ left: percent(gross), width: percent(room) }} /> : null}
      {limit === null ? null : (
        <b className={over ? "limit over" : "limit"} style={{ left: percent(limit) }} />
      )}
      {net === null ? null : (
        <>
          <i className="span" style={{ left: percent(net), width: percent(Math.max(0, gross - net)) }} />
          <i className="ring" style={{ left: percent(net) }} />
        </>
      )}
      <i className="dot" style={{ left: percent(gross) }} />
    </span>
  );
}
