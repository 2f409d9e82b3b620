import type { Race, RaceNews } from "../../shared/model/race.ts";
import type { Millis } from "../../shared/model/units.ts";
import { nameOf } from "../../shared/race/in-words.ts";
import { tellLabTrouble } from "../../shared/words/lab-mends.ts";
import { type Words, words } from "../../shared/words/words.ts";
import { columnsOf, shorten } from "./table.ts";
import type { Terminal } from "./terminal.ts";

/** Progress on stderr: on a terminal one line that is written over, elsewhere only what stays. */
export type ProgressLine = {
  show(race: Race, doing: RaceNews["doing"], left: Millis | null): void;
  /** A line that stays, above the one that is written over. */
  remark(line: string): void;
  clear(): void;
};

type Screen = Pick<NodeJS.WriteStream, "isTTY" | "columns" | "write">;

export function progressLine(
  terminal: Pick<Terminal, "remark" | "language">,
  screen: Screen = process.stderr,
): ProgressLine {
  const say = words[terminal.language].lab;
  let shown = "";
  const clear = () => {
    if (shown !== "") screen.write(`\r${" ".repeat(columnsOf(shown))}\r`);
    shown = "";
  };
  return {
    show(race, doing, left) {
      if (screen.isTTY !== true) return;
      const line = shorten(lineOf(race, doing, left, say), (screen.columns ?? 80) - 1);
      if (line === shown) return;
      clear();
      shown = line;
      screen.write(line);
    },
    remark(line) {
      clear();
      terminal.remark(line);
    },
    clear,
  };
}

/** "run 3 of 10, VM: kernel, about 20 s left". */
function lineOf(race: Race, doing: RaceNews["doing"], left: Millis | null, say: Words["lab"]): string {
  const { progress } = say;
  if (doing === null && race.trials.length === 0) return progress.preparing(nameOf(race));
  const place = Math.min(race.trials.length, race.order.length - 1);
  const { kind, cold, run, of } = runOf(race, place);
  const moment = doing?.moment;
  return [
    progress.run(run, of, kind, cold),
    moment ? progress.at(progress.moments[moment]) : "",
    left === null ? "" : progress.left(Math.ceil(left / 1_000)),
  ].join("");
}

/** How a run ended, in one line. */
export function trialLine(race: Race, place: number, { language }: Pick<Terminal, "language">): string {
  const say = words[language].lab;
  const { kind, cold, run, of } = runOf(race, place);
  const trial = race.trials[place];
  if (trial?.trouble) {
    const { what } = tellLabTrouble(trial.trouble, say);
    return say.progress.failed(run, of, kind, what);
  }
  return say.progress.ready(run, of, kind, cold, trial?.moments.ready ?? 0);
}

/** Which run of its kind it is, cold and counted ones apart. */
function runOf({ order }: Race, place: number) {
  const { kind, cold } = order[place] ?? { kind: "container" as const, cold: false };
  const alike = (run: (typeof order)[number]) => run.kind === kind && run.cold === cold;
  return {
    kind,
    cold,
    run: order.slice(0, place + 1).filter(alike).length,
    of: order.filter(alike).length,
  };
}
