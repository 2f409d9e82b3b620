import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Severity } from "../../../../shared/model/finding.ts";
import {
  advance,
  type Course,
  clearsAfter,
  easesAfter,
  sameWithin,
} from "../../../../shared/rules/lifecycle.ts";
import type { Holds, Verdict } from "../../../../shared/rules/rule.ts";

const holds = (severity: Severity = "warning", value = 1): Holds => ({
  severity,
  from: 0,
  to: 0,
  evidence: [{ name: "kills", value, unit: "count", source: "x", from: 0, to: 0 }],
  facts: {},
  shows: null,
  proposal: null,
});

/** Verdicts each second from `from` on; what was told, and the course at the end. */
function run(verdicts: readonly Verdict[], from = 0, before: Course | null = null) {
  let course = before;
  const told = [];
  for (const [second, verdict] of verdicts.entries()) {
    const next = advance(course, verdict, from + second * 1_000, "pids-full", "a");
    course = next.course;
    if (next.told) told.push({ second, finding: next.told });
  }
  return { course, told };
}
const many = (count: number, verdict: Verdict) => Array.from({ length: count }, () => verdict);

describe("the life of a finding", () => {
  test("opens at once, clears when its rule did not hold for 20 s", () => {
    const { told, course } = run([...many(3, holds()), ...many(25, "quiet")]);
    expect(told.map(({ second, finding }) => [second, finding.clearedAt])).toEqual([
      [0, null],
      [23, 23_000], // quiet from 3 s on
    ]);
    expect(course).toBeNull();
  });

  test("a dip is no end, and what can't be judged is none either, for two minutes", () => {
    expect(run([holds(), ...many(19, "quiet"), holds(), ...many(19, "quiet")]).told).toHaveLength(1);
    expect(run([holds(), ...many(119, "undecided")]).course).not.toBeNull();
    expect(run([holds(), ...many(121, "undecided")]).course).toBeNull();
  });

  test("worsens at once and eases after 30 s", () => {
    const { told } = run([holds(), holds("critical"), ...many(40, holds())]);
    expect(told.map(({ second, finding }) => [second, finding.severity]).slice(0, 3)).toEqual([
      [0, "warning"],
      [1, "critical"],
      [31, "warning"],
    ]);
    expect(told[2]?.finding.worsenedAt).toBe(1_000 + easesAfter);
    expect(told[2]?.finding.openedAt).toBe(0);
  });

  test("its figures are told at most every five seconds, and only where they changed", () => {
    expect(run(many(60, holds())).told).toHaveLength(1);
    const rising = Array.from({ length: 21 }, (_, value) => holds("warning", value + 1));
    expect(run(rising).told.map(({ second }) => second)).toEqual([0, 5, 10, 15, 20]);
  });

  test("opened again within a minute it is the same one", () => {
    const first = run([holds(), ...many(22, "quiet")]).told.at(-1)?.finding ?? null;
    expect(first?.clearedAt).toBe(1_000 + clearsAfter);
    const again = advance(null, holds(), 1_000 + clearsAfter + sameWithin, "pids-full", "a", first);
    expect(again.told).toMatchObject({ openedAt: 0, clearedAt: null });
    const later = advance(null, holds(), 1_001 + clearsAfter + sameWithin, "pids-full", "a", first);
    expect(later.told).toMatchObject({ openedAt: 1_001 + clearsAfter + sameWithin });
  });

  test("never flaps: whatever the verdicts, it is told of opening and clearing no oftener than every 20 s", () => {
    const verdict = fc.constantFrom<Verdict>(holds(), holds("critical"), holds("note"), "quiet", "undecided");
    fc.assert(
      fc.property(fc.array(verdict, { maxLength: 400 }), (verdicts) => {
        const { told } = run(verdicts);
        let openedAt: number | null = null;
        for (const { second, finding } of told) {
          if (finding.clearedAt === null) openedAt ??= second;
          else {
            expect(openedAt).not.toBeNull();
            expect(second - (openedAt ?? second)).toBeGreaterThanOrEqual(20);
            openedAt = null;
          }
        }
      }),
    );
  });
});
