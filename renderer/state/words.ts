import type { Millis } from "../../shared/model/units.ts";
import { type Language, languageOf } from "../../shared/words/language.ts";
import { type Words, words } from "../../shared/words/words.ts";
import { useUi } from "./ui.ts";

/** The language of the page: the user's choice, else what --lang asked for, else what the browser asks for. */
export const useLanguage = (): Language =>
  useUi(({ language }) => language) ??
  languageOf(document.documentElement.dataset.asked ?? navigator.language);

/** The catalogue of that language. */
export const useWords = (): Words => words[useLanguage()];

/** Minutes east of UTC here and now: format.ts has no clock and no place. */
export const offsetHere = (): number => -new Date().getTimezoneOffset();

/** The day of a moment at `offset` minutes east of UTC; a month is 0 to 11. */
export function dayOf(at: Millis, offset: number): { readonly day: number; readonly month: number } {
  const local = new Date(at + offset * 60_000);
  return { day: local.getUTCDate(), month: local.getUTCMonth() };
}
