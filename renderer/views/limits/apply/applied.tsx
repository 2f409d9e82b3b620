import { type KeyboardEvent, useEffect, useRef } from "react";
import { Button, Heading } from "react-aria-components";
import { visible } from "../../../../shared/format.ts";
import type { Change } from "../../../../shared/model/change.ts";
import type { Kind } from "../../../../shared/model/instance.ts";
import type { Phrase } from "../../../../shared/words/phrase.ts";
import type { Words } from "../../../../shared/words/words.ts";
import { limitText } from "../../../changes/amount-words.ts";
import { RefusedText } from "../../../changes/refused-text.tsx";
import { UndoName } from "../../../changes/undo-name.tsx";
import { useUndo } from "../../../changes/use-undo.ts";
import { PhraseText } from "../../../components/phrase-text.tsx";
import { choose } from "../../../state/ui.ts";
import { useWords } from "../../../state/words.ts";

type AppliedProps = { readonly change: Change; readonly kind: Kind; readonly onClose: () => void };

/** What came of a change: what is in force now as it was read back, and the way back. */
export function Applied({ change, kind, onClose }: AppliedProps) {
  const words = useWords().apply;
  const undo = useUndo(change.id);
  const close = useRef<HTMLButtonElement>(null);
  const { phase, refused, after } = undo;
  const told = after ?? change;
  const canUndo = change.undoable && phase !== "undone";
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new answer takes the focus to what is safe
  useEffect(() => close.current?.focus(), [phase === "undone"]);
  const onKeyDown = (event: KeyboardEvent) => {
    const isUndo = event.code === "KeyZ" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (!isUndo || !canUndo || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    void undo.undo(null);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the dialog's own shortcut, wherever the focus is in it
    <div className="apply-form" onKeyDown={onKeyDown}>
      <Heading slot="title">
        <PhraseText phrase={doneTitle(words, told)} />
      </Heading>
      <div aria-live="polite">
        {linesOf(words, told).map((line) => (
          <p key={line} className="apply-said">
            {line}
          </p>
        ))}
      </div>
      {told.trouble === null ? null : (
        <>
          {told.state === "applied" ? <p className="apply-said">{words.done.partly}</p> : null}
          <RefusedText refused={told.trouble} />
        </>
      )}
      {phase === "asking" ? (
        <UndoName change={change} kind={kind} undo={undo} />
      ) : refused === null ? null : (
        <RefusedText refused={refused} />
      )}
      <footer>
        <span className="unit">{canUndo ? words.done.safeToClose : null}</span>
        <span className="answers">
          <Button
            className="btn quiet"
            onPress={() => {
              onClose();
              choose({ history: true });
            }}
          >
            {words.done.history}
          </Button>
          {canUndo ? (
            <Button className="btn" isPending={phase === "undoing"} onPress={() => void undo.undo(null)}>
              {phase === "undoing" ? words.done.undoing : words.done.undo}
              <kbd>{"Ctrl Z"}</kbd>
            </Button>
          ) : null}
          <Button ref={close} className="btn main" onPress={onClose}>
            {words.done.close}
            <kbd>{"Esc"}</kbd>
          </Button>
        </span>
      </footer>
    </div>
  );
}

function doneTitle(words: Words["apply"], change: Change): Phrase {
  const { state, resource, from, to, readBack, file } = change;
  const name = visible(change.name, 80);
  const amount = limitText(words, resource, readBack ?? to);
  switch (state) {
    case "applied":
      return readBack === null && file !== null
        ? words.done.fileTitle(name, amount)
        : words.done.title(name, resource, amount);
    case "undone":
      return words.done.undone(name, from === null ? null : limitText(words, resource, from));
    case "failed":
      return words.done.failed(name);
    case "unknown":
      return words.done.unsure(name);
  }
}

/** A limit is rounded to pages by the kernel: this much less or more is the same. */
const page = 4_096;

function linesOf({ done, ...words }: Words["apply"], change: Change): readonly string[] {
  const { state, resource, from, to, readBack, file, trouble } = change;
  const wanted = state === "undone" ? from : to;
  const amount = readBack === null ? null : limitText({ done, ...words }, resource, readBack);
  const same =
    readBack !== null && wanted !== null && Math.abs(readBack - wanted) <= (readBack > page ? page : 0);
  const inForce =
    amount === null
      ? state === "unknown" || (state === "applied" && file === null)
        ? [done.notRead]
        : []
      : [same || state === "failed" ? done.readBack(amount) : done.readOther(amount)];
  return [
    ...inForce,
    ...(file !== null && state === "applied" && trouble === null ? [done.fileWritten] : []),
  ];
}
