import type { EngineStatus } from "../../shared/model/status.ts";
import { tellTrouble } from "../../shared/words/mends.ts";
import { words } from "../../shared/words/words.ts";
import type { Terminal } from "./terminal.ts";

/** A line for each engine that something is wrong with, and the mend. One that is simply not installed is none. */
export const troubleLines = (
  engines: readonly EngineStatus[],
  { language }: Pick<Terminal, "language">,
): readonly string[] =>
  engines.flatMap(({ engine, state, trouble }) => {
    if (trouble === null || state === "ready" || (state === "absent" && trouble.code === "absent")) return [];
    const { what, mend, command } = tellTrouble(trouble, engine, words[language].engines);
    return [[what, mend, command].filter((part) => part !== null).join(" ")];
  });
