import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import type { Change } from "../../shared/model/change.ts";
import type { Kind } from "../../shared/model/instance.ts";
import { useWords } from "../state/words.ts";
import { RefusedText } from "./refused-text.tsx";
import { TypedName } from "./typed-name.tsx";
import type { useUndo } from "./use-undo.ts";
import "./undo-name.css";

type UndoNameProps = {
  readonly change: Change;
  readonly kind: Kind;
  readonly undo: ReturnType<typeof useUndo>;
};

/** Undoing asks for the name: it would be dangerous itself by now, or this door has no dialog of its own. */
export function UndoName({ change, kind, undo }: UndoNameProps) {
  const words = useWords().apply;
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const dangerous = undo.refused !== "lost" && undo.refused?.code === "below-use";
  useEffect(() => field.current?.focus(), []);
  const go = () => void undo.undo(typed);
  return (
    <div className="undo-name">
      {dangerous && undo.refused !== null ? <RefusedText refused={undo.refused} /> : null}
      <TypedName
        label={words.typeName(kind, dangerous)}
        name={change.name}
        typed={typed}
        field={field}
        onType={setTyped}
        onEnter={go}
      />
      <span className="answers">
        <Button className="btn" onPress={undo.leave}>
          {words.done.stay}
        </Button>
        <Button className="btn" isDisabled={typed !== change.name} onPress={go}>
          {dangerous ? words.done.undoAllTheSame : words.done.undo}
        </Button>
      </span>
    </div>
  );
}
