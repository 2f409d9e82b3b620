import type { Finding, RuleId } from "../../../shared/model/finding.ts";
import type { Kind } from "../../../shared/model/instance.ts";
import { isBroken } from "../../../shared/rules/worst-first.ts";
import type { LimitsOrder, LimitsShown } from "../../state/ui.ts";
import { compareNames } from "../../state/weighed.ts";
import { isOverLimit, type Judged, nearestFirst, worstInstanceFirst } from "./select.ts";

export type RowLine = {
  readonly line: "row";
  /** The instance's id; of the computer itself `hostKey`. */
  readonly key: string;
  readonly level: 1 | 2 | 3;
  readonly kind: Kind | "host";
  /** Its worst finding; null: none holds. */
  readonly finding: string | null;
  readonly broken: boolean;
  /** The computer has no panel. */
  readonly alone?: boolean;
};
export type GroupLine = {
  readonly line: "group";
  readonly key: string;
  /** Those within their limits, a project (null: without one), or those of whom only one and the same note is told. */
  readonly of: { readonly within: true } | { readonly project: string | null } | { readonly note: RuleId };
  readonly level: 1 | 2;
  readonly open: boolean;
  readonly ids: readonly string[];
  /** Members that are over a limit. */
  readonly over: number;
};
export type Line = RowLine | GroupLine;

/** The key of the row of the computer itself. */
export const hostKey = "host";
export const withinKey = "group:limits:within";

export type Layout = {
  readonly order: LimitsOrder;
  readonly shown: LimitsShown;
  readonly folds: { readonly [key: string]: boolean };
  /** From so many rows on, projects and shared notes are what is read: folded away until the user opens one. */
  readonly many: number;
};

/** The list from top to bottom; `all` is what the filters left, `ofHost` what rules say of the whole computer. */
export function linesOf(all: readonly Judged[], ofHost: readonly Finding[], layout: Layout): readonly Line[] {
  const { order, shown } = layout;
  const top = all
    .filter((one) => shown === "all" || (shown === "over" ? isOverLimit(one) : one.findings.length > 0))
    .sort(worstInstanceFirst);
  const [worstOfHost] = ofHost;
  const host: readonly RowLine[] =
    worstOfHost === undefined || shown === "over"
      ? []
      : [
          {
            line: "row",
            key: hostKey,
            level: 1,
            kind: "host",
            finding: worstOfHost.id,
            broken: isBroken(worstOfHost),
            alone: true,
          },
        ];
  const sorted =
    order === "project"
      ? byProject(top, layout, 1, false)
      : top.length >= layout.many && shown === "findings"
        ? notesApart(top, layout)
        : rows(top, 1);
  const within =
    shown === "findings"
      ? withinLimits(
          all.filter(({ findings }) => findings.length === 0),
          layout,
        )
      : [];
  // What concerns everybody stands before whom nothing is broken of, and after who is over.
  const first = sorted.findIndex((line) => line.line === "group" || !line.broken);
  const at = first === -1 ? sorted.length : first;
  return [...sorted.slice(0, at), ...host, ...sorted.slice(at), ...within];
}

/** So many with one and the same note are told in a row. */
const manyNotes = 10;

/** Of many, a hundred times "no memory limit" would bury what matters: those are a row, which opens. */
function notesApart(sorted: readonly Judged[], layout: Layout): readonly Line[] {
  const grave = sorted.filter(({ findings }) => findings[0]?.severity !== "note");
  const byRule = new Map<RuleId, Judged[]>();
  for (const one of sorted) {
    const [worst] = one.findings;
    if (worst?.severity !== "note") continue;
    byRule.set(worst.rule, [...(byRule.get(worst.rule) ?? []), one]);
  }
  const notes = [...byRule].flatMap(([rule, members]): readonly Line[] => {
    if (members.length < manyNotes) return rows(members, 1);
    const key = `group:limits:note:${rule}`;
    const open = !(layout.folds[key] ?? true);
    const head: GroupLine = {
      line: "group",
      key,
      of: { note: rule },
      level: 1,
      open,
      ids: idsOf(members),
      over: 0,
    };
    return open ? [head, ...rows(members, 2)] : [head];
  });
  return [...rows(grave, 1), ...notes];
}

/** Those of whom nothing is said, nearest first; of many a row a project. */
function withinLimits(rest: readonly Judged[], layout: Layout): readonly Line[] {
  if (rest.length === 0) return [];
  const sorted = [...rest].sort(nearestFirst);
  const open = !(layout.folds[withinKey] ?? false);
  const head: GroupLine = {
    line: "group",
    key: withinKey,
    of: { within: true },
    level: 1,
    open,
    ids: idsOf(sorted),
    over: 0,
  };
  if (!open) return [head];
  return [head, ...(rest.length >= layout.many ? byProject(sorted, layout, 2, true) : rows(sorted, 2))];
}

/** Projects in the order of their first member; those without one last. `within`: keys of their own, for folding. */
function byProject(
  sorted: readonly Judged[],
  layout: Layout,
  level: 1 | 2,
  within: boolean,
): readonly Line[] {
  const groups = new Map<string | null, Judged[]>();
  for (const one of sorted) {
    const members = groups.get(one.instance.group) ?? [];
    members.push(one);
    groups.set(one.instance.group, members);
  }
  const named = [...groups].sort(
    ([a, ours], [b, theirs]) =>
      Number(a === null) - Number(b === null) ||
      overIn(theirs) - overIn(ours) ||
      compareNames(a ?? "", b ?? ""),
  );
  return named.flatMap(([project, members]) => {
    const key = `${within ? withinKey : "group:limits"}:${project ?? ""}`;
    const open = !(layout.folds[key] ?? sorted.length >= layout.many);
    const head: GroupLine = {
      line: "group",
      key,
      of: { project },
      level,
      open,
      ids: idsOf(members),
      over: overIn(members),
    };
    return open ? [head, ...rows(members, level === 1 ? 2 : 3)] : [head];
  });
}

const overIn = (members: readonly Judged[]) => members.filter(isOverLimit).length;
const idsOf = (all: readonly Judged[]) => all.map(({ instance }) => instance.id);

const rows = (all: readonly Judged[], level: 1 | 2 | 3): readonly RowLine[] =>
  all.map((one) => ({
    line: "row",
    key: one.instance.id,
    level,
    kind: one.instance.kind,
    finding: one.findings[0]?.id ?? null,
    broken: isOverLimit(one),
  }));

/** How high a line stands, in px. `calm`: nothing was found, and rows have the room. */
export function heightOf(line: Line, calm: boolean): number {
  if (line.line === "group") return line.level === 1 ? 30 : 26;
  if (line.finding !== null) return 43;
  return calm ? 31 : 25;
}
