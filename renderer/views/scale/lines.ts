import type { Kind } from "../../../shared/model/instance.ts";
import type { GivenBack } from "../../../shared/race/give-back.ts";
import type { GroupBy, ScaleMode, Sort } from "../../state/ui.ts";
import { compareNames, manyRows, type Weighed } from "../../state/weighed.ts";
import { sorted, sumsOf } from "./select.ts";

/** What a group is of; `value` null: those without one (no project), or everything. */
export type GroupOf = { readonly by: GroupBy; readonly value: string | null };

export type GroupLine = {
  readonly line: "group";
  readonly key: string;
  readonly of: GroupOf;
  /** null where both kinds are in it. */
  readonly kind: Kind | null;
  readonly level: 1 | 2;
  readonly open: boolean;
  /** Heaviest first: the order of the segments of its bar. */
  readonly ids: readonly string[];
  /** true: its bar is drawn on the lens's ruler. */
  readonly lens: boolean;
  /** true: nobody is in it; the VM that was raced last stands below in their place. */
  readonly raced: boolean;
};
export type RowLine = {
  readonly line: "row";
  readonly key: string;
  readonly level: 2 | 3;
  readonly kind: Kind;
  readonly lens: boolean;
};
/** Lines that are part of the drawing, not of the list. */
export type DrawnLine = {
  readonly line: "mini" | "flare" | "ruler" | "median" | "no-vm" | "raced" | "boxes";
  readonly key: string;
  readonly ids: readonly string[];
};
export type Line = GroupLine | RowLine | DrawnLine;

export type Layout = {
  readonly mode: ScaleMode;
  readonly group: GroupBy;
  readonly sort: Sort;
  readonly folds: { readonly [key: string]: boolean };
  /** The lens is wanted and makes anything larger. */
  readonly lens: boolean;
  /** Projects are folded away until the user opens one. */
  readonly foldProjects: boolean;
  /** Say, where VMs would be, that there is none. */
  readonly sayNoVm: boolean;
  /** What stands there then: a VM that was raced, and its box once for each container. */
  readonly raced: { readonly boxes: boolean } | null;
  /** What races tell, for the column by which rows may be sorted. */
  readonly back: GivenBack;
};

const idsOf = (all: readonly Weighed[]) => all.map(({ instance }) => instance.id);
const heaviest = (all: readonly Weighed[]) => idsOf(sorted(all, { by: "gross", down: true }));

/** The list from top to bottom as it stands on screen; `all` is what is left after the filter. */
export function linesOf(all: readonly Weighed[], layout: Layout): readonly Line[] {
  const isLinear = layout.mode === "linear";
  const lines: Line[] = [];
  if (layout.mode === "log" && all.length > 0)
    lines.push({ line: "median", key: "line:median", ids: idsOf(all) });
  const ofKind = (kind: Kind) => all.filter(({ instance }) => instance.kind === kind);
  if (layout.group === "kind" || layout.group === "project") {
    const [vms, containers] = [ofKind("vm"), ofKind("container")];
    const vmGroup = group({ by: "kind", value: "vm" }, vms, layout, 1, "vm", false);
    if (vms.length > 0) lines.push(...withRows(vmGroup, vms, layout, 2));
    else if (layout.sayNoVm && containers.length > 0) lines.push(...instead(vmGroup, containers, layout));
    if (containers.length === 0) return lines;
    const lens = layout.lens && isLinear;
    const top = group({ by: "kind", value: "container" }, containers, layout, 1, "container", false);
    lines.push(top);
    if (!top.open) return lines;
    if (lens) {
      const ids = heaviest(containers);
      if (layout.group === "kind") lines.push({ line: "mini", key: "line:mini", ids });
      lines.push({ line: "flare", key: "line:flare", ids }, { line: "ruler", key: "line:ruler", ids: [] });
    }
    if (layout.group === "kind") return [...lines, ...rows(containers, layout, 2, lens)];
    for (const [project, members] of split(containers, ({ instance }) => instance.group, layout.sort))
      lines.push(
        ...withRows(
          group({ by: "project", value: project }, members, layout, 2, "container", lens),
          members,
          layout,
          3,
        ),
      );
    return lines;
  }
  if (layout.group === "engine") {
    for (const [engine, members] of split(all, ({ instance }) => instance.engine, layout.sort))
      lines.push(
        ...withRows(
          group({ by: "engine", value: engine }, members, layout, 1, null, false),
          members,
          layout,
          2,
        ),
      );
    return lines;
  }
  return [...lines, ...rows(all, layout, 2, false)];
}

/** What stands where VMs would be while there is none. */
function instead(head: GroupLine, containers: readonly Weighed[], { raced }: Layout): readonly Line[] {
  if (raced === null) return [head, { line: "no-vm", key: "line:no-vm", ids: [] }];
  const boxes: Line = { line: "boxes", key: "line:boxes", ids: idsOf(containers) };
  const vm: Line = { line: "raced", key: "line:raced", ids: [] };
  return [{ ...head, raced: true }, vm, ...(raced.boxes ? [boxes] : [])];
}

function group(
  of: GroupOf,
  members: readonly Weighed[],
  layout: Layout,
  level: 1 | 2,
  kind: Kind | null,
  lens: boolean,
): GroupLine {
  const key = `group:${of.by}:${of.value ?? ""}`;
  const folded = layout.folds[key] ?? (of.by === "project" && layout.foldProjects);
  return { line: "group", key, of, kind, level, open: !folded, ids: heaviest(members), lens, raced: false };
}

const withRows = (head: GroupLine, members: readonly Weighed[], layout: Layout, level: 2 | 3) =>
  head.open ? [head, ...rows(members, layout, level, head.lens)] : [head];

const rows = (members: readonly Weighed[], layout: Layout, level: 2 | 3, lens: boolean): readonly RowLine[] =>
  sorted(members, layout.sort, layout.back).map(({ instance: { id, kind } }) => ({
    line: "row",
    key: id,
    level,
    kind,
    lens,
  }));

/** Members by what `keyOf` says, heaviest group first (by name where names are sorted); those without one last. */
function split(
  all: readonly Weighed[],
  keyOf: (one: Weighed) => string | null,
  sort: Sort,
): readonly (readonly [string | null, readonly Weighed[]])[] {
  const groups = new Map<string | null, Weighed[]>();
  for (const one of all) {
    const value = keyOf(one);
    const members = groups.get(value) ?? [];
    members.push(one);
    groups.set(value, members);
  }
  const weighed = [...groups].map(([value, members]) => ({
    value,
    members,
    weight: Math.round((sumsOf(members).gross ?? 0) / 1024 / 1024),
  }));
  return weighed
    .sort((a, b) => {
      if (a.value === null || b.value === null) return a.value === null ? 1 : -1;
      const byName = compareNames(a.value, b.value);
      return sort.by === "name" ? byName : b.weight - a.weight || byName;
    })
    .map(({ value, members }) => [value, members] as const);
}

/** How high each line stands, in px; the same numbers as --row and friends in the style sheet. */
export type Heights = { readonly row: number; readonly group: number };
export function heightsOf(mode: ScaleMode, rowCount: number, presenting = false): Heights {
  if (presenting) return { row: 33, group: 40 };
  if (mode === "log") return { row: 28, group: 28 };
  return rowCount >= manyRows ? { row: 21, group: 22 } : { row: 26, group: 26 };
}
export function heightOf(line: Line, heights: Heights): number {
  switch (line.line) {
    case "row":
      return heights.row;
    case "group":
      return line.level === 1 ? heights.group : heights.row;
    case "mini":
      return 48;
    case "flare":
      return 26;
    case "ruler":
      return 22;
    case "median":
      return 40;
    case "raced":
    case "boxes":
      return heights.row;
    case "no-vm":
      return 76;
  }
}

/** The lines that the keyboard can stand on. */
export const canStand = (line: Line): line is GroupLine | RowLine =>
  line.line === "group" || line.line === "row";
