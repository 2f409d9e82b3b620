import { bytes } from "../../shared/format.ts";
import type { MemoryVerdict } from "../../shared/measure/verdict.ts";
import type { Words } from "../../shared/words/words.ts";
import { PhraseText } from "../components/phrase-text.tsx";
import "../components/fillings.css";
import "./verdict-bar.css";

type VerdictBarProps = {
  readonly verdict: MemoryVerdict;
  readonly words: Words["verdict"];
};

/** From left to right: what can kill it, then what the kernel takes back, the dearest first. */
const order = ["own", "kernel", "slab", "mapped", "cache"] as const;
/** Parts below this share of the bar are not named: their figure is in the sentence's sums. */
const named = 0.01;
/** So much of the width is left beyond the largest thing on it, so that a limit there has its place. */
const room = 1.04;

/** A container's memory as one bar under its limit, its parts by name, and one sentence of what that comes to. */
export function VerdictBar({ verdict, words }: VerdictBarProps) {
  const { parts, limit, high, peak, code, atMost } = verdict;
  const whole = order.reduce((sum, name) => sum + (parts[name] ?? 0), 0);
  const end = Math.max(whole, limit ?? 0, high ?? 0, peak ?? 0) * room;
  const place = (amount: number) => `${Math.round((1_000 * amount) / end) / 10}%`;
  const nameOf = (part: (typeof order)[number]) =>
    part === "kernel" && atMost ? words.parts.kernelAtMost : words.parts[part];
  const shown = order.filter((part) => (parts[part] ?? 0) > whole * named);
  const marks = (["limit", "high", "peak"] as const).filter((mark) => verdict[mark] !== null);
  let at = 0;
  return (
    <figure className="verdict container" aria-label={words.label}>
      {whole > 0 ? (
        <>
          <span className="verdict-bar" aria-hidden="true">
            {limit === null ? (
              <i className="open" />
            ) : (
              <i className="ground" style={{ width: place(limit) }} />
            )}
            {order.map((part) => {
              const left = at;
              at += parts[part] ?? 0;
              return (
                <i
                  key={part}
                  className={`verdict-${part}`}
                  style={{ left: place(left), width: place(at - left) }}
                />
              );
            })}
            {high === null ? null : <b className="high" style={{ left: place(high) }} />}
            {peak === null ? null : <b className="peak" style={{ left: place(peak) }} />}
            {limit === null ? null : (
              <b className={code === "full" ? "limit over" : "limit"} style={{ left: place(limit) }} />
            )}
          </span>
          <ul className="verdict-parts">
            {shown.map((part) => (
              <li key={part}>
                <i className={`swatch verdict-${part}`} />
                {nameOf(part)} <b>{bytes(parts[part])}</b>
              </li>
            ))}
            {marks.map((mark) => (
              <li key={mark}>
                <i className={`mark-of-${mark}`} />
                {words.marks[mark]} <b>{bytes(verdict[mark])}</b>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <figcaption>
        <PhraseText phrase={words.sentence(verdict)} />
      </figcaption>
    </figure>
  );
}
