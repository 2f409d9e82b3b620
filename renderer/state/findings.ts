import { create } from "zustand";
import type { Finding } from "../../shared/model/finding.ts";
import { moreSevere } from "../../shared/rules/lifecycle.ts";
import type { Frame } from "../../shared/wire/frames.ts";

/** What happened to a finding while this page watched: for toasts and the live region. */
export type FindingNews = {
  /** Grows by one with each. */
  readonly sequence: number;
  readonly kind: "opened" | "worsened" | "cleared";
  readonly finding: Finding;
};

/** What the rules found. The same objects and arrays until something in them changes. */
export type Found = {
  /** Those that hold, by `Finding.id`. */
  readonly byId: ReadonlyMap<string, Finding>;
  /** Those that hold of each instance; of the whole computer under "". */
  readonly byInstance: ReadonlyMap<string, readonly Finding[]>;
  /** Since the page's snapshot, the newest last, at most `newsKept`. What held already then is no news. */
  readonly news: readonly FindingNews[];
};

export const newsKept = 50;
export const nothingFound: Found = { byId: new Map(), byInstance: new Map(), news: [] };

/** Read with a selector; only intake.ts writes. */
export const useFindings = create<Found>()(() => nothingFound);

const none: readonly Finding[] = [];
/** Those of one instance, and of the whole computer where `id` is null. The same array until one of them changes. */
export const useFindingsOf = (id: string | null): readonly Finding[] =>
  useFindings(({ byInstance }) => byInstance.get(id ?? "") ?? none);

/** Takes what a frame tells. A whole frame is a new beginning: nothing in it is news. */
export function takeFindings({ whole, findings }: Pick<Frame, "whole" | "findings">): void {
  if (!whole && findings.length === 0) return;
  const before = whole ? nothingFound : useFindings.getState();
  const byId = new Map(before.byId);
  const byInstance = new Map(before.byInstance);
  const news = [...before.news];
  let sequence = (useFindings.getState().news.at(-1)?.sequence ?? 0) + 1;
  for (const finding of findings) {
    const known = byId.get(finding.id) ?? null;
    const kind = whole ? null : kindOf(known, finding);
    if (kind) news.push({ sequence: sequence++, kind, finding });
    if (finding.clearedAt === null) byId.set(finding.id, finding);
    else byId.delete(finding.id);
    const key = finding.instance ?? "";
    const others = (byInstance.get(key) ?? none).filter(({ id }) => id !== finding.id);
    const now = finding.clearedAt === null ? [...others, finding] : others;
    if (now.length > 0) byInstance.set(key, now);
    else byInstance.delete(key);
  }
  useFindings.setState({ byId, byInstance, news: news.slice(-newsKept) });
}

/** null: its figures are newer, or it came and went between two frames. */
function kindOf(known: Finding | null, now: Finding): FindingNews["kind"] | null {
  if (now.clearedAt !== null) return known === null ? null : "cleared";
  if (known === null) return "opened";
  return moreSevere(now.severity, known.severity) ? "worsened" : null;
}
