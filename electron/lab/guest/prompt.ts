import type { Millis, Nanos } from "../../../shared/model/units.ts";

/** ms. A console that says no more for so long in the middle of a line waits for somebody to type. */
const still: Millis = 100;

export type Prompt = {
  /** Something came at `at`; `line`: what stands then on the line that has no end yet. */
  moved(at: Nanos, line: string): void;
  close(): void;
};

/**
 * Tells of prompts, which have no line's end ("debian login: "): a line that stands still, and when its last byte came. A
 * line that is only on its way is none, so that half of it is never taken for the whole.
 */
export function prompts(tell: (line: string, at: Nanos) => void): Prompt {
  let timer: NodeJS.Timeout | undefined;
  return {
    moved(at, line) {
      clearTimeout(timer);
      if (line !== "") timer = setTimeout(tell, still, line, at);
    },
    close: () => clearTimeout(timer),
  };
}
