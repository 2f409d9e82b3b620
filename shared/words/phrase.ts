/**
 * A part of a sentence: plain words, or a figure that stands out in its hue. The sentence's order belongs to its language,
 * so a catalogue gives whole phrases and the page only sets them.
 */
export type Part =
  | string
  | {
      readonly tone: "container" | "vm" | "over" | "strong";
      readonly text: string;
      /** Set smaller behind the figure: "GiB". */
      readonly unit?: string;
    };
export type Phrase = readonly Part[];

/** A phrase as plain text, where nothing can stand out: a notification. "It holds 168 MiB of its own memory" */
export const textOfPhrase = (phrase: Phrase): string =>
  phrase
    .map((part) => (typeof part === "string" ? part : [part.text, part.unit].filter(Boolean).join(" ")))
    .join("");
