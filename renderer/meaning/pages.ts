import type { Language } from "../../shared/words/language.ts";
import { type Section, sectionsOf } from "./markdown.ts";

/** docs/measuring.md as it is built into the page, fetched when something of it is read first. */
const pages: { readonly [language in Language]: () => Promise<{ readonly default: string }> } = {
  en: () => import("../../docs/measuring.md?raw"),
  ko: () => import("../../docs/measuring.ko.md?raw"),
};
const read = new Map<Language, Promise<readonly Section[]>>();

/** What the figures mean, a section a heading. */
export function meanings(language: Language): Promise<readonly Section[]> {
  const known = read.get(language) ?? pages[language]().then(({ default: page }) => sectionsOf(page));
  read.set(language, known);
  return known;
}
