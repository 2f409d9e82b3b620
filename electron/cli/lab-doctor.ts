import { visible } from "../../shared/format.ts";
import type { LabPart } from "../../shared/model/race.ts";
import { tellLabTrouble } from "../../shared/words/lab-mends.ts";
import { words } from "../../shared/words/words.ts";
import { labTroubleLines } from "./lab-troubles.ts";
import { jsonLine } from "./line.ts";
import { openLabHere } from "./open-lab.ts";
import { type Colour, paint } from "./table.ts";
import type { Terminal } from "./terminal.ts";

/** `tare lab doctor`: what this computer can race with, and the mend of what it lacks. Exit code 1 where something is missing. */
export async function labDoctor(
  json: boolean,
  directory: string | null,
  terminal: Terminal,
): Promise<number> {
  const lab = await openLabHere(directory);
  const say = words[terminal.language].lab;
  try {
    const [{ parts }, races, skipped] = [await lab.lab({}), await lab.races({}), await lab.skipped()];
    if (json)
      terminal.print(
        jsonLine({
          parts: parts.map((part) => ({ ...part, mend: part.trouble && tellLabTrouble(part.trouble, say) })),
          races: races.length,
          skipped,
        }),
      );
    else {
      terminal.print(paint(terminal, say.doctor.title, "bold"));
      for (const line of parts.flatMap((part) => partLines(part, terminal))) terminal.print(line);
      terminal.print("");
      terminal.print(say.doctor.races(races.length));
      for (const { file, why } of skipped) terminal.print(say.doctor[why](visible(file)));
    }
    return parts.every(({ state }) => state === "ready") ? 0 : 1;
  } finally {
    await lab.close();
  }
}

const colours: { readonly [state in LabPart["state"]]: Colour } = {
  ready: "container",
  missing: "over",
  untried: "dim",
};

function partLines({ part, state, value, note, trouble }: LabPart, terminal: Terminal): readonly string[] {
  const say = words[terminal.language].lab;
  const name = paint(terminal, say.parts[part].padEnd(12), "bold");
  const told = [
    paint(terminal, say.states[state], colours[state]),
    ...[value, note].flatMap((one) => (one === null ? [] : [visible(one)])),
  ];
  return [
    `  ${name} ${told.join(", ")}`,
    ...(trouble ? labTroubleLines(trouble, terminal).map((line) => `    ${line}`) : []),
  ];
}
