import { useEffect, useState } from "react";
import type { Race, Wish } from "../../../shared/model/race.ts";
import { Say } from "../../components/say.tsx";
import { useShortcuts } from "../../state/keys.ts";
import { useRaces, useRacesWatch } from "../../state/races.ts";
import { choose, useUi } from "../../state/ui.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { Ask } from "./ask.tsx";
import { draftOf, draw } from "./draft.ts";
import { nameOf } from "./earlier.ts";
import { computerLines } from "./facts.ts";
import { Foot } from "./foot.tsx";
import { isOn, startRace, stopRace, useLab } from "./lab-store.ts";
import { PairLine } from "./pair-line.tsx";
import { Picker } from "./picker.tsx";
import { RacesList } from "./races-list.tsx";
import { Result } from "./result.tsx";
import { useLabWatch } from "./use-lab.ts";
import "./startup-view.css";

/** What is started at once is nobody's: the user's own is asked for first. */
const isOwn = ({ subject: { kind } }: Wish) => kind === "container" || kind === "domain" || kind === "disk";

/** The same image as a container and as a VM, started many times and timed: the choice before, the race, and its result. */
export function StartupView() {
  useLabWatch();
  useRacesWatch();
  const { startup } = useWords();
  const { news, shown, ended } = useLab();
  const races = useRaces((state) => state.races);
  const connecting = useWorld((world) => world.at === null);
  const replay = useWorld((world) => world.replay !== null);
  const [asked, ask] = useState<{ readonly wish: Wish; readonly name: string } | null>(null);
  const all = withRace(races ?? [], ended);
  const race = news?.race ?? all.find(({ id }) => id === shown) ?? (replay ? (all[0] ?? null) : null);
  const on = race !== null && isOn(race);
  const kept = all.filter(({ pair }) => pair.length > 0);

  const begin = (wish: Wish, name: string) => {
    if (isOwn(wish)) ask({ wish, name });
    else void startRace(wish);
  };
  const again = (one: Race) => {
    draw(draftOf(one.wish));
    begin({ ...one.wish, agreed: false }, nameOf(one, startup));
  };
  const back = () => useLab.setState({ shown: null });
  const show = ({ id }: Race) => useLab.setState({ shown: id });
  const mayStart = !replay && !on;

  useShortcuts({
    table: () => choose({ asTable: !useUi.getState().asTable }),
    ...(on ? { stop: stopRace } : {}),
    ...(race !== null && !on && !replay ? { anew: back } : {}),
    ...(race !== null && mayStart ? { again: () => again(race) } : {}),
  });
  // Scale may send an image along; it is taken once.
  const toRace = useUi((ui) => ui.toRace);
  useEffect(() => {
    if (toRace === null) return;
    draw({ source: "image", image: toRace, filter: "", probe: null, port: null });
    useLab.setState({ shown: null });
    choose({ toRace: null });
  }, [toRace]);
  // A race that could not begin again is told where it is chosen.
  const refused = useLab((state) => state.refused);
  useEffect(() => {
    if (refused !== null) useLab.setState({ shown: null });
  }, [refused]);

  return (
    <div className="startup">
      {connecting ? (
        <Say first={startup.connecting()} second={null} />
      ) : (
        <>
          {kept.map((one) => (
            <PairLine key={one.id} race={one} />
          ))}
          {race !== null ? (
            <Result
              race={race}
              news={news}
              races={withRace(all, race)}
              onAgain={mayStart ? again : null}
              onShow={show}
              onBack={back}
            />
          ) : replay ? (
            <Say first={startup.replayed(all.length)} second={[startup.planNote.replay]} />
          ) : (
            <>
              <Picker races={all} onStart={begin} />
              <Earlier races={all} known={races !== null} onAgain={again} onShow={show} />
            </>
          )}
        </>
      )}
      <Ask
        wish={asked?.wish ?? null}
        name={asked?.name ?? ""}
        onAnswer={(agreed) => {
          if (agreed && asked) void startRace({ ...asked.wish, agreed: true });
          ask(null);
        }}
      />
    </div>
  );
}

/** All races with this one, as it was told last; the newest first. */
const withRace = (races: readonly Race[], race: Race | null): readonly Race[] =>
  race === null
    ? races
    : races.some(({ id }) => id === race.id)
      ? races.map((one) => (one.id === race.id ? race : one))
      : [race, ...races];

type EarlierProps = {
  readonly races: readonly Race[];
  readonly known: boolean;
  readonly onAgain: (race: Race) => void;
  readonly onShow: (race: Race) => void;
};

/** Below the choices: all races so far, or that there are none; and what this computer is. */
function Earlier({ races, known, onAgain, onShow }: EarlierProps) {
  const { startup } = useWords();
  const facts = useWorld((world) => world.facts);
  const parts = useLab((state) => state.parts);
  return (
    <>
      {races.length > 0 ? (
        <RacesList
          title={startup.races.earlier}
          races={races}
          present={null}
          onAgain={onAgain}
          onShow={onShow}
        />
      ) : known ? (
        <section className="races">
          <h2>{startup.races.every}</h2>
          <p className="no-races">{startup.races.none}</p>
        </section>
      ) : null}
      <Foot lines={computerLines(facts, parts, startup.environment)} />
    </>
  );
}
