import { visible } from "../../shared/format.ts";
import type { LabTrouble, Race, Wish } from "../../shared/model/race.ts";
import type { Millis } from "../../shared/model/units.ts";
import { factsOf, headlinesOf, rowsOf } from "../../shared/race/in-words.ts";
import { jsonOf } from "../../shared/race/json.ts";
import { summaryOf } from "../../shared/race/summary.ts";
import { words } from "../../shared/words/words.ts";
import type { Lab } from "../lab/bench.ts";
import { CannotGoOn } from "./cannot-go-on.ts";
import { labTroubleLines } from "./lab-troubles.ts";
import { jsonLine } from "./line.ts";
import { openLabHere } from "./open-lab.ts";
import type { RaceCommand } from "./race-args.ts";
import { progressLine, trialLine } from "./race-progress.ts";
import { type Cell, table } from "./table.ts";
import type { Terminal } from "./terminal.ts";

/** A trial that is not ready by then has failed. */
const giveUp: Millis = 60_000;

/**
 * `tare race`: exit code 0 when every kind that was asked for was ready each time, 1 when a trial or a half failed or it was
 * stopped; what can't begin ends with 2. Nothing watches the computer meanwhile, so that nothing but the race runs.
 */
export async function race(
  command: RaceCommand,
  directory: string | null,
  terminal: Terminal,
): Promise<number> {
  const lab = await openLabHere(directory);
  try {
    const { image, runs, warmup, memory, cpus, kinds, keep } = command;
    const probe = command.probe ?? (await probeOf(lab, image, terminal));
    const wish: Wish = {
      subject: { kind: "image", image },
      probe,
      runs,
      warmup,
      kinds: [...kinds],
      memory,
      cpus,
      giveUp,
      weigh: true,
      keep,
      agreed: true,
    };
    const begun = await lab.startRace(wish);
    if ("trouble" in begun) throw cannotBegin(begun.trouble, terminal);
    const ended = await follow(lab, terminal);
    tell(ended, command.json, terminal);
    if (ended.trials.length === 0 && ended.state === "failed") return 2;
    if (ended.pair.length > 0) await waitForStop(ended, terminal);
    return isWhole(ended) ? 0 : 1;
  } finally {
    await lab.close();
  }
}

async function probeOf(lab: Lab, image: string, terminal: Terminal): Promise<Wish["probe"]> {
  const found = await lab.probeOf(image);
  if ("trouble" in found) throw cannotBegin(found.trouble, terminal);
  return found.probe;
}

const cannotBegin = (trouble: LabTrouble, terminal: Terminal) =>
  new CannotGoOn(labTroubleLines(trouble, terminal)[0]);

/** Shows a race until it is over. Ctrl-C ends it after what was measured; the second one ends at once. */
async function follow(lab: Lab, terminal: Terminal): Promise<Race> {
  const { signal, say: _, language } = terminal;
  const say = words[language].lab.progress;
  const line = progressLine(terminal);
  const stop = () => {
    // Before it is said: who reads it may be quick.
    process.once("SIGINT", () => process.exit(130));
    line.remark(say.stopping);
    void lab.stopRace({});
  };
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  let shown = 0;
  let troubles = 0;
  try {
    for (let after = 0, last: Race | null = null; ; ) {
      const news = await lab.raceNews({ after });
      if (news === null) {
        if (last === null) throw new CannotGoOn(say.nobody);
        return last;
      }
      const { race: now, doing, left } = news;
      last = now;
      after = news.revision;
      for (const trouble of now.troubles.slice(troubles))
        for (const one of labTroubleLines(trouble, terminal)) line.remark(one);
      troubles = now.troubles.length;
      for (; shown < now.trials.length; shown++) line.remark(trialLine(now, shown, terminal));
      line.show(now, doing, left);
    }
  } finally {
    line.clear();
    signal.removeEventListener("abort", stop);
  }
}

/** The result: a table and words for people; with `json` one line for programs, the last on stdout. */
function tell(ended: Race, json: boolean, terminal: Terminal): void {
  const say = words[terminal.language].lab;
  if (ended.state === "stopped") terminal.remark(say.progress.stopped);
  if (json) terminal.print(jsonLine(jsonOf(ended)));
  else if (ended.trials.length > 0) for (const line of resultLines(ended, terminal)) terminal.print(line);
}

function resultLines(ended: Race, terminal: Terminal): readonly string[] {
  const say = words[terminal.language].lab;
  const summary = summaryOf(ended);
  const heads = [
    { title: "" },
    { title: say.kinds.container, right: true },
    { title: say.kinds.vm, right: true },
  ];
  const rows = rowsOf(summary, say).map(({ label, figures }): readonly Cell[] =>
    figures
      ? [
          { text: `  ${label}` },
          { text: figures[0], colour: "container" },
          { text: figures[1], colour: "vm" },
        ]
      : [{ text: label, colour: "bold" }],
  );
  return [
    ...headlinesOf(ended, summary, say),
    "",
    ...table(terminal, heads, rows),
    "",
    ...factsOf(ended, say),
  ];
}

/** Leaves the pair running until Ctrl-C; closing the lab takes it away. */
async function waitForStop({ pair }: Race, terminal: Terminal): Promise<void> {
  const { signal, language } = terminal;
  terminal.remark(words[language].lab.progress.kept(pair.map((id) => visible(id)).join(", ")));
  if (!signal.aborted) await new Promise((end) => signal.addEventListener("abort", end, { once: true }));
}

/** Every kind that was asked for was ready, in each of its runs. */
const isWhole = ({ state, wish, trials }: Race): boolean =>
  state === "done" &&
  wish.kinds.every((kind) => trials.some((trial) => trial.kind === kind)) &&
  trials.every(({ trouble }) => trouble === null);
