import { Button } from "react-aria-components";
import { visible } from "../../../shared/format.ts";
import { shortImage } from "../../../shared/race/image-name.ts";
import { stopPair, useRaces } from "../../state/races.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";

/** Whether one of a race's pair runs here and can be stopped: not in a recording. */
export function usePair(): { readonly image: string | null } | null {
  const pair = useRaces(({ back }) => back.pair);
  const there = useWorld(
    ({ byId, replay }) => replay === null && pair !== null && [...pair.ids].some((id) => byId.has(id)),
  );
  return there ? pair : null;
}

/** That a pair was left running after its race, and the one key that stops it. */
export function PairNote() {
  const words = useWords().scale.pair;
  const pair = usePair();
  if (pair === null) return null;
  return (
    <p className="pair-note">
      {words.note(pair.image === null ? null : visible(shortImage(pair.image), 40))}
      <Button className="btn" onPress={() => void stopPair()}>
        {words.stop}
        <kbd>{"X"}</kbd>
      </Button>
    </p>
  );
}
