import { describe, expect, test } from "vitest";
import { isEmulated, sentencesOf, verdictOf } from "../../../../../renderer/views/startup/verdict.ts";
import type { Race } from "../../../../../shared/model/race.ts";
import { summaryOf } from "../../../../../shared/race/summary.ts";
import type { Phrase } from "../../../../../shared/words/phrase.ts";
import { words } from "../../../../../shared/words/words.ts";
import { madeEnvironment, madeRace, madeTrial } from "../../../../fixtures/synthetic-races.ts";

const flat = (phrase: Phrase) =>
  phrase
    .map((part) => (typeof part === "string" ? part : `${part.text}${part.unit ? ` ${part.unit}` : ""}`))
    .join("");
const say = (race: Race, language: "en" | "ko" = "en") => {
  const { first, second } = sentencesOf(race, summaryOf(race), "nginx", words[language].startup);
  return [flat(first), flat(second)];
};
const failed = { code: "not-ready", where: "nginx", cause: null, output: [] } as const;

test("the VM is later: by how many times, and within which interval", () => {
  const [first, second] = say(madeRace());
  expect(first).toBe("nginx is ready 6.2 times later in a VM, and weighs 15 times as much.");
  expect(second).toMatch(
    /^After 20 runs of each: 234 ms as a container, 1,459 ms as a VM\. The ratio lies between 6\.\d and 6\.\d/,
  );
});

test("the VM is sooner: said as plainly", () => {
  const race = madeRace({ vmPace: 0.1 });
  expect(verdictOf(summaryOf(race))).toBe("container-later");
  expect(say(race)[0]).toMatch(/^nginx is ready 1\.6 times sooner in a VM/);
});

test("an interval on both sides of equal tells no difference", () => {
  const race = madeRace({ vmPace: 236 / 1_453, wish: { runs: 5 } });
  expect(verdictOf(summaryOf(race))).toBe("same");
  expect(say(race)[0]).toMatch(/^No difference can be told/);
  expect(say(race)[1]).toMatch(/on both sides of equal/);
});

test("one run of each has no width, so nothing is told", () => {
  const race = madeRace({ wish: { runs: 1, warmup: 0 } });
  expect(verdictOf(summaryOf(race))).toBe("too-few");
  expect(say(race)).toEqual([
    "nginx: too few runs to tell a difference yet.",
    expect.stringMatching(/^After 1 run of each: .* Too few runs for an interval\.$/),
  ]);
});

test("so far, while it races", () => {
  expect(say(madeRace({ done: 28 }))[1]).toMatch(/^So far, after 13 of 20 runs of each:/);
});

describe("one kind", () => {
  test("only one was asked for: no ratio", () => {
    const [first, second] = say(madeRace({ wish: { kinds: ["container"] } }));
    expect(first).toMatch(/^nginx is ready after 2\d\d ms as a container\.$/);
    expect(second).toMatch(/there is no ratio\.$/);
  });
  test("the other never was ready", () => {
    const race = madeRace();
    const trials = race.trials.map((trial) =>
      trial.kind === "vm"
        ? madeTrial("vm", trial.at, 1, { moments: {}, memory: null, trouble: failed })
        : trial,
    );
    expect(say({ ...race, trials })[0]).toMatch(/as a container\. It was never ready as a VM\.$/);
  });
  test("none was ready", () => {
    const race = madeRace();
    const trials = race.trials.map((trial) => ({ ...trial, moments: {}, trouble: failed }));
    expect(say({ ...race, trials })[0]).toBe("nginx was never ready.");
  });
});

test.each(["preparing", "racing", "stopped"] as const)("nothing was run yet: %s", (state) => {
  for (const language of ["en", "ko"] as const)
    expect(say({ ...madeRace({ done: 0 }), state }, language)[0]).not.toBe("");
});

test("emulated, where a VM ran in software", () => {
  const environment = madeEnvironment({ accelerator: "tcg" });
  expect(isEmulated(madeRace({ change: { environment } }))).toBe(true);
  expect(isEmulated(madeRace({ wish: { kinds: ["container"] }, change: { environment } }))).toBe(false);
  expect(isEmulated(madeRace())).toBe(false);
});
