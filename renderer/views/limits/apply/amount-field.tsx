import { type KeyboardEvent, useId, useState } from "react";
import type { Resource } from "../../../../shared/model/change.ts";
import { amountText, parseAmount, steppedAmount, unitOf } from "../../../changes/amount.ts";
import { useWords } from "../../../state/words.ts";
import "../../../components/text-field.css";

type AmountFieldProps = {
  readonly resource: Resource;
  readonly amount: number;
  readonly isDisabled: boolean;
  readonly onChange: (amount: number) => void;
};

/** The new limit as a field: typed with or without its unit, or stepped through round amounts with the arrows. */
export function AmountField({ resource, amount, isDisabled, onChange }: AmountFieldProps) {
  const words = useWords().apply;
  const id = useId();
  /** What is being typed; null: nothing is. */
  const [typed, setTyped] = useState<string | null>(null);
  const unit = unitOf(resource, amount);
  const invalid = typed !== null && parseAmount(resource, typed, unit) === null;
  const type = (text: string) => {
    setTyped(text);
    const value = parseAmount(resource, text, unit);
    if (value !== null && value !== amount) onChange(value);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    setTyped(null);
    onChange(steppedAmount(resource, amount, event.key === "ArrowUp" ? 1 : -1));
  };
  return (
    <span className="amount-field">
      <label htmlFor={id}>{words.value}</label>
      <input
        id={id}
        className="text-field"
        title={words.valueHint}
        aria-describedby={`${id}-hint`}
        aria-invalid={invalid}
        autoComplete="off"
        spellCheck={false}
        disabled={isDisabled}
        value={typed ?? words.units[unit](amountText(amount, unit))}
        onChange={(event) => type(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => setTyped(null)}
        onKeyDown={press}
      />
      <span id={`${id}-hint`} className={invalid ? "over-text" : "unseen"} aria-live="polite">
        {invalid ? words.notReadable : words.valueHint}
      </span>
    </span>
  );
}
