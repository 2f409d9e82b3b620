/** One line of the benchmark: ours beside its rival of the same run, and the bar where the issue sets one. */
export type Result = {
  readonly what: string;
  readonly ours: number;
  readonly rival: number | null;
  readonly unit: string;
  /** The bar in words, and whether this run met it; null: no bar is set. */
  readonly bar: string | null;
  readonly met: boolean | null;
  readonly note: string | null;
};

/** A measurement against a rival: met when ours is at most `ratio` of the rival's. */
export const against = (
  what: string,
  ours: number,
  rival: number,
  unit: string,
  ratio: number,
  note: string | null = null,
): Result => ({
  what,
  ours,
  rival,
  unit,
  bar: barOf(ratio),
  met: ours <= rival * ratio,
  note,
});

/** "<= 1/40" of a fortieth; what is no such part stays what it is: "<= 0.85x". */
const barOf = (ratio: number): string => {
  const parts = Math.round(1 / ratio);
  return parts > 1 && Math.abs(parts * ratio - 1) < 0.01 ? `<= 1/${parts}` : `<= ${ratio}x`;
};

/** A measurement against a fixed bar. */
export const atMost = (
  what: string,
  ours: number,
  most: number,
  unit: string,
  note: string | null = null,
): Result => ({
  what,
  ours,
  rival: null,
  unit,
  bar: `<= ${most} ${unit}`,
  met: ours <= most,
  note,
});

export const atLeast = (
  what: string,
  ours: number,
  least: number,
  unit: string,
  note: string | null = null,
): Result => ({
  ...atMost(what, ours, least, unit, note),
  bar: `>= ${least} ${unit}`,
  met: ours >= least,
});

/** "ours 0.9 % rival 48.6 % 1/54 met" as a line of a table. */
export function line({ what, ours, rival, unit, bar, met, note }: Result): string {
  const figure = (value: number) => String(Number(value.toPrecision(3)));
  const ratio =
    rival === null || ours === 0
      ? ""
      : ours < rival
        ? `1/${figure(rival / ours)}`
        : `${figure(ours / rival)}x`;
  const judged = met === null ? "" : met ? "met" : "MISSED";
  return [
    what.padEnd(58),
    `${figure(ours)} ${unit}`.padStart(14),
    rival === null ? "".padStart(14) : `${figure(rival)} ${unit}`.padStart(14),
    ratio.padStart(9),
    (bar ?? "").padStart(14),
    judged,
    note ?? "",
  ].join("  ");
}
