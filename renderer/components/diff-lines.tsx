import { visible } from "../../shared/format.ts";
import type { DiffLine } from "../../shared/model/change.ts";
import "./diff-lines.css";

type DiffLinesProps = {
  /** What it is of: a command, or a file and its part. */
  readonly head: string;
  readonly lines: readonly DiffLine[];
  /** false: it is shown, but will not be done. */
  readonly on: boolean;
  readonly words: { readonly difference: string; readonly added: string; readonly removed: string };
};

const signs = { same: "", removed: "-", added: "+" } as const;

/** A difference, line by line: what comes is bold on a darker ground, what goes is struck through. No hue: neither is good. */
export function DiffLines({ head, lines, on, words }: DiffLinesProps) {
  const title = visible(head, 120);
  return (
    <section
      className={on ? "diff" : "diff left-out"}
      aria-label={`${words.difference}: ${title}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are reached by scrolling, by keyboard as well
      tabIndex={0}
    >
      <p className="diff-head">
        <bdi>{title}</bdi>
      </p>
      <ol>
        {lines.map(({ kind, line, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the difference
          <li key={index} className={kind}>
            <span className="diff-number" aria-hidden="true">
              {line}
            </span>
            <b aria-hidden="true">{signs[kind]}</b>
            {kind === "same" ? null : <span className="unseen">{`${words[kind]}: `}</span>}
            <bdi>{visible(text, 400)}</bdi>
          </li>
        ))}
      </ol>
    </section>
  );
}
