import type { Ref } from "react";
import { useId } from "react";
import "../components/text-field.css";
import "./typed-name.css";

type TypedNameProps = {
  readonly label: string;
  /** The name as it has to be typed. */
  readonly name: string;
  readonly typed: string;
  readonly onType: (typed: string) => void;
  /** Enter, once it matches. */
  readonly onEnter: () => void;
  readonly field?: Ref<HTMLInputElement>;
};

/** The field in which the user's word is given: the name, letter by letter. */
export function TypedName({ label, name, typed, onType, onEnter, field }: TypedNameProps) {
  const id = useId();
  return (
    <div className="typed-name">
      <label htmlFor={id}>{label}</label>
      <input
        {...(field === undefined ? {} : { ref: field })}
        id={id}
        className="text-field"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing)
            return;
          event.preventDefault();
          if (typed === name) onEnter();
        }}
      />
    </div>
  );
}
