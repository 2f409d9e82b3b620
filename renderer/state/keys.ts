import { useEffect, useRef } from "react";
import type { Words } from "../../shared/words/words.ts";

export type Section = keyof Words["frame"]["keys"]["sections"];
export type Shortcut = {
  readonly id: keyof Words["frame"]["keys"]["words"];
  readonly section: Section;
  /** Names of keys as events tell them. Letters stand for the key at that place, whatever script is on it. */
  readonly keys: readonly string[];
};

/** THE table of keys: the handlers and the sheet under ? are made from it. */
export const shortcuts: readonly Shortcut[] = [
  { id: "screen", section: "anywhere", keys: ["1", "2", "3"] },
  { id: "filter", section: "anywhere", keys: ["/"] },
  { id: "settings", section: "anywhere", keys: [","] },
  // Ctrl and Cmd are the browser's elsewhere: changes/use-undo-key.ts handles it; here it is told.
  { id: "undo", section: "anywhere", keys: ["Ctrl Z"] },
  { id: "help", section: "anywhere", keys: ["?"] },
  { id: "present", section: "anywhere", keys: ["F"] },
  { id: "back", section: "anywhere", keys: ["Escape"] },
  { id: "view", section: "scale", keys: ["V"] },
  { id: "lens", section: "scale", keys: ["Z"] },
  { id: "group", section: "scale", keys: ["G"] },
  { id: "table", section: "scale", keys: ["T"] },
  { id: "race", section: "scale", keys: ["R"] },
  { id: "start", section: "startup", keys: ["Enter"] },
  { id: "seek", section: "startup", keys: ["/"] },
  { id: "stop", section: "startup", keys: ["Escape"] },
  { id: "again", section: "startup", keys: ["R"] },
  { id: "anew", section: "startup", keys: ["Escape"] },
  { id: "runs", section: "startup", keys: ["T"] },
  { id: "byProject", section: "limits", keys: ["G"] },
  { id: "shown", section: "limits", keys: ["V"] },
  { id: "copyMend", section: "limits", keys: ["C"] },
  { id: "applyMend", section: "limits", keys: ["A"] },
  { id: "caseTable", section: "limits", keys: ["T"] },
  { id: "pair", section: "scale", keys: ["X"] },
  { id: "move", section: "row", keys: ["ArrowUp", "ArrowDown"] },
  { id: "fold", section: "row", keys: ["ArrowLeft", "ArrowRight"] },
  { id: "ends", section: "row", keys: ["Home", "End"] },
  { id: "open", section: "row", keys: ["Enter"] },
  // Those of the panel are handled in it; here they are told.
  { id: "neighbour", section: "detail", keys: ["ArrowUp", "ArrowDown"] },
  { id: "range", section: "detail", keys: ["[", "]"] },
  { id: "tables", section: "detail", keys: ["T"] },
  { id: "close", section: "detail", keys: ["Escape"] },
  { id: "play", section: "replay", keys: [" "] },
];

/** How a key is written in the sheet and in hints. */
export const keyCap = (key: string): string =>
  ({
    ArrowUp: "↑",
    ArrowDown: "↓",
    ArrowLeft: "←",
    ArrowRight: "→",
    Enter: "↵",
    Escape: "Esc",
    " ": "Space",
  })[key] ?? key;

/** Where keys mean something of their own: fields, open menus and lists, dialogs, sliders. */
const own =
  "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], [role=menu], [role=listbox], [role=slider], .dialog";
/** Where Enter and Space press what has the focus. */
const pressed = "button, a[href], summary, input[type=radio], input[type=checkbox]";
/** Where the arrows choose. */
const chosen = "[role=radiogroup]";

function hits(event: KeyboardEvent, { keys }: Shortcut): boolean {
  return keys.some((key) => {
    if (/^[A-Z]$/.test(key)) return event.code === `Key${key}`;
    // On some keyboards the digits of the upper row need Shift.
    return event.key === key || (/^\d$/.test(key) && event.code === `Digit${key}`);
  });
}

/** An action that answers `false` had nothing to do: the key is left for whoever comes next. */
export type KeyActions = { readonly [id in Shortcut["id"]]?: (event: KeyboardEvent) => unknown };

/**
 * Handles shortcuts while the component is there. An action that was taken prevents the key's default. Keys with Ctrl, Alt
 * or Meta are the browser's; in a field only Escape is ours.
 */
export function useShortcuts(actions: KeyActions): void {
  const current = useRef(actions);
  useEffect(() => {
    current.current = actions;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing)
        return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest(own) && (event.key !== "Escape" || !target.matches("input"))) return;
      if ((event.key === "Enter" || event.key === " ") && target?.closest(pressed)) return;
      if (event.key.startsWith("Arrow") && target?.closest(chosen)) return;
      const shortcut = shortcuts.find((one) => hits(event, one) && current.current[one.id]);
      if (shortcut && current.current[shortcut.id]?.(event) !== false) event.preventDefault();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
