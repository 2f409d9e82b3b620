import { unknown } from "../../../shared/format.ts";
import type { LabPart, LabTroubleCode, Subject } from "../../../shared/model/race.ts";
import { tellLabTrouble } from "../../../shared/words/lab-mends.ts";
import { Foreign } from "../../components/foreign.tsx";
import { Mend } from "../../components/mend.tsx";
import { PhraseText } from "../../components/phrase-text.tsx";
import { useWords } from "../../state/words.ts";
import { lacking } from "./possible.ts";
import "./can-race.css";

/** What the one below hangs on stands above it. */
const order: readonly LabPart["part"][] = ["docker", "qemu", "accelerator", "machine", "kernel", "helper"];

type CanRaceProps = { readonly parts: readonly LabPart[] | null; readonly subject: Subject | null };

/** What this computer can race with, and how what is missing is put right. */
export function CanRace({ parts, subject }: CanRaceProps) {
  const { startup } = useWords();
  const words = startup.can;
  return (
    <section>
      <h2>{words.title}</h2>
      {parts === null ? <p className="list-note">{words.looking}</p> : null}
      <ul className="can">
        {order.map((name) => {
          const part = parts?.find((one) => one.part === name);
          return part ? <PartLine key={name} part={part} /> : null;
        })}
      </ul>
      {parts === null ? null : <WhatIsMissing parts={parts} subject={subject} />}
    </section>
  );
}

function PartLine({ part: { part, state, value, note, trouble } }: { readonly part: LabPart }) {
  const { startup, lab } = useWords();
  const words = startup.can;
  const said =
    trouble === null
      ? noteOf()
      : lookedFor.has(trouble.code)
        ? words.lookedFor(trouble.where)
        : tellLabTrouble(trouble, lab).what;
  return (
    <li className={state}>
      <i role="img" aria-label={words.states[state]} title={words.states[state]} />
      <b>{words.parts[part]}</b>
      <span>
        {value !== null ? (
          <Foreign text={part === "accelerator" ? value.toUpperCase() : value} most={80} />
        ) : state === "missing" ? (
          words.missing
        ) : state === "untried" ? (
          unknown
        ) : (
          words.states.ready
        )}
      </span>
      {said !== null ? (
        <small>
          <Foreign text={said} most={160} />
        </small>
      ) : state === "untried" ? (
        <small>{words.untried}</small>
      ) : null}
    </li>
  );

  function noteOf(): string | null {
    if (state !== "ready" || note === null) return note;
    return part === "accelerator" || part === "machine" ? words.took[part](note) : note;
  }
}

/** Where nothing was found, the name of what was looked for says more than that nothing was found. */
const lookedFor: ReadonlySet<LabTroubleCode> = new Set(["no-docker", "no-qemu", "no-kernel", "no-helper"]);

/** The first thing that is missing of either half: the others may hang on it. */
function WhatIsMissing({
  parts,
  subject,
}: {
  readonly parts: readonly LabPart[];
  readonly subject: Subject | null;
}) {
  const { startup, lab, frame } = useWords();
  const words = startup.can;
  const found = (["container", "vm"] as const).flatMap((kind) => {
    const [first] = lacking(kind, subject, parts);
    return first?.trouble ? [{ kind, part: first.part, trouble: first.trouble }] : [];
  });
  // One part may be what both halves lack: its mend is told once.
  const once = found.filter(({ part }, index) => found.findIndex((other) => other.part === part) === index);
  if (once.length === 0) return null;
  return (
    <div className="mend-box" role="status">
      {once.map(({ kind, part, trouble }) => {
        const { what, mend, command } = tellLabTrouble(trouble, lab);
        return (
          <div key={part}>
            <p>
              <PhraseText phrase={words.forHalf(kind)} /> {what} {mend}
            </p>
            {command === null ? null : <Mend command={command} words={frame} />}
            {trouble.cause === null ? null : (
              <p className="after">
                <Foreign text={trouble.cause} most={240} />
              </p>
            )}
          </div>
        );
      })}
      <p className="after">{words.again}</p>
    </div>
  );
}
