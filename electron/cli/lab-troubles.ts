import { visible } from "../../shared/format.ts";
import type { LabTrouble } from "../../shared/model/race.ts";
import { tellLabTrouble } from "../../shared/words/lab-mends.ts";
import { words } from "../../shared/words/words.ts";
import { paint } from "./table.ts";
import type { Terminal } from "./terminal.ts";

/** What is wrong, its foreign cause, what to do, and the last lines of what failed. */
export function labTroubleLines(
  trouble: LabTrouble,
  terminal: Pick<Terminal, "language" | "colour">,
): readonly string[] {
  const { what, mend, command } = tellLabTrouble(trouble, words[terminal.language].lab);
  return [
    [what, trouble.cause && `(${visible(trouble.cause)})`, mend, command && paint(terminal, command, "bold")]
      .filter(Boolean)
      .join(" "),
    ...trouble.output.slice(-5).map((line) => `  | ${visible(line)}`),
  ];
}
