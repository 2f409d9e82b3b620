import { type BrowserWindow, dialog, type MessageBoxOptions } from "electron";
import { count, visible, wholeBytes } from "../../shared/format.ts";
import { coresText } from "../../shared/mends/amounts.ts";
import type { Words } from "../../shared/words/words.ts";
import type { Question } from "../changes/question.ts";

/**
 * Asks in a dialog of the main process, over the window: a page under attack can't press its button. "Cancel" is what Enter,
 * Escape and closing it mean. Names and paths are foreign: what can't be seen in them is made visible.
 */
export async function confirmIn(window: BrowserWindow, question: Question, words: Words): Promise<boolean> {
  if (window.isDestroyed()) return false;
  const { response } = await dialog.showMessageBox(window, boxOf(question, words));
  return response === 1;
}

/** The dialog's texts and buttons. */
export function boxOf(question: Question, { changes: { confirm } }: Words): MessageBoxOptions {
  const { undo, resource, from, to, now, file, dangerous } = question;
  const name = visible(question.name, 80);
  const amount = (value: number | null) => (value === null ? confirm.none : amountOf(resource, value));
  const detail = [
    confirm.fromTo(amount(from), amount(to)),
    ...(dangerous ? [confirm.dangerous] : []),
    ...(now ? [confirm.now] : []),
    ...(file === null ? [] : [confirm.file(visible(file, 1_000))]),
  ];
  return {
    type: dangerous ? "warning" : "question",
    message: confirm.message({ undo, resource, name, to: to === null ? null : amount(to) }),
    detail: detail.join("\n"),
    buttons: [confirm.cancel, undo ? confirm.undo : confirm.apply],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
}

function amountOf(resource: Question["resource"], value: number): string {
  if (resource === "memory" || resource === "vmMemory") return wholeBytes(value);
  return resource === "pids" ? count(value) : coresText(value);
}
