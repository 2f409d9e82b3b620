import { useRef } from "react";
import type { Prepared } from "../../../../shared/model/change.ts";
import type { Kind } from "../../../../shared/model/instance.ts";
import { amountText, safeAmount, unitOf } from "../../../changes/amount.ts";
import { limitText, usedText } from "../../../changes/amount-words.ts";
import { SvgRuler } from "../../../charts/svg-ruler.tsx";
import { textWidth } from "../../../charts/text-width.ts";
import { useWidth } from "../../../charts/use-width.ts";
import { Triangle } from "../../../components/triangle.tsx";
import { useWords } from "../../../state/words.ts";
import { placeWords, rulerOf } from "./ruler-of.ts";
import "../../../components/fillings.css";
import "./apply-ruler.css";

type ApplyRulerProps = { readonly prepared: Prepared; readonly kind: Kind };

/** Triangle and space before the words of what is in use and a tenth, and how much longer those make the ruler. */
const mark = 14;
const wide = 1.25;

/** Present use, the limit now (dashed) and the new one (solid) on one ruler; where it is dangerous, use and a tenth. */
export function ApplyRuler({ prepared, kind }: ApplyRulerProps) {
  const words = useWords().apply;
  const plot = useRef<HTMLDivElement>(null);
  const width = useWidth(plot, "self");
  const { resource, from, to, use, floor, parts, dangerous } = prepared;
  const drawnFloor = dangerous ? floor : null;
  const { high, divisions } = rulerOf(
    resource,
    [from, to * (dangerous ? wide : 1), use, drawnFloor],
    words.units,
  );
  const share = (amount: number) => `${(100 * amount) / high}%`;
  const unit = unitOf(resource, from, to);

  const limits = [
    ...(from === null || from === to ? [] : [{ key: "now", word: words.now, amount: from }]),
    { key: "new", word: words.new, amount: to },
  ].sort((one, other) => one.amount - other.amount);
  const labels = [
    ...limits.map(({ key, word, amount }) => ({ key, word, figure: amountText(amount, unit), at: amount })),
    ...(drawnFloor === null
      ? []
      : [
          {
            key: "floor",
            word: words.inUseAndTenth,
            figure: amountText(safeAmount(resource, drawnFloor), unit),
            at: to,
          },
        ]),
  ].slice(-2);
  const widths = labels.map(
    ({ key, word, figure }) =>
      textWidth(`${word} `, "400 11px") + textWidth(figure, "600 11px") + 10 + (key === "floor" ? mark : 0),
  );
  const spots = labels.map(({ at }, index) => ({ x: (width * at) / high, width: widths[index] ?? 0 }));
  const [first = null, second = null] = spots;
  const lefts = labels.length === 1 ? placeWords(width, null, first) : placeWords(width, first, second);

  return (
    <div className={`apply-plot ${kind}`} ref={plot}>
      {width === 0 ? null : (
        <svg className="apply-svg" width={width} height={28} aria-hidden="true">
          <SvgRuler divisions={divisions} x={0} y={27} width={width} />
        </svg>
      )}
      <span
        className="apply-bar"
        role="img"
        aria-label={words.picture(
          use === null ? null : usedText(words, resource, use),
          from === null ? null : limitText(words, resource, from),
          limitText(words, resource, to),
        )}
      >
        <Use parts={parts} use={use} share={share} />
        {from === null || from === to ? null : <i className="limit before" style={{ left: share(from) }} />}
        <i className="limit" style={{ left: share(to) }} />
      </span>
      {labels.map(({ key, word, figure }, index) => (
        <span
          key={key}
          className={key === "floor" ? "apply-mark over-text" : "apply-mark"}
          style={{ left: lefts[index] }}
          aria-hidden="true"
        >
          {key === "floor" ? (
            <>
              <Triangle />
              <b>{figure}</b> {word}
            </>
          ) : (
            <>
              {word} <b>{figure}</b>
            </>
          )}
        </span>
      ))}
    </div>
  );
}

function Use({
  parts,
  use,
  share,
}: Pick<Prepared, "parts" | "use"> & { readonly share: (amount: number) => string }) {
  if (parts === null)
    return use === null ? null : <i className="net" style={{ left: 0, width: share(use) }} />;
  const { own, kernel, cache } = parts;
  return (
    <>
      <i className="net" style={{ left: 0, width: share(own) }} />
      <i className="tare" style={{ left: share(own), width: share(kernel) }} />
      <i className="cache" style={{ left: share(own + kernel), width: share(cache) }} />
    </>
  );
}

/** What the fillings and lines of the ruler mean. */
export function ApplyLegend({ prepared, kind }: ApplyRulerProps) {
  const words = useWords().apply;
  const { parts, use, from, to } = prepared;
  const fillings =
    parts === null ? (use === null ? [] : (["use"] as const)) : (["own", "kernel", "cache"] as const);
  const looks = { use: "net", own: "net", kernel: "tare", cache: "cache" } as const;
  return (
    <ul className={`apply-legend ${kind}`}>
      {fillings.map((part) => (
        <li key={part}>
          <i className={`swatch ${looks[part]}`} />
          {words.parts[part]}
        </li>
      ))}
      <li>
        <i className="line-swatch" />
        {words.newLimit}
      </li>
      {from === null || from === to ? null : (
        <li>
          <i className="line-swatch before" />
          {words.limitNow}
        </li>
      )}
    </ul>
  );
}
