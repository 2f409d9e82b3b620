import Search from "lucide-react/icons/search";
import { useRef } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import type { LabImage, LabPart, Subject } from "../../../shared/model/race.ts";
import { Segmented } from "../../components/segmented.tsx";
import { useShortcuts } from "../../state/keys.ts";
import { useWords } from "../../state/words.ts";
import { type Draft, draw, type Source, useDraft } from "./draft.ts";
import { ImageList } from "./image-list.tsx";
import { OwnList } from "./own-list.tsx";
import type { ownOf } from "./possible.ts";
import "../../components/text-field.css";

const sources: readonly Source[] = ["image", "builtin", "own"];

type WhatProps = {
  /** null: not told yet. */
  readonly images: readonly LabImage[] | null;
  readonly parts: readonly LabPart[] | null;
  readonly subject: Subject | null;
  readonly own: ReturnType<typeof ownOf>;
};

/** What is started: an image, a workload made here, or something of the user's own. */
export function What({ images, parts, subject, own }: WhatProps) {
  const words = useWords().startup.what;
  const draft = useDraft();
  const count = (kind: "container" | "domain") => own.filter((one) => one.subject.kind === kind).length;
  return (
    <section>
      <h2>{words.title}</h2>
      <Segmented
        label={words.title}
        options={sources.map((key) => ({ key, word: words.sources[key] }))}
        chosen={draft.source}
        onChoose={(source) => draw({ source, probe: null, port: null })}
      />
      {draft.source === "image" ? (
        <Images images={images} parts={parts} subject={subject} draft={draft} />
      ) : draft.source === "builtin" ? (
        <Builtins />
      ) : (
        <OwnList own={own} />
      )}
      <p className="note">{words.note(count("container"), count("domain"))}</p>
    </section>
  );
}

type ImagesProps = Omit<WhatProps, "own"> & { readonly draft: Draft };

function Images({ images, parts, subject, draft }: ImagesProps) {
  const words = useWords().startup.what;
  const field = useRef<HTMLInputElement>(null);
  useShortcuts({ seek: () => field.current?.focus() });
  return (
    <>
      <label className="text-field seek">
        <Search className="icon" aria-hidden="true" />
        <span className="unseen">{words.filterName}</span>
        <input
          ref={field}
          placeholder={words.filter(images?.length ?? 0)}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={draft.filter}
          onChange={(event) => draw({ filter: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === "Escape" && draft.filter !== "") {
              event.stopPropagation();
              draw({ filter: "" });
            }
            if (event.key === "ArrowDown") {
              event.preventDefault();
              document.querySelector<HTMLElement>(".image-list [role=option]")?.focus();
            }
          }}
        />
        {draft.filter === "" ? <kbd>{"/"}</kbd> : null}
      </label>
      <ImageList images={images} parts={parts} subject={subject} filter={draft.filter} />
    </>
  );
}

const builtins = ["true", "web", "work"] as const;

function Builtins() {
  const words = useWords().startup.what;
  const chosen = useDraft(({ builtin }) => builtin);
  return (
    <RadioGroup
      className="probes builtins"
      aria-label={words.sources.builtin}
      value={chosen}
      onChange={(builtin) => draw({ builtin: builtin as Draft["builtin"], probe: null, port: null })}
    >
      {builtins.map((name) => (
        <Radio key={name} value={name} className="radio">
          <i aria-hidden="true" />
          <span>
            {words.builtins[name].name}
            <small>{words.builtins[name].note}</small>
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
