import { bytes, count, percent } from "../../../../shared/format.ts";
import type { Prepared, Resource } from "../../../../shared/model/change.ts";
import type { Kind } from "../../../../shared/model/instance.ts";
import type { Phrase } from "../../../../shared/words/phrase.ts";
import type { Words } from "../../../../shared/words/words.ts";
import { amountText, isMemory, safeAmount, unitOf } from "../../../changes/amount.ts";
import { limitText, usedText } from "../../../changes/amount-words.ts";

type W = Words["apply"];

/** What of the computer an amount is held against; null where it is not known. */
export type HostRoom = { readonly free: number | null; readonly cores: number | null };

/** What the dialog is about, in its title. `from`: the limit that is in force. */
export function titleOf(words: W, resource: Resource, name: string, from: number | null, to: number): Phrase {
  const unit = unitOf(resource, from, to);
  return words.title({
    resource,
    name,
    from: from === null ? null : amountText(from, unit),
    to: words.units[unit](amountText(to, unit)),
    turn: from === null || from === to ? "same" : from < to ? "raise" : "lower",
  });
}

/** Use now, what is left of it under the new limit, and whether the computer has the room. */
export function roomOf(words: W, { resource, use, to }: Prepared, host: HostRoom): Phrase {
  const known = use === null ? [words.usesUnknown] : words.uses(usedText(words, resource, use));
  const spare =
    use === null || to < use ? "" : words.underNew(percent(use / to), usedText(words, resource, to - use));
  if (isMemory(resource) && host.free !== null && use !== null)
    return [...known, spare, words.room(bytes(host.free), to - use <= host.free)];
  if ((resource === "cpu" || resource === "vmCpu") && host.cores !== null)
    return [...known, spare, words.hostCores(count(host.cores), to >= host.cores)];
  return [...known, spare];
}

/** Why a limit is dangerous; what is known of the parts of memory is told with it. */
export function dangerOf(words: W, { resource, use, floor, to, parts }: Prepared, kind: Kind): Phrase {
  if (use === null || floor === null) return [words.usesUnknown];
  const why = words.dangerWhy(
    usedText(words, resource, use),
    usedText(words, resource, floor),
    limitText(words, resource, to),
  );
  const of =
    parts === null || !isMemory(resource)
      ? ""
      : words.dangerParts(bytes(parts.cache), bytes(parts.own + parts.kernel), kind);
  return [why, of, ...words.safeFrom(limitText(words, resource, safeAmount(resource, floor)))];
}

/** What undoing will do, and beforehand whether it would be dangerous itself by then: going back to `from` when more is used. */
export function undoOf(
  words: W,
  { resource, from }: Prepared,
  { now, file }: { readonly now: boolean; readonly file: boolean },
): Phrase {
  const line = words.undoLine(now && file, file);
  if (!now || from === null || resource === "cpu" || resource === "vmCpu") return line;
  return [
    ...line,
    words.undoDanger(usedText(words, resource, from / 1.1), limitText(words, resource, from), resource),
  ];
}
