import type { DiffLine } from "../../../shared/model/change.ts";

/** One place of a text: what stands at `at` is replaced. Counted in UTF-16 units of the text before. */
export type Edit = { readonly at: number; readonly removed: string; readonly added: string };

/** `text` with the edits made; null: it is not the text that they were made for. */
export function edited(text: string, edits: readonly Edit[]): string | null {
  let result = "";
  let from = 0;
  for (const { at, removed, added } of [...edits].sort((left, right) => left.at - right.at)) {
    if (at < from || text.slice(at, at + removed.length) !== removed) return null;
    result += text.slice(from, at) + added;
    from = at + removed.length;
  }
  return result + text.slice(from);
}

/** The edits that lead back, for the text after. */
export function reversed(edits: readonly Edit[]): readonly Edit[] {
  let moved = 0;
  return [...edits]
    .sort((left, right) => left.at - right.at)
    .map(({ at, removed, added }) => {
      const back = { at: at + moved, removed: added, added: removed };
      moved += added.length - removed.length;
      return back;
    });
}

const before = 2;
const after = 1;

/** What differs between two texts, by lines, with a little of what stands around it. Numbers are of the text after. */
export function difference(old: string, next: string): readonly DiffLine[] {
  const [left, right] = [linesOf(old), linesOf(next)];
  let head = 0;
  while (head < Math.min(left.length, right.length) && left[head] === right[head]) head++;
  let tail = 0;
  while (
    tail < Math.min(left.length, right.length) - head &&
    left[left.length - 1 - tail] === right[right.length - 1 - tail]
  )
    tail++;
  const same = (line: number): DiffLine => ({ kind: "same", line: line + 1, text: right[line] ?? "" });
  const [from, to] = [Math.max(0, head - before), Math.min(right.length, right.length - tail + after)];
  return [
    ...range(from, head).map(same),
    ...changed(left.slice(head, left.length - tail), right.slice(head, right.length - tail), head),
    ...range(right.length - tail, to).map(same),
  ];
}

/** Of as many lines as before, only those that differ; else all of them. */
function changed(left: readonly string[], right: readonly string[], head: number): readonly DiffLine[] {
  const removed = left.map((text, index): DiffLine => ({ kind: "removed", line: head + index + 1, text }));
  const added = right.map((text, index): DiffLine => ({ kind: "added", line: head + index + 1, text }));
  if (left.length !== right.length) return [...removed, ...added];
  return removed.flatMap((line, index) => {
    const other = added[index] as DiffLine;
    return line.text === other.text ? [{ ...other, kind: "same" as const }] : [line, other];
  });
}

const linesOf = (text: string): readonly string[] => {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
};
const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
