import { useRef } from "react";
import { Button } from "react-aria-components";
import { visible } from "../../../shared/format.ts";
import type { Race, RaceNews } from "../../../shared/model/race.ts";
import type { Phrase } from "../../../shared/words/phrase.ts";
import { Say } from "../../components/say.tsx";
import { useUi } from "../../state/ui.ts";
import { useWords } from "../../state/words.ts";
import { Acts } from "./acts.tsx";
import { Beside } from "./beside.tsx";
import { phaseNow, presentRun, raceCells } from "./cells.ts";
import { besidePoints, nameOf } from "./earlier.ts";
import { environmentLines, wishLines } from "./facts.ts";
import { Failures } from "./failures.tsx";
import { Foot } from "./foot.tsx";
import { isOn, stopRace, useLab } from "./lab-store.ts";
import { RacesList } from "./races-list.tsx";
import { RunRow } from "./run-row.tsx";
import { RunsTable } from "./runs-table.tsx";
import { SideTables } from "./side-tables.tsx";
import { StartPlots } from "./start-plots.tsx";
import { summarised } from "./summarised.ts";
import { isEmulated, sentencesOf } from "./verdict.ts";
import "./result.css";

type ResultProps = {
  readonly race: Race;
  /** Where this race is on: what it does now. */
  readonly news: RaceNews | null;
  readonly races: readonly Race[];
  /** null: nothing can be started now. */
  readonly onAgain: ((race: Race) => void) | null;
  readonly onShow: (race: Race) => void;
  readonly onBack: () => void;
};

/** A race that is on or over: the ratio in words, its runs, its phases, and all other races of this computer. */
export function Result({ race, news, races, onAgain, onShow, onBack }: ResultProps) {
  const { startup } = useWords();
  const asTable = useUi((ui) => ui.asTable);
  const result = useRef<HTMLDivElement>(null);
  const name = visible(nameOf(race, startup), 60);
  const summary = summarised(race);
  const { first, second } = sentencesOf(race, summary, name, startup);
  const points = besidePoints(race, races);
  // What never was ready is told first; where there are figures, they are what was asked for.
  const any = race.wish.kinds.every((kind) => summary.halves[kind].runs > 0);
  const lines = [
    ...environmentLines(race.environment, startup.environment),
    ...wishLines(race.wish, nameOf(race, startup, true), startup.environment),
  ];
  return (
    <div className="result">
      <div ref={result} className="pictured">
        <Say first={first} second={second} />
        <div data-unpictured>
          {isOn(race) ? (
            <Racing race={race} news={news} />
          ) : (
            <Acts
              race={race}
              name={name}
              result={result}
              onAgain={onAgain === null ? null : () => onAgain(race)}
              onBack={onBack}
            />
          )}
        </div>
        {any ? null : <Failures race={race} />}
        <div className="two">
          <div className="plots">
            {race.trials.length === 0 ? null : asTable ? (
              <RunsTable race={race} summary={summary} />
            ) : (
              <StartPlots race={race} summary={summary} />
            )}
            <RacesList
              title={startup.races.every}
              races={races}
              present={race.id}
              onAgain={null}
              onShow={onShow}
            />
            {points.length > 0 ? <Beside points={points} name={name} asTable={asTable} /> : null}
            {any ? <Failures race={race} /> : null}
          </div>
          <aside className="side" aria-label={startup.table.all}>
            <SideTables summary={summary} />
          </aside>
        </div>
        <Doubts race={race} />
        <Foot lines={lines} />
      </div>
    </div>
  );
}

/** The row that fills, with what is done now and the way to end it. */
function Racing({ race, news }: { readonly race: Race; readonly news: RaceNews | null }) {
  const { startup, lab } = useWords();
  const stopping = useLab((state) => state.stopping);
  const { row } = startup;
  const cells = raceCells(race);
  const done = cells.filter(({ state }) => state === "done" || state === "failed").length;
  const failed = cells.filter(({ state }) => state === "failed").length;
  const left = news?.left ?? null;
  return (
    <RunRow
      label={label()}
      cells={cells}
      finding={row.finding(done, cells.length, failed)}
      time={left === null ? "" : row.left(startup.roughly(left))}
    >
      <Button className="btn" isDisabled={stopping} onPress={stopRace}>
        {stopping ? startup.stopping : startup.stop}
        <kbd>{"Esc"}</kbd>
      </Button>
    </RunRow>
  );

  function label(): Phrase {
    if (race.state === "preparing") return row.preparing();
    const now = presentRun(race);
    if (now === null) return row.ending();
    const phase = lab.phases[phaseNow(now.kind, news?.doing?.moment ?? null)];
    return row.racing(now.number, now.of, now.cold, now.kind, phase);
  }
}

/** What must be said of the figures: that the VM was emulated, and which accelerators were refused and why. */
function Doubts({ race }: { readonly race: Race }) {
  const { startup } = useWords();
  const { refused } = race.environment;
  if (!isEmulated(race) && refused.length === 0) return null;
  return (
    <p className="doubts">
      {isEmulated(race) ? startup.tcg : ""}
      {refused.map(({ accelerator, why }) => (
        <span key={accelerator}>
          {` ${startup.refused(visible(accelerator.toUpperCase(), 20))}`}
          <bdi>{visible(why, 200)}</bdi>
        </span>
      ))}
    </p>
  );
}
