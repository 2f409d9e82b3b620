import { useEffect } from "react";
import { loadChanges, newestUndoable, useChanges } from "../state/changes.ts";
import { choose } from "../state/ui.ts";

/**
 * Ctrl-Z outside of fields and dialogs opens the history with the focus on the newest change's Undo, once this page has
 * seen one: what is undone has to be seen first.
 */
export function useUndoKey(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.code !== "KeyZ" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      const target = event.target instanceof Element ? event.target : null;
      if (event.defaultPrevented || target?.closest("input, textarea, .dialog")) return;
      if (newestUndoable(useChanges.getState().list) === null) return;
      event.preventDefault();
      void loadChanges();
      choose({ history: true });
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
