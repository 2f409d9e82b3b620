import { afterEach, expect, test } from "vitest";
import { choose, type Ui } from "../../../renderer/state/ui.ts";
import type { Ending, Finding, PastFinding } from "../../../shared/model/finding.ts";
import type { Handlers } from "../../../shared/wire/calls.ts";
import type { Frame } from "../../../shared/wire/frames.ts";
import { madeFinding, pastFinding } from "../../fixtures/findings.ts";
import { engine, engines, frameOf } from "../../fixtures/synthetic.ts";
import { type Body, many, mib, startOfTime } from "../../fixtures/synthetic-bodies.ts";
import { expectAccessible } from "../accessible.ts";
import { leave, openPage, picture } from "../page.tsx";
import { shoot } from "../shoot.ts";
import { answers, findings, framesOf, idOf, limited, seconds } from "./given.ts";

afterEach(leave);

const hour = 3_600_000;
/** Everybody under a limit, and nobody near it. */
const calm = (): readonly Body[] =>
  limited().map(({ instance, at }) => ({
    instance,
    at(second) {
      const sample = at(second);
      const use = (instance.kind === "vm" ? sample.gross : sample.workingSet) ?? 0;
      const limit = Math.max(sample.memoryLimit ?? 0, use * 1.7);
      return {
        ...sample,
        throttledShare: instance.kind === "vm" || sample.cpuLimit === null ? null : 0,
        memoryLimit: limit,
        memoryUsed: use / limit,
        killable: use * 0.8,
      };
    },
  }));
const cleared = (
  rule: Finding["rule"],
  name: string,
  facts: Finding["facts"],
  ago: number,
  long: number,
  ending: Ending,
): PastFinding =>
  pastFinding({
    rule,
    severity: rule === "no-limit" ? "note" : "critical",
    instance: idOf(name),
    // Of one that is gone the name is all that is left.
    name: `was-${name}`,
    facts,
    openedAt: startOfTime - ago - long,
    clearedAt: startOfTime - ago,
    ending,
  });
const raised = { by: "limit", limit: "memoryLimit", from: 192 * mib, to: 320 * mib } as const;
const log: Partial<Handlers> = {
  ...answers,
  findingLog: () => ({
    watched: [
      { from: startOfTime - 20 * hour, to: startOfTime - 8 * hour },
      { from: startOfTime - 6 * hour, to: startOfTime },
    ],
    cleared: [
      cleared("memory-killed", "observ-loki-1", { kills: 2, used: null }, 17 * hour, 1.8 * hour, raised),
      cleared("no-limit", "shop-search-1", {}, 15 * hour, 5 * hour, { by: "ended" }),
    ],
    trouble: { code: "denied", where: "/home/you/findings.jsonl", cause: null },
  }),
  changes: () => [
    {
      id: 1,
      at: startOfTime - 17.1 * hour,
      instance: idOf("observ-loki-1"),
      name: "observ-loki-1",
      resource: "memory",
      from: 192 * mib,
      to: 320 * mib,
      readBack: 320 * mib,
      file: null,
      state: "applied",
      undoable: true,
      trouble: null,
    },
  ],
};
const crowd = (): readonly Body[] => [
  ...many(291),
  ...limited()
    .filter(({ instance }) => instance.kind === "vm")
    .map((body, index) => ({ ...body, instance: { ...body.instance, slot: 300 + index } })),
];
const inCrowd = (): readonly Finding[] =>
  [4, 7].map((slot) =>
    madeFinding({
      rule: "memory-killed",
      severity: "critical",
      openedAt: startOfTime - 60_000,
      shows: "workingSet",
      instance: many(291)[slot]?.instance.id ?? "",
      facts: { kills: 1, used: 0.99, limit: 20 * mib, within: hour, own: 19 * mib, cache: mib, running: 1 },
    }),
  );
const ofHost = (): readonly Finding[] => [
  ...findings(),
  madeFinding({
    rule: "limits-over-host",
    severity: "warning",
    openedAt: startOfTime - hour,
    instance: null,
    facts: { sum: 40 * 1024 * mib, host: 31.3 * 1024 * mib, count: 14, available: 1024 * mib },
  }),
];
const recording = {
  name: "kestrel",
  from: startOfTime,
  to: startOfTime + hour,
  position: startOfTime + 2_958_000,
  playing: true,
  speed: 10,
  sample: false,
};

type Case = {
  readonly frames: () => readonly Frame[];
  readonly ui?: Partial<Ui>;
  readonly answers?: Partial<Handlers>;
  readonly says: readonly RegExp[];
};
const cases: { readonly [name: string]: Case } = {
  limits: {
    frames: () => framesOf(limited(), findings()),
    says: [
      /2 containers are over a limit\. 3 have no memory limit\./,
      /All memory limits and VM sizes together: 14\.\d.GiB of the host’s 31\.3.GiB/,
      /observ-loki-1 killed twice, at 99 % again/,
      /Within their limits 10/,
      /docker update --memory 320m \\ --memory-swap 320m observ-loki-1/,
      /undo: 192 MiB/,
    ],
  },
  "limits-calm": {
    frames: () => framesOf(calm(), []),
    answers: log,
    says: [
      /All 17 are within their limits\. /,
      /Nothing to mend\./,
      /Last 24 hours/,
      /yesterday at 2\d:/,
      /memory limit 192 MiB → 320 MiB, by Tare/,
      /it ended/,
      /not watched: \d\d:\d\d–\d\d:\d\d/,
      /Findings are forgotten when Tare ends: it may not read or write their file\. ?\/home\/you\/findings\.jsonl/,
    ],
  },
  "limits-project": {
    frames: () => framesOf(limited(), ofHost()),
    ui: { limitsOrder: "project" },
    says: [/kestrel/, /observ 2/, /1 over/],
  },
  "limits-many": {
    frames: () => framesOf(crowd(), inCrowd()),
    says: [/2 containers are over a limit/, /Within their limits 292/, /project-0/],
  },
  "limits-replay": {
    frames: () => framesOf(limited(), findings(), () => ({ replay: recording })),
    says: [/RECORDING/, /2 containers were over a limit\. 3 had no memory limit/, /can’t be changed/],
  },
  "limits-lost": {
    frames: () => {
      const now = Date.now();
      const silent = engine("docker", "silent", { since: now - 12_000, nextTry: now + 60_000 });
      const vms = limited().filter(({ instance }) => instance.kind === "vm");
      return [
        ...framesOf(limited(), findings()),
        ...Array.from({ length: 12 }, (_, after) =>
          frameOf(vms, seconds + after, after === 0 ? { engines: [silent, ...engines.slice(1)] } : {}),
        ),
      ];
    },
    says: [/Docker stopped answering/, /2 containers were over a limit/],
  },
  "limits-none": {
    frames: () => [frameOf([], 0), frameOf([], 1)],
    says: [/Nothing runs here, so nothing is limited/],
  },
  "limits-connecting": { frames: () => [], says: [/Connecting/] },
  "limits-nothing": {
    frames: () => framesOf(limited(), findings()),
    ui: { search: "no such thing" },
    says: [/Nothing fits the filter/],
  },
};

/** Those with a picture of their own in look/: light, dark and narrow; the others differ from them in words alone. */
const drawn: ReadonlySet<string> = new Set(["limits", "limits-calm", "limits-many"]);

test.each(Object.entries(cases))(
  "%s says what it is, looks as drawn, is accessible in light and dark, and reads as well in Korean",
  async (name, { frames, ui, answers: given, says }) => {
    await openPage(frames(), { screen: "limits", ...ui }, given ?? answers);
    const text = () => document.body.innerText.replace(/\s+/g, " ");
    for (const said of says) await expect.poll(text, { timeout: 15_000 }).toMatch(said);
    if (drawn.has(name)) await picture(name, "../../screenshots");
    for (const theme of name === "limits" ? (["dark", "light"] as const) : (["light"] as const)) {
      choose({ theme });
      await expectAccessible();
    }
    choose({ language: "ko" });
    await expect.poll(() => document.documentElement.lang).toBe("ko");
    // A sentence of our own that was left in English would show here.
    expect(document.body.innerText).not.toMatch(/\b(limit|limits|the|of|and|is|are|it)\b/);
    await shoot(`../../screenshots/${name}.ko.light.png`);
    if (drawn.has(name)) return;
    choose({ language: "en" });
    await shoot(`../../screenshots/${name}.light.png`);
  },
  60_000,
);
