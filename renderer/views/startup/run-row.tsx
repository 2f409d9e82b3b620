import type { ReactNode } from "react";
import type { Phrase } from "../../../shared/words/phrase.ts";
import { PhraseText } from "../../components/phrase-text.tsx";
import { useWords } from "../../state/words.ts";
import type { Cell } from "./cells.ts";
import "./run-row.css";

type RunRowProps = {
  readonly label: Phrase;
  readonly cells: readonly Cell[];
  /** Before a race: those to come stand in their hue. */
  readonly toCome?: boolean;
  /** What the cells say to those who do not see them. */
  readonly finding: string;
  /** "50 s left", "about 2 min"; empty: not known. */
  readonly time: string;
  readonly children: ReactNode;
};

/** All runs of a race in one row, a cell each, and the one thing to do. */
export function RunRow({ label, cells, toCome = false, finding, time, children }: RunRowProps) {
  const words = useWords().startup.row;
  return (
    <section className="run-row" aria-label={words.label}>
      <span className="run-label">
        <PhraseText phrase={label} />
      </span>
      <span
        className={`cells${cells.length > 60 ? " tight" : ""}${toCome ? " to-come" : ""}`}
        role="img"
        aria-label={finding}
      >
        {cells.map(({ kind, cold, state }, index) => (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: a run is its place in the order
            key={index}
            className={`${kind} ${state}${cold ? " cold" : ""}`}
            title={words.cell(kind, cold, words.states[state])}
          />
        ))}
      </span>
      {time === "" ? null : <span className="run-time">{time}</span>}
      {children}
    </section>
  );
}
