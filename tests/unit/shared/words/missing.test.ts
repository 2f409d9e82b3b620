import { describe, expect, test } from "vitest";
import { type Missing, missingThings } from "../../../../shared/model/detail.ts";
import { mendOfMissing, tellMissing } from "../../../../shared/words/missing.ts";
import { words } from "../../../../shared/words/words.ts";

const all = missingThings.flatMap((what) =>
  (["off", "undelegated", "denied"] as const).map((why): Missing => ({ what, why })),
);

describe.each(["en", "ko"] as const)("in %s", (language) => {
  test("all that can be missing has a sentence, and a mend its lead-in", () => {
    for (const missing of all) {
      const { what, how, type } = tellMissing(missing, words[language].detail.kept);
      expect(what.length, JSON.stringify(missing)).toBeGreaterThan(5);
      expect(how === null).toBe(type === null);
      expect(`${what}${how}${type}`).not.toMatch(/undefined|\[object|\n/);
    }
  });
  test("handed down or not is another sentence than off", () => {
    for (const what of ["memory", "cpu", "pids", "io", "pressure"] as const) {
      const tell = (why: Missing["why"]) => tellMissing({ what, why }, words[language].detail.kept).what;
      expect(tell("undelegated")).not.toBe(tell("off"));
    }
  });
});

test.each([
  [{ what: "memory", why: "off" }, { parameter: "cgroup_enable=memory cgroup_memory=1" }],
  [{ what: "pressure", why: "off" }, { parameter: "psi=1" }],
  [{ what: "swap", why: "off" }, { parameter: "swapaccount=1" }],
  [{ what: "kernelLog", why: "denied" }, { command: "sudo sysctl kernel.dmesg_restrict=0" }],
  [{ what: "kernelLog", why: "off" }, null],
  [
    { what: "io", why: "undelegated" },
    { command: expect.stringContaining("Delegate=cpu cpuset io memory pids") },
  ],
] as const)("%j", (missing, mend) => expect(mendOfMissing(missing)).toEqual(mend));
