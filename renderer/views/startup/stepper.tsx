import { type KeyboardEvent, useId, useState } from "react";
import { Button } from "react-aria-components";
import { useWords } from "../../state/words.ts";
import { type Stepped, stepped } from "./steps.ts";
import "./stepper.css";

type StepperProps = {
  readonly of: Stepped;
  readonly label: string;
  readonly note?: string;
  readonly value: number;
  /** The value as the field shows and takes it: in MiB, in seconds. */
  readonly scale: number;
  readonly unit: string;
  /** In the unit of `value`, as the wish allows it. */
  readonly least: number;
  readonly most: number;
  /** Whole numbers only. */
  readonly whole: boolean;
  readonly onChange: (value: number) => void;
};

/** A number with − and +, which lead through round values; any other can be typed. */
export function Stepper(props: StepperProps) {
  const { of, label, note, value, scale, unit, least, most, whole, onChange } = props;
  const words = useWords().startup.how;
  const id = useId();
  /** What is being typed; null: nothing is. */
  const [typed, setTyped] = useState<string | null>(null);
  const go = (by: 1 | -1) => {
    const next = stepped(of, value, by, most);
    if (next !== null) onChange(next);
    setTyped(null);
  };
  const type = (text: string) => {
    setTyped(text);
    const number = Number(text) * scale;
    const fits = text.trim() !== "" && number >= least && number <= most;
    if (fits && (!whole || Number.isInteger(number))) onChange(number);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    go(event.key === "ArrowUp" ? 1 : -1);
  };
  const shown = typed ?? `${value / scale}`;
  return (
    <div className="stepper-row">
      <label htmlFor={id}>{label}</label>
      <span className="stepper">
        <Button
          excludeFromTabOrder
          aria-label={words.less(label)}
          isDisabled={stepped(of, value, -1) === null}
          onPress={() => go(-1)}
        >
          {"−"}
        </Button>
        <span className="stepper-value">
          <input
            id={id}
            role="spinbutton"
            aria-valuenow={value / scale}
            aria-valuetext={`${value / scale} ${unit}`}
            aria-valuemin={least / scale}
            aria-valuemax={most / scale}
            inputMode="decimal"
            autoComplete="off"
            value={shown}
            style={{ width: `${Math.max(1, shown.length)}ch` }}
            {...(note === undefined ? {} : { "aria-describedby": `${id}-note` })}
            onChange={(event) => type(event.target.value)}
            onBlur={() => setTyped(null)}
            onKeyDown={press}
          />
          {unit === "" ? null : <span className="unit">{unit}</span>}
        </span>
        <Button
          excludeFromTabOrder
          aria-label={words.more(label)}
          isDisabled={stepped(of, value, 1, most) === null}
          onPress={() => go(1)}
        >
          {"+"}
        </Button>
      </span>
      {note === undefined ? null : <small id={`${id}-note`}>{note}</small>}
    </div>
  );
}
