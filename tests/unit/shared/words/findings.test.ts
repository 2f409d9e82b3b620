import { describe, expect, test } from "vitest";
import { type Finding, ruleIds } from "../../../../shared/model/finding.ts";
import { hostRules, rules } from "../../../../shared/rules/rules.ts";
import { words } from "../../../../shared/words/words.ts";
import { madeFinding } from "../../../fixtures/findings.ts";
import { box, mib, story } from "../rules/told.ts";

const plain = (phrase: ReturnType<typeof words.en.findings.why>) =>
  phrase.map((part) => (typeof part === "string" ? part : part.text)).join("");
const all = (finding: Finding, say: typeof words.en.findings) => [
  say.line(finding),
  say.title(finding, "loki"),
  plain(say.why(finding)),
  say.doubt(finding) ?? "",
];

test("every rule that is told has its file in the list, and none is there twice", () => {
  expect([...rules, ...hostRules].map(({ id }) => id).sort()).toEqual([...ruleIds].sort());
});

describe.each(Object.entries(words))("in %s", (_, { findings: say }) => {
  test.each(ruleIds)("%s has a sentence for whatever is not known", (rule) => {
    for (const text of all(madeFinding({ rule }), say))
      expect(text).not.toMatch(/undefined|NaN|null|\[object/);
    expect(say.rule(rule)).not.toBe("");
  });
});

test("a kill as it is drawn", () => {
  const told = story(box());
  told.seconds(2);
  for (let turn = 0; turn < 2; turn++)
    told.seconds(10, (second) => ({
      sample: { killable: 190 * mib, net: 168 * mib, cache: 19 * mib },
      events: second === 0 ? [{ kind: "oom-kill", instance: "docker:a", detail: null }] : [],
    }));
  const finding = told.one("memory-killed") as Finding;
  expect(all(finding, words.en.findings)).toEqual([
    "killed twice, at 99 % again",
    "loki was killed twice in the last hour for reaching 192 MiB",
    "It holds 168 MiB of its own memory and 19.0 MiB of cache, so the kernel has next to nothing left to take back.",
    "320 MiB is a guess: it has never run long enough at any limit to show its need. Tare judges again as it runs.",
  ]);
  expect(all(finding, words.ko.findings).slice(0, 2)).toEqual([
    "두 번 강제 종료, 다시 99 %",
    "loki: 지난 1시간 동안 192 MiB 한도에 닿아 두 번 강제 종료되었습니다",
  ]);
});
