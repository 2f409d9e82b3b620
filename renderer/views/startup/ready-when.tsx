import type { ReactNode } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import type { LabImage, Subject } from "../../../shared/model/race.ts";
import { TickBox } from "../../components/tick-box.tsx";
import { useWords } from "../../state/words.ts";
import { type Draft, draw, type ProbeKind, useDraft } from "./draft.ts";
import { kindsOf, portOf, probeBars, probeKindOf } from "./possible.ts";
import "../../components/text-field.css";
import "./ready-when.css";

type ReadyWhenProps = { readonly subject: Subject | null; readonly image: LabImage | null };

/** What counts as ready, and what happens afterwards. What is not possible stays, grey, with its reason. */
export function ReadyWhen({ subject, image }: ReadyWhenProps) {
  const words = useWords().startup.ready;
  const draft = useDraft();
  const bars = probeBars(subject, image);
  const chosen = probeKindOf(draft, subject, image);
  const port = portOf(draft, subject, image);
  const noteOf: { readonly [kind in ProbeKind]: string } = {
    port:
      subject?.kind !== "image"
        ? ""
        : image?.port == null
          ? words.exposesNone
          : words.exposes(`${image.port}`),
    line: words.lineExample,
    exit: "",
    health: "",
  };
  const probe = (kind: ProbeKind, field: ReactNode) => (
    <Probe
      key={kind}
      kind={kind}
      word={words[kind]}
      note={bars[kind] === null ? noteOf[kind] : words.bars[bars[kind]]}
      barred={bars[kind] !== null}
      field={field}
    />
  );
  return (
    <section>
      <h2 id="ready-when">{words.title}</h2>
      <RadioGroup
        aria-labelledby="ready-when"
        className="probes"
        value={chosen}
        onChange={(kind) => draw({ probe: kind as ProbeKind })}
      >
        {probe("port", <PortField port={port} />)}
        {probe("line", null)}
        {chosen === "line" ? <PatternField pattern={draft.pattern} /> : null}
        {probe("exit", null)}
        {probe("health", null)}
      </RadioGroup>
      <p className="note">{words.note}</p>
      <Afterwards subject={subject} draft={draft} />
    </section>
  );
}

type ProbeProps = {
  readonly kind: ProbeKind;
  readonly word: string;
  readonly note: string;
  readonly barred: boolean;
  readonly field: ReactNode;
};

function Probe({ kind, word, note, barred, field }: ProbeProps) {
  return (
    <div className="probe">
      <Radio value={kind} className="radio" isDisabled={barred}>
        <i aria-hidden="true" />
        <span>
          {word}
          {note === "" ? null : <small>{note}</small>}
        </span>
      </Radio>
      {field}
    </div>
  );
}

const mostPort = 65_535;

/** The arrows of a field are its own, not those of the radios around it. */
function PortField({ port }: { readonly port: number | null }) {
  const words = useWords().startup.ready;
  return (
    <input
      className="text-field port"
      aria-label={words.portField}
      inputMode="numeric"
      autoComplete="off"
      maxLength={5}
      value={port === null ? "" : `${port}`}
      onKeyDown={(event) => event.key.startsWith("Arrow") && event.stopPropagation()}
      onFocus={() => draw({ probe: "port" })}
      onChange={(event) => {
        const next = Number(event.target.value);
        if (event.target.value === "") draw({ port: null });
        else if (Number.isInteger(next) && next >= 1 && next <= mostPort) draw({ port: next });
      }}
    />
  );
}

function PatternField({ pattern }: { readonly pattern: string }) {
  const words = useWords().startup.ready;
  return (
    <input
      className="text-field pattern"
      aria-label={words.lineField}
      placeholder={words.linePlaceholder}
      autoComplete="off"
      spellCheck={false}
      maxLength={256}
      value={pattern}
      onKeyDown={(event) => event.key.startsWith("Arrow") && event.stopPropagation()}
      onChange={(event) => draw({ pattern: event.target.value })}
    />
  );
}

function Afterwards({ subject, draft }: { readonly subject: Subject | null; readonly draft: Draft }) {
  const words = useWords().startup.after;
  const both = kindsOf(subject).length === 2;
  return (
    <>
      <h2 className="second">{words.title}</h2>
      <TickBox
        word={both ? words.keep : words.keepOne}
        note={both ? words.keepNote : ""}
        on={draft.keep}
        onChange={(keep) => draw({ keep })}
      />
      <TickBox
        word={both ? words.weigh : words.weighOne}
        note=""
        on={draft.weigh}
        onChange={(weigh) => draw({ weigh })}
      />
    </>
  );
}
