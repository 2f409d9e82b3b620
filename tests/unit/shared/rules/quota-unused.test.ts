import { expect, test } from "vitest";
import { box, mib, start, story } from "./told.ts";

const wide = box({ reported: { memory: 192 * mib, cpu: 2, pids: null }, startedAt: start });
const free = { cpuLimit: 2, throttledShare: 0, throttledTime: 0 };

test("proposes the peak and a quarter, its start included, after it was watched for ten minutes", () => {
  const told = story(wide);
  const busy = (second: number) => ({ sample: { ...free, cores: second < 3 ? 0.7 : 0.1 } });
  told.seconds(599, busy);
  expect(told.rules()).not.toContain("quota-unused");
  told.seconds(15, (second) => busy(599 + second));
  expect(told.one("quota-unused")).toMatchObject({
    severity: "note",
    shows: "cores",
    facts: { limit: 2, peak: 0.7 },
    proposal: {
      resource: "cpu",
      from: 2,
      to: 0.9, // 0.875
      basis: { peak: 0.7, headroom: 0.25, sure: "short-window" },
    },
  });
  expect(told.one("quota-unused")?.proposal?.basis.p99).toBeLessThan(0.106);
});

test("what does nearly nothing keeps a quota that a person would write", () => {
  const told = story(wide);
  told.seconds(615, { sample: { ...free, cores: 0.001 } });
  expect(told.one("quota-unused")?.proposal?.to).toBe(0.05);
});

test.each([
  ["it used most of it once", { ...free, cores: 1.1 }, {}],
  ["little would be gained", { ...free, cpuLimit: 0.25, cores: 0.01 }, {}],
  ["it has no quota", { ...free, cpuLimit: null, cores: 0.1 }, {}],
  // A tenth of a second in a minute, of which the means tell nothing.
  ["its quota held it back, for a moment", { ...free, cores: 0.1 }, { throttledShare: 0.1 }],
])("quiet: %s", (_, sample, once) => {
  const told = story(wide);
  told.seconds(700, (second) => ({ sample: second === 100 ? { ...sample, ...once } : sample }));
  expect(told.rules()).not.toContain("quota-unused");
});
