import { type KeyboardEvent, useMemo } from "react";
import { Button } from "react-aria-components";
import { visible } from "../../../shared/format.ts";
import type { Race, Wish } from "../../../shared/model/race.ts";
import { shortImage } from "../../../shared/race/image-name.ts";
import type { Phrase } from "../../../shared/words/phrase.ts";
import { Say } from "../../components/say.tsx";
import { useShortcuts } from "../../state/keys.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { CanRace } from "./can-race.tsx";
import { plannedCells, runsOf } from "./cells.ts";
import { useDraft } from "./draft.ts";
import { TroubleText } from "./failures.tsx";
import { HowOften } from "./how-often.tsx";
import { useLab } from "./lab-store.ts";
import { guess } from "./pace.ts";
import { halvesOf, imageOf, lacking, ownOf, subjectOf, wishOf } from "./possible.ts";
import { ReadyWhen } from "./ready-when.tsx";
import { RunRow } from "./run-row.tsx";
import { What } from "./what.tsx";
import "./picker.css";

type PickerProps = {
  readonly races: readonly Race[];
  /** Starts it, or asks first where it is the user's own. */
  readonly onStart: (wish: Wish, name: string) => void;
};

/** Where Enter presses or opens what has the focus, it starts nothing. */
const pressed = "button, a[href], summary, [role=button], [role=dialog]";

/** Before a race: what Enter does, as a sentence, as a row of empty cells, and as the choices that make it so. */
export function Picker({ races, onStart }: PickerProps) {
  const { startup } = useWords();
  const { parts, images, refused, starting } = useLab();
  const draft = useDraft();
  const byId = useWorld((world) => world.byId);
  const live = useWorld(({ connection }) => connection === "live");
  const own = useMemo(() => ownOf(byId.values()), [byId]);
  const subject = subjectOf(draft, images ?? []);
  const image = imageOf(subject, images ?? []);
  const { kinds, cant } = halvesOf(subject, parts);
  const { wish, bar } = wishOf(draft, images ?? [], parts, false);
  const name = subject === null ? "" : subjectName();
  const begin = () => {
    if (wish !== null && live && !starting) onStart(wish, name);
  };
  useShortcuts({ start: begin });
  const keyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    if (event.target instanceof Element && event.target.closest(pressed)) return;
    event.preventDefault();
    event.stopPropagation();
    begin();
  };
  const { row } = startup;
  const [one] = kinds;
  const time = wish === null ? null : guess(wish, races);
  const label: Phrase = [
    ...row.runs(runsOf({ kinds: [...kinds], runs: draft.runs })),
    draft.warmup === 0 || kinds.length === 0
      ? ""
      : kinds.length === 2
        ? row.cold(draft.warmup)
        : row.coldOne(draft.warmup),
    ...(kinds.length === 1 && one ? [row.only[one]] : []),
  ];
  return (
    <div className="picker" onKeyDownCapture={keyDown}>
      <Say first={headline()} second={[note()]} />
      <RunRow
        label={label}
        cells={plannedCells(kinds, cant, draft.runs)}
        toCome
        finding={row.toCome(runsOf({ kinds: [...kinds], runs: draft.runs }))}
        time={time === null ? "" : row.about(startup.roughly(time))}
      >
        <span className="begin">
          {bar === null ? null : <span className="why-not">{startup.bars[bar]}</span>}
          <Button className="btn main" isDisabled={wish === null || !live || starting} onPress={begin}>
            {kinds.length === 1 && one ? startup.time[one] : startup.start}
            <kbd>{"↵"}</kbd>
          </Button>
        </span>
      </RunRow>
      {refused === null ? null : (
        <div className="mend-box refused" role="alert">
          <TroubleText trouble={refused} />
        </div>
      )}
      <div className="choices">
        <What images={images} parts={parts} subject={subject} own={own} />
        <ReadyWhen subject={subject} image={image} />
        <HowOften />
        <CanRace parts={parts} subject={subject} />
      </div>
    </div>
  );

  function subjectName(): string {
    if (subject?.kind === "image") return visible(shortImage(subject.image), 60);
    if (subject?.kind === "builtin") return startup.what.builtins[subject.name].name;
    if (subject?.kind === "disk") return visible(subject.path.slice(subject.path.lastIndexOf("/") + 1), 60);
    return subject ? visible(byId.get(subject.id)?.name ?? subject.id, 60) : "";
  }

  function headline(): Phrase {
    if (subject === null) return startup.choose();
    const [gone] = cant;
    const part = gone && parts ? lacking(gone, subject, parts)[0]?.part : undefined;
    if (part !== undefined && one !== undefined) return startup.onlyHalf(part, one);
    return startup.plan(name, kinds, draft.runs);
  }

  function note(): string {
    const notes = startup.planNote;
    if (parts === null) return notes.looking;
    if (kinds.length === 0) return notes.none;
    if (cant.length > 0) return notes.half;
    return kinds.length === 2 ? notes.both : one === "vm" ? notes.vm : notes.container;
  }
}
