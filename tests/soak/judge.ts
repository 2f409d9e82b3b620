import type { Health } from "./back-end.ts";

export type Verdict = {
  readonly what: string;
  readonly value: string;
  readonly bar: string;
  readonly met: boolean;
};

/** The hour fills in the first simulated hour, and its older rows are thinned in the minutes after it. */
const settled = 75 * 60_000;

/** Judges a soak by what must not grow. Where it was shorter than the hour that is kept, growth can't be told. */
export function judge(
  healths: readonly Health[],
  causes: readonly string[],
  ended: number | null,
): readonly Verdict[] {
  const late = healths.filter(({ at }) => at >= settled);
  const last = healths.at(-1);
  const verdict = (what: string, value: number | null, unit: string, bar: string, met: boolean): Verdict => ({
    ...{ what, bar },
    value: value === null ? "not told: too short" : `${Math.round(value * 100) / 100} ${unit}`,
    met: value !== null && met,
  });
  const resident = slope(late, ({ resident }) => resident / 2 ** 20);
  const heap = spread(late.map((one) => one.heap));
  const descriptors = last && late[0] ? last.descriptors - late[0].descriptors : null;
  const size = slope(late, ({ saved }) => saved / 2 ** 20);
  const simulated = (last?.at ?? 0) / 1000;
  // Tare itself stood still: those seconds are no ticks, and a gap of everybody.
  const stops = causes.filter((cause) => cause.startsWith("Tare")).length;
  return [
    { what: "Tare's end", value: String(ended), bar: "none", met: ended === null },
    verdict("resident", resident, "MiB a simulated hour", "<= 0.5", (resident ?? 0) <= 0.5),
    verdict("heap after collection, from its middle", heap, "%", "<= 5", (heap ?? 0) <= 5),
    verdict("descriptors", descriptors, "more", "+-4", Math.abs(descriptors ?? 0) <= 4),
    verdict("zombies", last?.zombies ?? null, "", "0", last?.zombies === 0),
    verdict("absurd figures", last?.absurd ?? null, "", "0", last?.absurd === 0),
    verdict(
      "lateness, p99 in the middle minute",
      middle(healths.map((one) => one.lateness)),
      "ms",
      "<= 20",
      (middle(healths.map((one) => one.lateness)) ?? 0) <= 20,
    ),
    verdict(
      "ticks",
      last ? last.ticks / simulated : null,
      "of the seconds",
      ">= 0.97",
      (last?.ticks ?? 0) / simulated >= 0.97,
    ),
    verdict(
      "gaps",
      last?.gaps ?? null,
      "",
      `<= ${stops} stops x instances`,
      (last?.gaps ?? 0) <= stops * ((last?.instances ?? 0) + 10),
    ),
    verdict("the recording", size, "MiB a simulated hour", "told, not judged", true),
  ];
}

/** Least squares, a simulated hour; null: fewer than ten points say nothing. */
function slope(healths: readonly Health[], of: (health: Health) => number): number | null {
  if (healths.length < 10) return null;
  const points = healths.map((one) => [one.at / 3_600_000, of(one)] as const);
  const mean = (index: 0 | 1) => points.reduce((sum, point) => sum + point[index], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return over / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

function middle(values: readonly number[]): number | null {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? null;
}

/** The furthest from the middle, in %. */
function spread(values: readonly number[]): number | null {
  const centre = middle(values);
  if (values.length < 10 || centre === null) return null;
  return Math.max(...values.map((value) => (Math.abs(value - centre) / centre) * 100));
}
