import type { Handlers } from "../shared/wire/calls.ts";
import type { Lab } from "./lab/bench.ts";
import type { Source } from "./source.ts";

/**
 * What a page asks the lab for. While a recording is shown its races are told instead of this computer's, and none can be
 * begun: what is on goes on, and can be stopped.
 */
export function labCalls(
  lab: Lab,
  source: Pick<Source, "live" | "races">,
): Pick<Handlers, "lab" | "images" | "startRace" | "stopRace" | "raceNews" | "races" | "stopPair"> {
  const { images, stopRace, raceNews, stopPair } = lab;
  return {
    lab: lab.lab,
    images,
    startRace: (wish) =>
      source.live
        ? lab.startRace(wish)
        : { trouble: { code: "failed", where: "recording", cause: null, output: [] } },
    stopRace,
    raceNews,
    races: () => source.races() ?? lab.races({}),
    stopPair,
  };
}
