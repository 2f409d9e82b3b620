import type { Kind } from "../../../shared/model/instance.ts";
import type { LabTrouble, Race } from "../../../shared/model/race.ts";

/** A run that was never ready; `more`: as many later ones of its kind failed in the same way. */
export type Failure = {
  /** Its place in the order run, from 1. */
  readonly number: number;
  readonly kind: Kind;
  readonly trouble: LabTrouble;
  readonly more: number;
};

/** Failed runs in the order run, those that failed alike told once: twenty times the same output helps nobody. */
export function failuresOf({ trials }: Pick<Race, "trials">): readonly Failure[] {
  const found = new Map<string, Failure>();
  trials.forEach(({ kind, trouble }, place) => {
    if (trouble === null) return;
    const key = `${kind} ${trouble.code} ${trouble.where} ${trouble.cause}`;
    const before = found.get(key);
    found.set(
      key,
      before ? { ...before, more: before.more + 1 } : { number: place + 1, kind, trouble, more: 0 },
    );
  });
  return [...found.values()];
}
