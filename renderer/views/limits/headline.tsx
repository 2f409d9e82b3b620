import { memo } from "react";
import { visible } from "../../../shared/format.ts";
import type { Phrase } from "../../../shared/words/phrase.ts";
import type { Words } from "../../../shared/words/words.ts";
import { Say } from "../../components/say.tsx";
import { useFindings } from "../../state/findings.ts";
import { useMutes } from "../../state/muted.ts";
import { useWatched } from "../../state/use-watched.ts";
import { firstFrames, isHollow } from "../../state/weighed.ts";
import { useWords } from "../../state/words.ts";
import { useWorld, type World } from "../../state/world.ts";
import { judgedNow } from "./judged-now.ts";
import { isOverLimit, toldOf } from "./select.ts";

/** The screen in a sentence: how many are over a limit, how many have none; and whether all limits could be met at once. */
export const Headline = memo(function Headline() {
  const { limits } = useWords();
  useWorld((world) => world.connection);
  const found = useFindings((state) => state.byInstance);
  const mutes = useMutes();
  const { first, second } = useWatched(() => sentences(limits, useWorld.getState()), [limits, found, mutes]);
  return <Say first={first} second={second} />;
});

type Sentences = { readonly first: Phrase; readonly second: Phrase | null };

function sentences(words: Words["limits"], world: World): Sentences {
  if (world.at === null) return { first: words.connecting(), second: words.connectingNote() };
  const { all, ofHost } = judgedNow();
  const expected = all.filter(({ instance }) => instance.weighed !== null);
  if (world.frames <= firstFrames && expected.some(({ sample }) => sample === null))
    return { first: words.reading(all.length), second: words.readingNote() };
  const overOnes = all.filter(isOverLimit);
  // Who is over is known only from before: then that is how it was.
  const old = overOnes.length > 0 && overOnes.every(isHollow);
  const past = world.replay !== null || world.connection === "lost" || old;
  const told = toldOf(all);
  const { over, unlimited, findings, nearest, together } = told;
  const isOver = over.container + over.vm > 0;
  const calm = findings === 0 && ofHost.length === 0;
  const first = isOver
    ? words.over(over, past)
    : calm && unlimited === 0
      ? words.within(told.count, past)
      : words.noneOver(past);
  const host = world.facts?.memory ?? null;
  const sum = host === null || together === 0 ? [] : words.together(together, host, unlimited, past);
  return {
    first: unlimited === 0 ? first : [...first, ...words.unlimited(unlimited, past)],
    second:
      calm && nearest
        ? [...words.nearest(visible(nearest.name, 60), nearest.share, nearest.limit, past), ...sum]
        : sum,
  };
}
