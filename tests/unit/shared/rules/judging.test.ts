import { expect, test } from "vitest";
import type { Tick } from "../../../../shared/model/tick.ts";
import { judging } from "../../../../shared/rules/judging.ts";
import type { Rule } from "../../../../shared/rules/rule.ts";
import { rules } from "../../../../shared/rules/rules.ts";
import { defaultThresholds } from "../../../../shared/rules/thresholds.ts";
import { unknownHost } from "../../../fixtures/made.ts";
import { box, host, idle, start } from "./told.ts";

/** Seconds of one container, and in which of them a rule was asked. */
function asked() {
  const at: number[] = [];
  let second = 0;
  const rule: Rule = {
    ...(rules.find(({ pace }) => pace !== "slow") as Rule),
    judge: () => {
      at.push(second);
      return "quiet";
    },
  };
  const judge = judging(() => host, [rule], []);
  return {
    at,
    next(change: Partial<Tick> = {}) {
      second++;
      judge.take(
        {
          at: start + second * 1_000,
          whole: second === 1,
          came: second === 1 ? [box()] : [],
          went: [],
          samples: new Map([["docker:a", idle]]),
          events: [],
          host: unknownHost,
          self: { cores: null, resident: 1 },
          engines: [],
          replay: null,
          ...change,
        },
        defaultThresholds,
      );
    },
  };
}

test("who stands still is judged every fifth second, and at once when anything is told of it", () => {
  const { at, next } = asked();
  for (let second = 0; second < 20; second++) next();
  expect(at.filter((second) => second > 5)).toEqual([10, 15, 20]);
  next({ samples: new Map([["docker:a", { ...idle }]]) });
  next();
  next({ came: [box({ name: "b" })] });
  next({ events: [{ at: start, kind: "oom-kill", instance: "docker:a", detail: null }] });
  expect(at.filter((second) => second > 20)).toEqual([21, 22, 23, 24]);
});
