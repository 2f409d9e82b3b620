import { en } from "./en.ts";
import { ko } from "./ko.ts";

/** Every catalogue has the shape of the English one: a missing or misspelt key does not compile. */
export type Words = typeof en;
export type Language = "en" | "ko";

export const words: { readonly [language in Language]: Words } = { en, ko };

/** The language for what a system or browser asks for ("ko-KR", "de"): Korean where it is asked for, else English. */
export const languageOf = (wanted: string | null | undefined): Language =>
  wanted?.toLowerCase().startsWith("ko") ? "ko" : "en";
