import { fails, type Report } from "./report.ts";

/**
 * What `tare check --json` prints: base units (bytes, cores, fractions, ms); times in ms since the epoch. Keys are only ever
 * added.
 */
export function checkJson(report: Report) {
  return {
    tare: report.version,
    host: report.host,
    from: report.from,
    to: report.to,
    failOn: report.failOn,
    failed: report.found.filter(({ finding }) => fails(finding, report.failOn)).length,
    instances: report.instances.map(({ id, name, engine, kind }) => ({ id, name, engine, kind })),
    findings: report.found.map(({ finding, instance, title, explanation, mend }) => ({
      rule: finding.rule,
      severity: finding.severity,
      fails: fails(finding, report.failOn),
      instance: instance && {
        id: instance.id,
        name: instance.name,
        engine: instance.engine,
        kind: instance.kind,
      },
      title,
      explanation,
      openedAt: finding.openedAt,
      clearedAt: finding.clearedAt,
      evidence: finding.evidence,
      proposal: finding.proposal,
      mend,
    })),
  };
}
