import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { Button, Heading } from "react-aria-components";
import { visible } from "../../../../shared/format.ts";
import type { Mend, Prepared } from "../../../../shared/model/change.ts";
import type { Instance } from "../../../../shared/model/instance.ts";
import { engineNames } from "../../../../shared/words/engine-names.ts";
import { safeAmount } from "../../../changes/amount.ts";
import { limitText } from "../../../changes/amount-words.ts";
import { RefusedText } from "../../../changes/refused-text.tsx";
import { TypedName } from "../../../changes/typed-name.tsx";
import { PhraseText } from "../../../components/phrase-text.tsx";
import { Triangle } from "../../../components/triangle.tsx";
import { useNow } from "../../../state/now.ts";
import { useWords } from "../../../state/words.ts";
import { useWorld } from "../../../state/world.ts";
import { AmountField } from "./amount-field.tsx";
import { ApplyLegend, ApplyRuler } from "./apply-ruler.tsx";
import { dangerOf, roomOf, titleOf, undoOf } from "./said.ts";
import type { useApply } from "./use-apply.ts";
import { WhereSet } from "./where-set.tsx";

type ApplyFormProps = {
  readonly apply: ReturnType<typeof useApply>;
  readonly prepared: Prepared;
  readonly mends: readonly Mend[];
  readonly instance: Instance;
  readonly onClose: () => void;
};

/** All that is to be known before a limit is changed: over present use, with its room, its differences and its undoing. */
export function ApplyForm({ apply, prepared, mends, instance, onClose }: ApplyFormProps) {
  const words = useWords().apply;
  const { phase, chosen, choose } = apply;
  const { resource, name, from, dangerous, needsName } = prepared;
  const [typed, setTyped] = useState("");
  const [main, field] = [useRef<HTMLButtonElement>(null), useRef<HTMLInputElement>(null)];
  const host = useHostRoom();

  const shown = { ...prepared, to: chosen.to };
  const busy = phase === "applying";
  const same = from === chosen.to && !chosen.file;
  const none = !chosen.now && !chosen.file;
  // It is read again, or being done: the button keeps the focus and waits.
  const waits = phase === "looking" || busy || prepared.to !== chosen.to;
  const barred = phase === "barred" || same || none || (needsName && typed !== name);
  const may = !waits && !barred;
  const commit = () => void apply.commit(needsName ? typed : null);
  useFirstFocus(phase === "ready", needsName ? field : main);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !may) return;
    event.preventDefault();
    commit();
  };
  const refused = apply.refused ?? apply.barred;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the dialog's own shortcut, wherever the focus is in it
    <div className="apply-form" onKeyDown={onKeyDown}>
      <header>
        <Heading slot="title">
          <PhraseText phrase={titleOf(words, resource, visible(name, 80), from, chosen.to)} />
        </Heading>
        <About instance={instance} readAt={apply.readAt} moved={apply.moved} />
      </header>
      <div className="apply-figure">
        <ApplyRuler prepared={shown} kind={instance.kind} />
        <div className="apply-below">
          <ApplyLegend prepared={shown} kind={instance.kind} />
          <AmountField
            resource={resource}
            amount={chosen.to}
            isDisabled={busy}
            onChange={(to) => choose({ to })}
          />
        </div>
      </div>
      {dangerous ? (
        <div>
          <p className="apply-danger">
            <Triangle />
            {words.danger(resource, instance.kind)}
          </p>
          <p className="apply-said">
            <PhraseText phrase={dangerOf(words, prepared, instance.kind)} />
          </p>
        </div>
      ) : (
        <p className="apply-said">{same ? words.same : <PhraseText phrase={roomOf(words, shown, host)} />}</p>
      )}
      <WhereSet
        kind={instance.kind}
        prepared={prepared}
        mends={mends}
        now={chosen.now}
        file={chosen.file}
        isDisabled={busy}
        onChange={choose}
      />
      {dangerous || none ? null : (
        <p className="apply-undo">
          <PhraseText phrase={undoOf(words, prepared, chosen)} />
        </p>
      )}
      {refused === null ? null : <RefusedText refused={refused} />}
      {needsName && !none ? (
        <TypedName
          label={words.typeName(instance.kind, dangerous)}
          name={name}
          typed={typed}
          field={field}
          onType={setTyped}
          onEnter={() => may && commit()}
        />
      ) : null}
      <footer>
        <span className="unit" aria-live="polite">
          <Note busy={busy} none={none} apply={apply} prepared={prepared} />
        </span>
        <span className="answers">
          <Button className="btn" isDisabled={busy} onPress={onClose}>
            {words.cancel}
            <kbd>{"Esc"}</kbd>
          </Button>
          <Commit
            main={main}
            prepared={prepared}
            chosen={chosen}
            isDisabled={barred}
            isPending={waits}
            onCommit={commit}
            onSafe={(to) => choose({ to })}
          />
        </span>
      </footer>
    </div>
  );
}

/** Whose limit it is, and how fresh what is shown is. */
function About({
  instance,
  readAt,
  moved,
}: {
  readonly instance: Instance;
  readonly readAt: number | null;
  readonly moved: boolean;
}) {
  const { apply: words, frame } = useWords();
  const now = useNow();
  const id = instance.id.slice(instance.id.indexOf(":") + 1).slice(0, 12);
  const group = instance.group === null ? null : visible(instance.group, 60);
  return (
    <p>
      {words.about(engineNames[instance.engine], group)}
      {", "}
      <code>{visible(id)}</code>
      {readAt === null ? null : `; ${words.readAgain(frame.duration(Math.max(1_000, now - readAt)), moved)}`}
    </p>
  );
}

function Note({
  busy,
  none,
  apply,
  prepared,
}: {
  readonly busy: boolean;
  readonly none: boolean;
  readonly apply: ReturnType<typeof useApply>;
  readonly prepared: Prepared;
}) {
  const words = useWords().apply;
  // Where no name is typed, this door asks in a dialog of its own.
  if (busy) return prepared.needsName ? words.applying : words.answerDialog;
  if (none) return words.nothingChosen;
  if (prepared.dangerous || apply.refused !== null || apply.barred !== null) return words.nothingChanged;
  return apply.chosen.now ? words.nothingRestarts : words.fileOnly;
}

/** The deed. Where it is dangerous, the main button is the nearest safe amount instead. */
function Commit({
  main,
  prepared,
  chosen,
  isDisabled,
  isPending,
  onCommit,
  onSafe,
}: {
  readonly main: RefObject<HTMLButtonElement | null>;
  readonly prepared: Prepared;
  readonly chosen: { readonly to: number; readonly now: boolean; readonly file: boolean };
  readonly isDisabled: boolean;
  readonly isPending: boolean;
  readonly onCommit: () => void;
  readonly onSafe: (to: number) => void;
}) {
  const words = useWords().apply;
  const { resource, floor, dangerous } = prepared;
  if (!dangerous || floor === null)
    return (
      <Button
        ref={main}
        className="btn main"
        isDisabled={isDisabled}
        isPending={isPending}
        onPress={onCommit}
      >
        {chosen.now && chosen.file ? words.applyBoth : words.apply}
        <kbd>{"Ctrl ↵"}</kbd>
      </Button>
    );
  const safe = safeAmount(resource, floor);
  return (
    <>
      <Button className="btn" isDisabled={isDisabled} isPending={isPending} onPress={onCommit}>
        {words.set(limitText(words, resource, chosen.to))}
      </Button>
      <Button ref={main} className="btn main" onPress={() => onSafe(safe)}>
        {words.insteadUse(limitText(words, resource, safe))}
      </Button>
    </>
  );
}

function useHostRoom() {
  const free = useWorld(({ host }) => host?.available ?? null);
  const cores = useWorld(({ facts }) => facts?.threads ?? null);
  return { free, cores };
}

/** Once it can be confirmed, the focus stands on the safe answer; not where the user has moved it already. */
function useFirstFocus(ready: boolean, target: { readonly current: HTMLElement | null }): void {
  const done = useRef(false);
  useEffect(() => {
    if (!ready || done.current) return;
    done.current = true;
    const { activeElement } = document;
    if (activeElement === document.body || activeElement?.getAttribute("role") === "dialog")
      target.current?.focus();
  }, [ready, target]);
}
