import type { Kind } from "../../../shared/model/instance.ts";
import type { Race } from "../../../shared/model/race.ts";
import type { Summary } from "../../../shared/race/summary.ts";
import type { Phrase } from "../../../shared/words/phrase.ts";
import type { Words } from "../../../shared/words/words.ts";
import { roundsDone } from "./cells.ts";

/** Fewer of a kind give an interval that says nothing. */
const fewest = 2;

/** Which of the two is ready later, as far as it can be told: an interval on both sides of 1 tells no difference. */
export function verdictOf({ halves, ratio }: Summary): "vm-later" | "container-later" | "same" | "too-few" {
  if (ratio === null || halves.container.runs < fewest || halves.vm.runs < fewest) return "too-few";
  if (ratio.low <= 1 && ratio.high >= 1) return "same";
  return ratio.value > 1 ? "vm-later" : "container-later";
}

export type Sentences = { readonly first: Phrase; readonly second: Phrase };
type StartupWords = Words["startup"];

/** The result in two sentences, for a race that is on or over. `name`: as people call what was raced. */
export function sentencesOf(race: Race, summary: Summary, name: string, words: StartupWords): Sentences {
  return { first: headline(race, summary, name, words), second: second(race, summary, words) };
}

const on = ({ state }: Race) => state === "racing" || state === "preparing";

function headline(race: Race, summary: Summary, name: string, words: StartupWords): Phrase {
  const { halves, ratio, weight } = summary;
  const timed = race.wish.kinds.filter((kind) => halves[kind].median !== null);
  const [only] = timed;
  if (only === undefined) {
    if (race.state === "preparing") return words.preparingTitle(name);
    if (on(race) && race.trials.length === 0) return words.firstRuns(name);
    if (race.trials.every(({ trouble }) => trouble === null)) return words.noRuns(name);
    return words.noneReady(name, race.wish.kinds.length === 1 ? (race.wish.kinds[0] ?? null) : null);
  }
  if (timed.length === 1) {
    const other: Kind = only === "vm" ? "container" : "vm";
    const failed = halves[other].failures > 0 && halves[other].runs === 0 && !on(race);
    return [...words.alone(name, only, halves[only].median ?? 0), ...(failed ? words.otherNever(other) : [])];
  }
  return words.verdict(name, verdictOf(summary), ratio?.value ?? 1, weight);
}

function second(race: Race, summary: Summary, words: StartupWords): Phrase {
  const { halves, ratio } = summary;
  const { container, vm } = halves;
  const done = roundsDone(race);
  const far = done < race.wish.runs;
  const both = container.median !== null && vm.median !== null;
  const said = both
    ? words.medians(done, race.wish.runs, far, container.median, vm.median)
    : done > 0
      ? words.runsOnly(done, race.wish.runs, far)
      : [];
  const verdict = verdictOf(summary);
  const more: string[] = [];
  if (both && ratio !== null && verdict === "too-few") more.push(words.tooFew);
  if (both && ratio !== null && verdict !== "too-few")
    more.push(
      verdict === "same" ? words.spans(ratio.low, ratio.high) : words.interval(ratio.low, ratio.high),
    );
  const [one] = race.wish.kinds;
  if (race.wish.kinds.length === 1 && one && halves[one].median !== null && !on(race))
    more.push(words.oneKind[one]);
  if (race.state === "stopped" || race.state === "failed") more.push(` ${words.stateNote[race.state]}`);
  return [...said, ...more];
}

/** Whether the VM ran in software, so that the ratio would be another with hardware acceleration. */
export const isEmulated = ({ environment, wish }: Race): boolean =>
  wish.kinds.includes("vm") && (environment.accelerator ?? "").toLowerCase() === "tcg";
