import { type KeyboardEvent, type RefObject, useEffect } from "react";
import type { SettingsPart } from "../../state/ui.ts";

/** What of a row takes the focus: the chosen one of a group, else the first. */
const takes = ["input[type=radio]:checked", "input:not([type=radio])", "button", "input"];

/** ↑ and ↓ lead from one setting to the next; a part that is gone to takes the focus to its first one. */
export function useSettingKeys(page: RefObject<HTMLElement | null>, part: SettingsPart, ready: boolean) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is there once the settings were told
  useEffect(() => {
    const section = page.current?.querySelector(`[data-part="${part}"]`);
    controlsIn(section)[0]?.focus({ preventScroll: true });
    section?.scrollIntoView({ block: "nearest" });
  }, [page, part, ready]);
  return (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const controls = controlsIn(page.current);
    const row = document.activeElement?.closest(".setting, .setting-list > li");
    const at = controls.findIndex((control) => row?.contains(control));
    const next = controls[at === -1 ? (by === 1 ? 0 : -1) : at + by];
    if (!next) return;
    // Before a group of choices takes the arrow for itself: those go by ← and →.
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  };
}

/** The control of each setting, top to bottom. */
function controlsIn(within: Element | null | undefined): readonly HTMLElement[] {
  const rows = [...(within?.querySelectorAll(".setting, .setting-list > li") ?? [])];
  return rows.flatMap((row) => {
    const control = takes
      .map((selector) => row.querySelector<HTMLElement>(selector))
      .find((one) => one !== null);
    return control ? [control] : [];
  });
}
