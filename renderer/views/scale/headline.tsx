import { memo } from "react";
import type { Kind } from "../../../shared/model/instance.ts";
import type { Bytes } from "../../../shared/model/units.ts";
import type { RacedVm } from "../../../shared/race/give-back.ts";
import type { Phrase } from "../../../shared/words/phrase.ts";
import type { Words } from "../../../shared/words/words.ts";
import { Say } from "../../components/say.tsx";
import { useRaces } from "../../state/races.ts";
import { latestAt } from "../../state/series.ts";
import { useUi } from "../../state/ui.ts";
import { useWatched } from "../../state/use-watched.ts";
import { firstFrames, isAlive, isHollow, isService, type Weighed } from "../../state/weighed.ts";
import { weighedNow } from "../../state/weighed-now.ts";
import { dayOf, offsetHere, useWords } from "../../state/words.ts";
import { useWorld, type World } from "../../state/world.ts";

/** The screen in a sentence, and what the boxes alone weigh in a second one. */
export const Headline = memo(function Headline() {
  const words = useWords();
  useWorld((world) => world.connection);
  const presenting = useUi((ui) => ui.presenting);
  const vm = useRaces(({ back }) => back.vm);
  const { first, second } = useWatched(
    () => sentences(words, weighedNow(), useWorld.getState(), vm),
    [words, vm],
  );
  // In a room each sentence has a line of its own.
  const lines = presenting ? first.map((part) => (part === " " ? "\n" : part)) : first;
  return <Say first={lines} second={second} />;
});

type Sentences = { readonly first: Phrase; readonly second: Phrase | null };

function sentences(
  { scale, frame }: Words,
  all: readonly Weighed[],
  world: World,
  raced: RacedVm | null,
): Sentences {
  if (world.at === null) return { first: scale.connecting(), second: scale.connectingNote() };
  const at = world.at;
  const running = all.filter(({ instance }) => isAlive(instance) && !isService(instance));
  const of = (kind: Kind) => running.filter(({ instance }) => instance.kind === kind);
  const [vms, containers] = [of("vm"), of("container")];
  const read = (list: readonly Weighed[]) => list.filter(({ sample }) => sample?.gross != null);
  const expected = running.filter(({ instance }) => instance.weighed !== null);
  if (world.frames <= firstFrames && read(expected).length < expected.length)
    return {
      first: scale.weighing(running.length),
      second: scale.weighed(read(vms).length, vms.length, read(containers).length, containers.length),
    };
  const heap = (list: readonly Weighed[]) => {
    const known = read(list);
    if (known.length === 0) return null;
    const gross = known.reduce((sum, { sample }) => sum + (sample?.gross ?? 0), 0);
    const last = Math.max(...known.map(({ instance }) => latestAt(instance.id) ?? 0));
    const old = known.every(isHollow);
    return {
      count: known.length,
      gross,
      ago: old && world.connection !== "lost" ? frame.duration(at - last) : null,
    };
  };
  const [container, vm] = [heap(containers), heap(vms)];
  const past = world.replay !== null || world.connection === "lost";
  return {
    first: scale.headline(container, vm, past, raced !== null),
    // Of what is old nothing more is said; a recording is not old.
    second:
      container?.ago === null && world.connection !== "lost"
        ? boxes({ scale, frame }, containers, vms, past, raced)
        : null,
  };
}

/** The mean tare of the containers that tell it, and of the VMs where it is known; else that of the VM that was raced. */
function boxes(
  { scale, frame }: Pick<Words, "scale" | "frame">,
  containers: readonly Weighed[],
  vms: readonly Weighed[],
  past: boolean,
  raced: RacedVm | null,
): Phrase | null {
  const tares = (list: readonly Weighed[]) =>
    list.map(({ sample }) => sample?.tare ?? null).filter((one) => one !== null);
  const mean = (values: readonly Bytes[]) =>
    values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  const told = containers.filter(({ sample }) => sample?.tare != null && sample.gross != null);
  const container = mean(tares(told));
  const gross = told.reduce((sum, { sample }) => sum + (sample?.gross ?? 0), 0);
  if (container === null || container === 0 || gross === 0) return null;
  const vm = mean(tares(vms));
  if (vm === null && raced?.tare != null)
    return scale.boxesRaced(container, raced.tare, frame.day(dayOf(raced.at, offsetHere())));
  return scale.boxes(container, (container * told.length) / gross, vm, vms.length > 0, past);
}
