import type { Report } from "../../../../../electron/cli/check/report.ts";
import type { Finding } from "../../../../../shared/model/finding.ts";

/** 2026-11-24T12:00:00.000Z */
export const noon = 1_795_521_600_000;

const finding: Finding = {
  id: "memory-killed/docker:aa",
  rule: "memory-killed",
  severity: "critical",
  instance: "docker:aa",
  openedAt: noon,
  worsenedAt: noon,
  clearedAt: null,
  from: noon - 3_600_000,
  to: noon,
  evidence: [
    {
      name: "oomKills",
      value: 2,
      unit: "count",
      source: "memory.events: oom_kill",
      from: noon - 3_600_000,
      to: noon,
    },
  ],
  facts: { limit: 201_326_592 },
  shows: "net",
  proposal: {
    resource: "memory",
    from: 201_326_592,
    to: 335_544_320,
    basis: { peak: 201_326_592, p99: 200_000_000, over: 3_600_000, headroom: 0.25, sure: "never-unhindered" },
  },
};

const loki = {
  id: "docker:aa",
  name: "observ-loki-1",
  engine: "docker",
  kind: "container",
  group: "observ",
} as const;
const odd = {
  id: "docker:bb",
  name: 'a<b>&"\u0007\n\ud800',
  engine: "docker",
  kind: "container",
  group: null,
} as const;

/** One killed container, one with an odd name and a note, one without any; the host with a warning. */
export const report: Report = {
  version: "0.1.0",
  host: "kestrel",
  from: noon,
  to: noon + 30_000,
  failOn: "critical",
  instances: [loki, odd, { id: "libvirt:cc", name: "win11-dev", engine: "libvirt", kind: "vm", group: null }],
  found: [
    {
      finding,
      instance: loki,
      title: "observ-loki-1 was killed twice in the last hour",
      explanation: "It holds 168 MiB of its own memory.",
      evidence: ["killed: 2 (memory.events: oom_kill)"],
      mend: "docker update --memory 320m --memory-swap 320m observ-loki-1",
    },
    {
      finding: {
        ...finding,
        id: "limits-over-host/",
        rule: "limits-over-host",
        severity: "warning",
        instance: null,
      },
      instance: null,
      title: "All limits together are more than the host has",
      explanation: "They can't all be met at once.",
      evidence: [],
      mend: null,
    },
    {
      finding: {
        ...finding,
        id: "no-limit/docker:bb",
        rule: "no-limit",
        severity: "note",
        instance: odd.id,
        proposal: null,
        clearedAt: noon + 5_000,
      },
      instance: odd,
      title: `${odd.name} has no memory limit`,
      explanation: "",
      evidence: [],
      mend: null,
    },
  ],
  ruleName: (rule) => `rule ${rule}`,
};
