import { Button } from "react-aria-components";
import { bytes, count, mebibytes, percent, secondsShort, unknown, visible } from "../../../shared/format.ts";
import type { Bytes } from "../../../shared/model/units.ts";
import type { RacedVm } from "../../../shared/race/give-back.ts";
import { shortImage } from "../../../shared/race/image-name.ts";
import { useRaces } from "../../state/races.ts";
import { type ScaleMode, toStartup } from "../../state/ui.ts";
import { useWatched } from "../../state/use-watched.ts";
import { weighedNow } from "../../state/weighed-now.ts";
import { dayOf, offsetHere, useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { Torn } from "./bar.tsx";
import { readyNote, tableParts } from "./cells.tsx";
import { logPlace } from "./domain.ts";
import type { DrawnLine } from "./lines.ts";
import { lightest } from "./raced.ts";
import "./raced-rows.css";

type Place = { readonly top: number; readonly height: number };
const placed = ({ top, height }: Place) => ({ transform: `translateY(${top}px)`, height });

/** Beside the VM that was raced: the way to the next race. In a recording there is none to start. */
export function RaceAnother() {
  const { raced } = useWords().scale;
  const recorded = useWorld(({ replay }) => replay !== null);
  if (recorded) return null;
  return (
    <Button className="btn race-another" onPress={() => toStartup(null)}>
      {raced.another}
      <kbd>{"R"}</kbd>
    </Button>
  );
}

/** Never raced: that there is no VM to compare with, and how one comes. */
export function NoVmRow(place: Place) {
  const { noVm } = useWords().scale;
  const recorded = useWorld(({ replay }) => replay !== null);
  const least = useWatched(() => lightest(weighedNow()), []);
  const canRace = !recorded && least !== null;
  return (
    <tr className="line" style={placed(place)}>
      <td className="name" />
      <td className="no-vm">
        <p>
          <b>{noVm.title}</b> {canRace ? noVm.race(visible(least.name, 40)) : noVm.note}
        </p>
        {canRace ? (
          <span className="race-acts">
            <Button className="btn main" onPress={() => toStartup(least.image)}>
              {noVm.raceOne(visible(least.name, 24))}
              <kbd>{"R"}</kbd>
            </Button>
            <Button className="btn" onPress={() => toStartup(null)}>
              {noVm.another}
            </Button>
          </span>
        ) : null}
      </td>
    </tr>
  );
}

type RacedRowProps = Place & {
  readonly line: DrawnLine;
  readonly mode: ScaleMode;
  readonly asTable: boolean;
  readonly end: Bytes;
  readonly steps: number;
};

/** A VM that was raced and does not run, or its box as often as there are containers: dashed, with what is known of it. */
export function RacedRow({ line, mode, asTable, end, steps, ...place }: RacedRowProps) {
  const { scale, frame } = useWords();
  const vm = useRaces(({ back }) => back.vm);
  if (vm === null) return null;
  const number = line.line === "boxes" ? line.ids.length : 1;
  const isOne = line.line === "raced";
  const gross = isOne ? vm.gross : (vm.tare ?? 0) * number;
  const name = isOne ? scale.raced.asVm(visible(shortImage(vm.image), 24)) : scale.raced.boxes(count(number));
  const day = frame.day(dayOf(vm.at, offsetHere()));
  const none = <span className="faint">{unknown}</span>;
  return (
    <tr className="line raced vm" style={placed(place)}>
      <th scope="row" className="name">
        <i className="stripe" />
        <span className="text">{name}</span>
      </th>
      <td className="plot">
        {asTable ? (
          <TableParts vm={vm} isOne={isOne} gross={gross} />
        ) : mode === "log" ? (
          <i className="raced-dot" style={{ left: `${100 * logPlace(gross, steps)}%` }} />
        ) : (
          <RacedBar number={number} one={isOne ? vm.gross : (vm.tare ?? 0)} end={end} />
        )}
        {asTable ? null : (
          <span
            className="raced-note"
            style={{ left: `${100 * (mode === "log" ? logPlace(gross, steps) : Math.min(1, gross / end))}%` }}
          >
            {isOne ? <b>{bytes(gross)}</b> : <b>{scale.raced.about(bytes(gross))}</b>}{" "}
            {isOne ? scale.raced.on(day) : scale.raced.empty}
          </span>
        )}
      </td>
      <td className="number gross">{isOne ? mebibytes(gross) : scale.raced.about(mebibytes(gross))}</td>
      <td className="trend memory" />
      <td className="number used">{isOne ? percent(Math.min(1, vm.gross / vm.size)) : none}</td>
      <td className="number cpu">{none}</td>
      <td className="trend cores" />
      <td className="number throttled">{none}</td>
      <td className="number image quiet">{isOne ? mebibytes(vm.imageSize) : none}</td>
      <td className="number ready quiet">
        {isOne && vm.ready ? (
          <span title={readyNote({ scale, frame }, vm.ready)}>{secondsShort(vm.ready.median)}</span>
        ) : (
          none
        )}
      </td>
      <td className="number up quiet">
        <span className="faint" title={scale.raced.notRunning}>
          {unknown}
        </span>
      </td>
    </tr>
  );
}

/** Boxes closer than this (per cent of the ruler) would be dashes without anything between: one piece then. */
const narrowest = 0.6;

function RacedBar({
  number,
  one,
  end,
}: {
  readonly number: number;
  readonly one: Bytes;
  readonly end: Bytes;
}) {
  const share = (100 * one) / end;
  const pieces = share < narrowest ? 1 : number;
  const width = (share * number) / pieces;
  return (
    <span className="bar vm" aria-hidden="true">
      {Array.from({ length: pieces }, (_, piece) => {
        const left = piece * width;
        return left >= 100 ? null : (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: boxes are alike, and stand where they stand
            key={piece}
            className="estimate"
            style={{
              left: `${left}%`,
              width:
                pieces === 1 ? `${Math.min(100, width)}%` : `calc(${Math.min(100 - left, width)}% - 2px)`,
            }}
          />
        );
      })}
      {share * number > 100.01 ? <Torn /> : null}
    </span>
  );
}

/** The same in the table: net and tare where the race tells them. */
function TableParts({
  vm,
  isOne,
  gross,
}: {
  readonly vm: RacedVm;
  readonly isOne: boolean;
  readonly gross: Bytes;
}) {
  const { raced } = useWords().scale;
  const parts = {
    net: isOne && vm.tare !== null ? mebibytes(vm.gross - vm.tare) : unknown,
    cache: unknown,
    tare: isOne ? mebibytes(vm.tare) : raced.about(mebibytes(gross)),
    inUse: unknown,
    limit: isOne ? mebibytes(vm.size) : unknown,
  };
  return tableParts.map((part) => (
    <span key={part} className="number">
      {parts[part]}
    </span>
  ));
}
