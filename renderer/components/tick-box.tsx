import type { ReactNode } from "react";
import { Checkbox } from "react-aria-components";
import { visible } from "../../shared/format.ts";
import "./tick-box.css";

type TickBoxProps = {
  readonly word: ReactNode;
  /** A second line; empty: none. */
  readonly note: string;
  readonly on: boolean;
  readonly barred?: boolean;
  readonly onChange: (on: boolean) => void;
};

/** One thing that is done or not, with what it means under it. */
export function TickBox({ word, note, on, barred = false, onChange }: TickBoxProps) {
  return (
    <Checkbox className="tick-box" isSelected={on} isDisabled={barred} onChange={onChange}>
      <i aria-hidden="true">
        <svg viewBox="0 0 10 10" aria-hidden="true">
          <path d="m2 5.2 2.1 2.2L8 2.8" />
        </svg>
      </i>
      <span>
        {word}
        {note === "" ? null : <small>{visible(note)}</small>}
      </span>
    </Checkbox>
  );
}
