import { en } from "./en.ts";
import { ko } from "./ko.ts";
import type { Language } from "./language.ts";

/** Every catalogue has the shape of the English one: a missing or misspelt key does not compile. */
export type Words = typeof en;

export const words: { readonly [language in Language]: Words } = { en, ko };
