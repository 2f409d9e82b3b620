import X from "lucide-react/icons/x";
import { useEffect, useRef } from "react";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { clockTime } from "../../shared/format.ts";
import type { Change } from "../../shared/model/change.ts";
import { Foreign } from "../components/foreign.tsx";
import { loadChanges, newestUndoable, useChanges } from "../state/changes.ts";
import { choose, useUi } from "../state/ui.ts";
import { dayOf, offsetHere, useWords } from "../state/words.ts";
import { limitText } from "./amount-words.ts";
import { RefusedText } from "./refused-text.tsx";
import { UndoName } from "./undo-name.tsx";
import { useUndo } from "./use-undo.ts";
import "../components/dialog.css";
import "./history-sheet.css";

/** All that Tare changed on this machine, over the page: what it was, what came of it, and the way back. */
export function HistorySheet() {
  const { apply: words, frame } = useWords();
  const open = useUi((ui) => ui.history);
  useEffect(() => {
    if (open) void loadChanges();
  }, [open]);
  return (
    <ModalOverlay
      className="scrim"
      isOpen={open}
      isDismissable
      onOpenChange={(next) => choose({ history: next })}
    >
      <Modal className="sheet asked">
        <Dialog className="dialog history">
          <header>
            <div>
              <Heading slot="title">{words.history.title}</Heading>
              <p>{words.history.note}</p>
            </div>
            <Button className="btn quiet only-icon" slot="close" aria-label={frame.close} autoFocus>
              <X className="icon" aria-hidden="true" />
            </Button>
          </header>
          <List />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function List() {
  const words = useWords().apply.history;
  const { list, failed } = useChanges();
  const newest = newestUndoable(list)?.id ?? null;
  if (list === null) return failed ? <p className="faint">{words.failedToLoad}</p> : null;
  if (list.length === 0) return <p className="history-none">{words.none}</p>;
  return (
    <section
      className="history-list"
      aria-label={words.title}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long history is scrolled by keyboard as well
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            {Object.values(words.columns).map((word) => (
              <th key={word} scope="col">
                {word}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {list.map((change) => (
            <Row key={change.id} change={change} isNewest={change.id === newest} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ change, isNewest }: { readonly change: Change; readonly isNewest: boolean }) {
  const { apply: words, frame } = useWords();
  const undo = useUndo(change.id);
  const button = useRef<HTMLButtonElement>(null);
  // What is opened to be undone is the newest change: Enter does it.
  useEffect(() => {
    if (isNewest) button.current?.focus();
  }, [isNewest]);
  const { at, name, resource, from, to, state, file, undoable, trouble } = change;
  const offset = offsetHere();
  const amount = (value: number) => limitText(words, resource, value);
  const refused = undo.phase === "refused" ? undo.refused : null;
  return (
    <>
      <tr>
        <td>
          {frame.day(dayOf(at, offset))} {clockTime(at, offset)}
        </td>
        <th scope="row">
          <Foreign text={name} most={60} />
        </th>
        <td>{words.history.what[resource]}</td>
        <td>
          {words.history.change(from === null ? null : amount(from), amount(to))}
          {file === null ? null : <small>{words.history.inFile}</small>}
        </td>
        <td>{words.history.states[state]}</td>
        <td className="history-undo">
          {undoable && undo.phase !== "asking" ? (
            <Button
              ref={button}
              className="btn"
              aria-label={words.history.undo(name)}
              isPending={undo.phase === "undoing"}
              onPress={() => void undo.undo(null)}
            >
              {undo.phase === "undoing" ? words.done.undoing : words.done.undo}
            </Button>
          ) : null}
        </td>
      </tr>
      {undo.phase === "asking" || refused !== null || trouble !== null ? (
        <tr className="history-more">
          <td colSpan={6}>
            {undo.phase === "asking" ? (
              <UndoName change={change} kind={kindOf(change)} undo={undo} />
            ) : (
              <RefusedText refused={refused ?? trouble ?? "lost"} />
            )}
          </td>
        </tr>
      ) : null}
    </>
  );
}

const kindOf = ({ resource }: Change) =>
  resource === "vmMemory" || resource === "vmCpu" ? ("vm" as const) : ("container" as const);
