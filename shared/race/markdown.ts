import type { Race } from "../model/race.ts";
import type { Words } from "../words/words.ts";
import { factsOf, headlinesOf, nameOf, rowsOf } from "./in-words.ts";
import { summaryOf } from "./summary.ts";

/** A race as Markdown, for a report or an issue: the result in words, a table of both halves, and where it ran. */
export function markdownOf(race: Race, say: Words["lab"]): string {
  const summary = summaryOf(race);
  const rows = rowsOf(summary, say).map(({ label, figures }) =>
    figures ? cells(label, ...figures) : cells(`**${inert(label)}**`, "", ""),
  );
  return [
    `## ${inert(nameOf(race))}`,
    "",
    headlinesOf(race, summary, say).map(inert).join(" "),
    "",
    cells("", say.kinds.container, say.kinds.vm),
    "|---|--:|--:|",
    ...rows,
    "",
    `${say.where}: ${factsOf(race, say).map(inert).join("; ")}`,
    "",
  ].join("\n");
}

const cells = (label: string, ...figures: readonly string[]) =>
  `| ${[label.startsWith("**") ? label : inert(label), ...figures].join(" | ")} |`;

/** Foreign text that stays text: what Markdown or HTML would read as more is escaped. */
const inert = (text: string): string => text.replace(/[\\`*_[\]<>|#&~!]/g, (sign) => `\\${sign}`);
