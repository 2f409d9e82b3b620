import { visible } from "../../../shared/format.ts";
import type { Severity } from "../../../shared/model/finding.ts";
import { type Colour, paint } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import type { Report, Reported } from "./report.ts";

const colours: { readonly [severity in Severity]: Colour } = {
  critical: "over",
  warning: "bold",
  note: "dim",
};

/** A report for people: what was found, the worst first, with its evidence and its mend, then one line that sums up. */
export function checkLines(report: Report, terminal: Pick<Terminal, "say" | "colour">): readonly string[] {
  const { check, duration } = terminal.say;
  const numbers = { critical: 0, warning: 0, note: 0 };
  for (const { finding } of report.found) numbers[finding.severity]++;
  const vms = report.instances.filter(({ kind }) => kind === "vm").length;
  return [
    ...report.found.flatMap((one) => found(one, terminal)),
    check.summary({
      containers: report.instances.length - vms,
      vms,
      length: duration(Math.max(1_000, report.to - report.from)),
      ...numbers,
    }),
  ];
}

function found(
  { finding, title, explanation, evidence, mend }: Reported,
  terminal: Pick<Terminal, "say" | "colour">,
) {
  const { check } = terminal.say;
  const { severity, clearedAt } = finding;
  const head = `${check.severities[severity]}: ${visible(title, 1_000)}${clearedAt === null ? "" : ` (${check.cleared})`}`;
  const rest = [
    ...(severity === "note" ? [] : [visible(explanation, 1_000)]),
    ...(severity === "note" ? [] : evidence.map((line) => visible(line, 1_000))),
    ...(mend === null || severity === "note" ? [] : [`$ ${visible(mend, 1_000)}`]),
  ].filter((line) => line !== "");
  return [paint(terminal, head, colours[severity]), ...rest.map((line) => `    ${line}`)];
}
