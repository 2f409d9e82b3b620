import { memo } from "react";
import { Foreign } from "../../components/foreign.tsx";
import { keyCap } from "../../state/keys.ts";
import { useRaces } from "../../state/races.ts";
import { latest } from "../../state/series.ts";
import { useWatched } from "../../state/use-watched.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { partsOf } from "./cut.ts";

/** What needs saying of what is drawn, and the keys. */
export const Foot = memo(function Foot({ raced }: { readonly raced: boolean }) {
  const { scale, frame } = useWords();
  const { hints } = frame.keys;
  const vm = useRaces(({ back }) => back.vm);
  const notes = useWatched(() => {
    const seen = new Set<string>();
    for (const { id, kind } of useWorld.getState().byId.values())
      for (const { filling } of partsOf(kind, latest(id))) seen.add(filling);
    return { estimate: seen.has("estimate"), mixed: seen.has("mixed") };
  }, []);
  const keys = [
    [["ArrowUp", "ArrowDown"], hints.move],
    [["Enter"], hints.open],
    [["V"], hints.view],
    [["Z"], hints.lens],
    [["/"], hints.filter],
    [["?"], hints.help],
  ] as const;
  return (
    <footer className="foot">
      {notes.estimate ? <span>{scale.estimate}</span> : null}
      {notes.mixed ? <span>{scale.notSplit}</span> : null}
      {raced && vm !== null ? (
        <span>
          <Foreign text={scale.raced.foot(vm.image, vm.accelerator, vm.boot, vm.runs)} most={120} />
        </span>
      ) : null}
      <span className="hints" aria-hidden="true">
        {keys.map(([caps, word]) => (
          <span key={word}>
            <kbd>{caps.map(keyCap).join("")}</kbd> {word}
          </span>
        ))}
      </span>
    </footer>
  );
});
