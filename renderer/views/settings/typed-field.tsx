import { type KeyboardEvent, useState } from "react";
import "../../components/text-field.css";

type TypedFieldProps = {
  readonly label: string;
  /** As it holds now. */
  readonly text: string;
  readonly placeholder?: string;
  readonly className?: string;
  readonly isWrong: boolean;
  /** What was typed, once it is left or Enter is pressed; not called where it did not change. */
  readonly onDone: (text: string) => void;
};

/** A field that holds only once it is left: Enter and leaving it do so, Escape goes back to what holds. */
export function TypedField(props: TypedFieldProps) {
  const { label, text, placeholder = "", className = "", isWrong, onDone } = props;
  /** null: nothing is being typed. */
  const [typed, setTyped] = useState<string | null>(null);
  const done = () => {
    setTyped(null);
    if (typed !== null && typed.trim() !== text) onDone(typed.trim());
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) done();
    // The first Escape takes back what is being typed; the next one leaves the settings.
    else if (event.key === "Escape" && typed !== null && typed !== text) setTyped(null);
    else return;
    event.preventDefault();
  };
  return (
    <input
      className={`text-field ${className}`}
      aria-label={label}
      aria-invalid={isWrong}
      autoComplete="off"
      spellCheck={false}
      placeholder={placeholder}
      value={typed ?? text}
      onChange={(event) => setTyped(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={done}
      onKeyDown={press}
    />
  );
}
