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
