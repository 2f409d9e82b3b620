import { memo } from "react";
import { PhraseText } from "../../components/phrase-text.tsx";
import { useWords } from "../../state/words.ts";

/** What a limit is for a container, and what it is for a VM. */
export const Foot = memo(function Foot() {
  const { foot } = useWords().limits;
  return (
    <footer className="limits-foot">
      <p>
        <PhraseText phrase={foot.container()} />
      </p>
      <p>
        <PhraseText phrase={foot.vm()} />
      </p>
    </footer>
  );
});
