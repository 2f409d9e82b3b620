import type { Phrase } from "../../shared/words/phrase.ts";
import { PhraseText } from "./phrase-text.tsx";
import "./say.css";

/** The headline: the screen in a sentence, once a screen, and where there is more to say a second one. */
export function Say({ first, second }: { readonly first: Phrase; readonly second: Phrase | null }) {
  return (
    <div className="say">
      <h1>
        <PhraseText phrase={first} />
      </h1>
      {second === null || second.length === 0 ? null : (
        <p>
          <PhraseText phrase={second} />
        </p>
      )}
    </div>
  );
}
