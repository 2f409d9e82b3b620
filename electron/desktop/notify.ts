import { Notification, type NotificationConstructorOptions } from "electron";
import { visible } from "../../shared/format.ts";
import { textOfPhrase } from "../../shared/words/phrase.ts";
import type { Words } from "../../shared/words/words.ts";
import type { Alert } from "../alerts.ts";

/** More at once are told as one. */
const most = 3;

/** What a notification leads to: an instance; null: to all of them. */
type Look = (instance: string | null) => void;

/** Those that are on screen: one that nobody holds would be collected, and its click lost. */
const shown = new Set<Notification>();

/** Tells findings as notifications of the system; a click shows the window, at the instance. */
export function notify(alerts: readonly Alert[], words: Words, look: Look): void {
  if (!Notification.isSupported()) return;
  for (const { instance, options } of notesOf(alerts, words)) {
    const note = new Notification(options);
    shown.add(note);
    note.on("close", () => shown.delete(note));
    note.on("click", () => {
      shown.delete(note);
      look(instance);
    });
    note.show();
  }
}

/** Texts of the notifications for what was found in one tick. Names are foreign text. */
export function notesOf(
  alerts: readonly Alert[],
  { findings, changes }: Words,
): readonly { readonly instance: string | null; readonly options: NotificationConstructorOptions }[] {
  const urgency = alerts.some(({ finding }) => finding.severity === "critical") ? "critical" : "normal";
  if (alerts.length > most)
    return [
      { instance: null, options: { title: changes.several(alerts.length), body: changes.look, urgency } },
    ];
  return alerts.map(({ finding, name }) => ({
    instance: finding.instance,
    options: {
      title: findings.title(finding, visible(name ?? "", 60)),
      body: textOfPhrase(findings.why(finding)),
      urgency: finding.severity === "critical" ? "critical" : "normal",
    },
  }));
}
