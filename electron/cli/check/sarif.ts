import type { Severity } from "../../../shared/model/finding.ts";
import type { Report, Reported } from "./report.ts";

const levels: { readonly [severity in Severity]: "note" | "warning" | "error" } = {
  note: "note",
  warning: "warning",
  critical: "error",
};

const iso = (at: number) => new Date(at).toISOString();

/**
 * A report as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), which code hosts and editors read. An instance is
 * no file: it stands as a logical location, and `partialFingerprints` lets a host see that a finding is the one of before.
 */
export function sarif(report: Report) {
  const rules = [...new Set(report.found.map(({ finding }) => finding.rule))].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Tare",
            semanticVersion: report.version,
            rules: rules.map((id) => ({ id, shortDescription: { text: report.ruleName(id) } })),
          },
        },
        invocations: [
          { executionSuccessful: true, startTimeUtc: iso(report.from), endTimeUtc: iso(report.to) },
        ],
        properties: { host: report.host, failOn: report.failOn, instances: report.instances.length },
        results: report.found.map((one) => result(one, rules)),
      },
    ],
  };
}

function result({ finding, instance, title, explanation, mend }: Reported, rules: readonly string[]) {
  const text = [title, explanation, mend].filter((part) => part !== null && part !== "").join("\n");
  return {
    ruleId: finding.rule,
    ruleIndex: rules.indexOf(finding.rule),
    level: levels[finding.severity],
    message: { text },
    locations: instance
      ? [
          {
            logicalLocations: [{ name: instance.name, fullyQualifiedName: instance.id, kind: instance.kind }],
          },
        ]
      : [],
    partialFingerprints: { "finding/v1": finding.id },
    properties: {
      openedAt: iso(finding.openedAt),
      clearedAt: finding.clearedAt === null ? null : iso(finding.clearedAt),
      evidence: finding.evidence,
      proposal: finding.proposal,
    },
  };
}
