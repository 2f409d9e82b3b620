import { Radio, RadioGroup } from "react-aria-components";
import "./segmented.css";

type SegmentedProps<Key extends string> = {
  readonly label: string;
  readonly options: readonly { readonly key: Key; readonly word: string }[];
  readonly chosen: Key;
  readonly onChoose: (key: Key) => void;
};

/** One of a few, all in view. */
export function Segmented<Key extends string>({ label, options, chosen, onChoose }: SegmentedProps<Key>) {
  return (
    <RadioGroup
      className="segmented"
      aria-label={label}
      orientation="horizontal"
      value={chosen}
      onChange={(key) => onChoose(key as Key)}
    >
      {options.map(({ key, word }) => (
        <Radio key={key} value={key} className="segment">
          {word}
        </Radio>
      ))}
    </RadioGroup>
  );
}
