import { type Ending, type Finding, limitNames, type PastFinding } from "../shared/model/finding.ts";
import type { Trouble } from "../shared/model/trouble.ts";
import type { Millis } from "../shared/model/units.ts";
import { bounded, endingOf, type Limits, past, type Span, spansOf } from "../shared/rules/past.ts";
import type { FindingLog } from "../shared/wire/calls.ts";
import type { People } from "./changes/desk.ts";
import type { Earlier, FindingStore, KeptFinding } from "./finding-store.ts";
import type { Findings } from "./findings.ts";
import type { Source } from "./source.ts";

export type FindingMemory = {
  /** Those that are over, with the names that their instances had, and when was watched. */
  log(): FindingLog;
};

/** A look of less than this (`tare list`, a check of half a minute) leaves nothing on the disk. */
const settled: Millis = 60_000;
/** A kill leaves unknown for how long it looked; by so much at most. */
const notedEvery: Millis = 300_000;
/** The computer slept, or its clock was set: it did not look meanwhile. */
const longestStep: Millis = 60_000;
const mostUnwritten = 2_000;

type Begun = { readonly finding: Finding; readonly name: string | null; readonly limits: Limits | null };

/**
 * Remembers findings that are over, each with its instance's name and what ended it: of this run, and of this computer from the
 * disk too. A jump (a whole tick) starts anew. `people` hears each tick before this does.
 */
export function findingMemory(
  source: Pick<Source, "live" | "listen">,
  found: Pick<Findings, "listen">,
  people: People,
  store: FindingStore,
  signal: AbortSignal,
): FindingMemory {
  let keeps = false;
  let spans: Span[] = [];
  let begun = new Map<string, Begun>();
  let cleared: readonly PastFinding[] = [];
  let unwritten: KeptFinding[] = [];
  let notedAt: Millis = 0;
  let trouble: Trouble | null = null;
  /** Read when it is first asked for. */
  let earlier: Earlier | null = null;

  const now = () => spans.at(-1)?.to ?? 0;

  const note = (finding: KeptFinding) => {
    if (!keeps) return;
    unwritten.push(finding);
    if (unwritten.length > mostUnwritten) unwritten = unwritten.slice(-mostUnwritten);
  };

  const write = () => {
    const span = spans.at(-1);
    const [first] = spans;
    if (!keeps || span === undefined || first === undefined || span.to - first.from < settled) return;
    notedAt = span.to;
    trouble = store.keep(span, unwritten);
    if (trouble === null) unwritten = [];
  };

  const open = (finding: Finding) => {
    const known = begun.get(finding.id);
    const name = nameOf(finding) ?? known?.name ?? null;
    begun.set(finding.id, { finding, name, limits: known?.limits ?? limitsOf(finding) });
    // Notes are many, and none the worse for being forgotten by a kill.
    if (finding.severity !== "note" && (known?.finding.severity ?? "note") === "note")
      note(keptOf(finding, null, name, null));
    if (known !== undefined) return;
    // Opened again within a minute: it was not over.
    cleared = cleared.filter(({ id, openedAt }) => id !== finding.id || openedAt !== finding.openedAt);
  };

  const close = (finding: Finding, clearedAt: Millis, ending: Ending) => {
    const name = begun.get(finding.id)?.name ?? nameOf(finding);
    begun.delete(finding.id);
    cleared = [...cleared, past(finding, clearedAt, name, ending)];
    note(keptOf(finding, clearedAt, name, ending));
  };

  const nameOf = ({ instance }: Finding) =>
    instance === null ? null : (people.instance(instance)?.name ?? null);
  const limitsOf = ({ instance }: Finding): Limits | null => {
    const sample = instance === null ? null : people.sample(instance);
    return sample && (Object.fromEntries(limitNames.map((name) => [name, sample[name]])) as Limits);
  };

  const whyOver = (finding: Finding): Ending => {
    const instance = finding.instance === null ? null : people.instance(finding.instance);
    if (finding.instance !== null && instance?.state !== "running") return { by: "ended" };
    return endingOf(finding.rule, begun.get(finding.id)?.limits ?? null, limitsOf(finding));
  };

  /** Tare looks no more: what is open is not known from now on. */
  const end = () => {
    const at = spans.at(-1)?.to;
    if (at === undefined) return;
    for (const { finding } of [...begun.values()])
      if (finding.severity !== "note") close(finding, at, { by: "unwatched" });
    write();
    begun = new Map();
  };

  const begin = (at: Millis) => {
    end();
    keeps = source.live;
    spans = [{ from: at, to: at }];
    cleared = [];
    unwritten = [];
    notedAt = at;
    earlier = null;
  };

  const pass = (at: Millis) => {
    const last = spans.at(-1);
    if (last === undefined || at < last.to || at - last.to > longestStep) spans.push({ from: at, to: at });
    else spans[spans.length - 1] = { from: last.from, to: at };
    // What could not be written is tried again, but not each second.
    const isDue = at - notedAt >= notedEvery || at < notedAt;
    if (isDue || (unwritten.length > 0 && trouble === null)) write();
  };

  // Before the findings of a tick come, the tick itself does.
  source.listen(({ at, whole }) => (whole ? begin(at) : pass(at)), signal);
  found.listen((findings) => {
    for (const finding of findings)
      if (finding.clearedAt === null) open(finding);
      else close(finding, finding.clearedAt, whyOver(finding));
    if (findings.some(({ clearedAt }) => clearedAt !== null)) cleared = bounded(cleared, now());
  }, signal);
  signal.addEventListener("abort", end, { once: true });

  return {
    log() {
      if (keeps && earlier === null) {
        const read = store.read(now());
        earlier = read;
        trouble ??= read.trouble;
      }
      // A kept line may tell of the same one as over that has opened again since.
      const before = (earlier?.past ?? []).filter(
        ({ id, openedAt }) => begun.get(id)?.finding.openedAt !== openedAt,
      );
      return {
        watched: spansOf([...(earlier?.spans ?? []), ...spans], now()),
        cleared: [...bounded([...before, ...cleared], now())].reverse(),
        trouble: keeps ? trouble : null,
      };
    },
  };
}

const keptOf = (
  { id, rule, severity, instance, openedAt, worsenedAt, facts }: Finding,
  clearedAt: Millis | null,
  name: string | null,
  ending: Ending | null,
): KeptFinding => ({
  id,
  rule,
  severity,
  instance,
  name,
  openedAt,
  worsenedAt,
  clearedAt,
  facts,
  ending,
});
