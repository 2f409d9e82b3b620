import { Button } from "react-aria-components";
import { visible } from "../../../shared/format.ts";
import type { Race } from "../../../shared/model/race.ts";
import { PhraseText } from "../../components/phrase-text.tsx";
import { stopPair } from "../../state/races.ts";
import { choose } from "../../state/ui.ts";
import { useWords } from "../../state/words.ts";
import { nameOf } from "./earlier.ts";

/** What a race left running, until it is stopped here or Tare ends. */
export function PairLine({ race }: { readonly race: Race }) {
  const { startup } = useWords();
  const words = startup.pair;
  const both = race.pair.length > 1;
  const name = visible(nameOf(race, startup), 60);
  return (
    <section className="pair" role="status">
      <span>
        <PhraseText phrase={both ? words.text(name) : words.one(name)} />
      </span>
      <Button className="btn" onPress={() => choose({ screen: "scale", open: null })}>
        {words.look}
      </Button>
      <Button className="btn" onPress={() => void stopPair()}>
        {both ? words.stop : words.stopOne}
      </Button>
    </section>
  );
}
