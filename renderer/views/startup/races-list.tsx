import { useState } from "react";
import { Button } from "react-aria-components";
import { secondsShort, times, unknown, visible } from "../../../shared/format.ts";
import type { Race } from "../../../shared/model/race.ts";
import { RatioPlot } from "../../charts/ratio-plot.tsx";
import { offsetHere, useWords } from "../../state/words.ts";
import { dayAndTime } from "./day.ts";
import { type EarlierRow, earlierRows } from "./earlier.ts";

import { type RatioRuler, ratioRuler } from "./rulers.ts";
import "./races-list.css";

type RacesListProps = {
  readonly title: string;
  /** The newest first. */
  readonly races: readonly Race[];
  /** The one whose result is shown; null: none is. */
  readonly present: string | null;
  /** With times of both kinds, and a way to run each again; null: without. */
  readonly onAgain: ((race: Race) => void) | null;
  readonly onShow: (race: Race) => void;
};

/** Shown at first; a press shows all. */
const few = 8;

/** All races: the ratio of each with its interval, on one ruler that doubles at each step. */
export function RacesList({ title, races, present, onAgain, onShow }: RacesListProps) {
  const { startup } = useWords();
  const words = startup.races;
  const [all, setAll] = useState(false);
  const rows = earlierRows(all ? races : races.slice(0, few), startup);
  const ratios = rows.flatMap(({ ratio }) => (ratio === null ? [] : [ratio.low, ratio.value, ratio.high]));
  const ruler = ratioRuler(ratios, words);
  const wide = onAgain !== null;
  return (
    <section className={wide ? "races wide" : "races"} aria-labelledby="races-title">
      <h2 id="races-title">
        {title} <span className="unit">{words.note}</span>
      </h2>
      <table className="race-rows" aria-labelledby="races-title">
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">{words.image}</span>
            </th>
            <th scope="col">
              <span className="unseen">{words.at}</span>
            </th>
            <th scope="col">
              <span className="unseen">{words.how}</span>
            </th>
            <th scope="col" className="plot">
              <span className="unseen">{words.note}</span>
              <Ruler ruler={ruler} />
            </th>
            <th scope="col" className="number">
              {words.later}
            </th>
            {wide ? (
              <>
                <th scope="col" className="number container">
                  {words.containerSeconds}
                </th>
                <th scope="col" className="number vm">
                  {words.vmSeconds}
                </th>
                <th scope="col">
                  <span className="unseen">{words.again}</span>
                </th>
              </>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <RaceRow
              key={row.race.id}
              row={row}
              ruler={ruler}
              present={row.race.id === present}
              onAgain={onAgain}
              onShow={onShow}
            />
          ))}
        </tbody>
      </table>
      {all || races.length <= few ? null : (
        <Button className="link more" onPress={() => setAll(true)}>
          {words.more(races.length - few)}
        </Button>
      )}
    </section>
  );
}

function Ruler({ ruler: { divisions } }: { readonly ruler: RatioRuler }) {
  return (
    <span className="ratio-ruler" aria-hidden="true">
      {divisions.map(({ at, label }) => (
        <i key={at} style={{ left: `${100 * at}%` }}>
          {label === "" ? null : <span>{label}</span>}
        </i>
      ))}
    </span>
  );
}

type RaceRowProps = {
  readonly row: EarlierRow;
  readonly ruler: RatioRuler;
  readonly present: boolean;
} & Pick<RacesListProps, "onAgain" | "onShow">;

function RaceRow({ row, ruler, present, onAgain, onShow }: RaceRowProps) {
  const { startup, frame } = useWords();
  const words = startup.races;
  const { race, how, ratio, container, vm } = row;
  const name = visible(row.name, 60);
  const at = dayAndTime(race.at, offsetHere(), frame.day);
  const mark =
    ratio === null
      ? null
      : { at: ruler.place(ratio.value), low: ruler.place(ratio.low), high: ruler.place(ratio.high) };
  return (
    <tr className={present ? "this-one" : ""}>
      <th scope="row">
        {present ? (
          <bdi className="name">{name}</bdi>
        ) : (
          <Button className="link name" aria-label={words.show(name, at)} onPress={() => onShow(race)}>
            <bdi>{name}</bdi>
          </Button>
        )}
      </th>
      <td className="aside">{present ? words.thisRace : at}</td>
      <td className="aside how">{visible(how, 40)}</td>
      <td className="plot">
        <span className="unseen">
          {ratio === null ? words.noRatio : words.between(times(ratio.low), times(ratio.high))}
        </span>
        <RatioPlot divisions={ruler.divisions} mark={mark} origin={ruler.origin} />
      </td>
      <td className="number">{ratio === null ? unknown : words.times(times(ratio.value))}</td>
      {onAgain === null ? null : (
        <>
          <td className="number aside">{secondsShort(container)}</td>
          <td className="number aside">{secondsShort(vm)}</td>
          <td className="number">
            <Button className="link" aria-label={words.againName(name)} onPress={() => onAgain(race)}>
              {words.again}
            </Button>
          </td>
        </>
      )}
    </tr>
  );
}
