import type { Part, Phrase } from "../../shared/words/phrase.ts";
import "./phrase-text.css";

/** A sentence of a catalogue with its figures set out in their hue. */
export function PhraseText({ phrase }: { readonly phrase: Phrase }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the sentence
  return phrase.map((part, index) => <PartText key={index} part={part} />);
}

function PartText({ part }: { readonly part: Part }) {
  if (typeof part === "string") return part;
  return (
    <b className={`said ${part.tone}`}>
      {part.text}
      {part.unit === undefined ? null : <span className="unit">{`\u2009${part.unit}`}</span>}
    </b>
  );
}
