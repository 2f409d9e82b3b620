import { doors } from "./en/doors.ts";
import { terminal } from "./en/terminal.ts";
import { doors as koreanDoors } from "./ko/doors.ts";
import { terminal as koreanTerminal } from "./ko/terminal.ts";
import type { Language } from "./language.ts";
import type { Words } from "./words.ts";

/** What the terminal says, also of the browser door: all that a start needs, and a tenth of the catalogue to parse. */
export const terminalWords: { readonly [language in Language]: Pick<Words, "terminal" | "doors"> } = {
  en: { terminal, doors },
  ko: { terminal: koreanTerminal, doors: koreanDoors },
};
