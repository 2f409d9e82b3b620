export type Language = "en" | "ko";

/** The language for what a system or browser asks for ("ko-KR", "de"): Korean where it is asked for, else English. */
export const languageOf = (wanted: string | null | undefined): Language =>
  wanted?.toLowerCase().startsWith("ko") ? "ko" : "en";
