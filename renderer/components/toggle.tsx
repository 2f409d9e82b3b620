import { Switch } from "react-aria-components";
import "./toggle.css";

type ToggleProps = {
  readonly label: string;
  readonly on: boolean;
  readonly words: { readonly on: string; readonly off: string };
  readonly isDisabled?: boolean;
  readonly onChange: (on: boolean) => void;
};

/** A switch that says in a word how it stands. */
export function Toggle({ label, on, words, isDisabled = false, onChange }: ToggleProps) {
  return (
    <Switch className="toggle" aria-label={label} isSelected={on} isDisabled={isDisabled} onChange={onChange}>
      <em aria-hidden="true">{on ? words.on : words.off}</em>
      <i aria-hidden="true" />
    </Switch>
  );
}
