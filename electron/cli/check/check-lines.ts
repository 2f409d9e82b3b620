import { visible } from "../../../shared/format.ts";
import type { RuleId, Severity } from "../../../shared/model/finding.ts";
import { type Colour, paint } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import type { Report, Reported } from "./report.ts";

const colours: { readonly [severity in Severity]: Colour } = {
  critical: "over",
  warning: "bold",
  note: "dim",
};

/** So many notes of one rule are told one by one; more are one line, with the first names. */
const mostNotes = 5;
const mostNames = 6;

/** A report for people: what was found, the worst first, with its evidence and its mend, then one line that sums up. */
export function checkLines(report: Report, terminal: Pick<Terminal, "say" | "colour">): readonly string[] {
  const { check, duration } = terminal.say;
  const numbers = { critical: 0, warning: 0, note: 0 };
  for (const { finding } of report.found) numbers[finding.severity]++;
  const vms = report.instances.filter(({ kind }) => kind === "vm").length;
  return [
    ...report.found
      .filter(({ finding }) => finding.severity !== "note")
      .flatMap((one) => found(one, terminal)),
    ...noted(report, terminal),
    check.summary({
      containers: report.instances.length - vms,
      vms,
      length: duration(Math.max(1_000, report.to - report.from)),
      ...numbers,
    }),
  ];
}

function noted({ found, ruleName }: Report, terminal: Pick<Terminal, "say" | "colour">): readonly string[] {
  const { check } = terminal.say;
  const byRule = new Map<RuleId, Reported[]>();
  for (const one of found)
    if (one.finding.severity === "note")
      byRule.set(one.finding.rule, [...(byRule.get(one.finding.rule) ?? []), one]);
  return [...byRule].flatMap(([rule, all]) => {
    const texts =
      all.length <= mostNotes
        ? all.map(({ title }) => title)
        : [
            check.together({
              rule: ruleName(rule),
              names: all
                .slice(0, mostNames)
                .map(({ instance }) => instance?.name ?? "")
                .join(", "),
              more: all.length - mostNames,
            }),
          ];
    return texts.map((text) =>
      paint(terminal, `${check.severities.note}: ${visible(text, 1_000)}`, colours.note),
    );
  });
}

function found(
  { finding, title, explanation, evidence, mend }: Reported,
  terminal: Pick<Terminal, "say" | "colour">,
) {
  const { check } = terminal.say;
  const { severity, clearedAt } = finding;
  const head = `${check.severities[severity]}: ${visible(title, 1_000)}${clearedAt === null ? "" : ` (${check.cleared})`}`;
  const rest = [explanation, ...evidence, ...(mend === null ? [] : [`$ ${mend}`])].filter(
    (line) => line !== "",
  );
  return [paint(terminal, head, colours[severity]), ...rest.map((line) => `    ${visible(line, 1_000)}`)];
}
