import { describe, expect, test } from "vitest";
import { box, mib, story } from "./told.ts";

const nothing = {
  ...{
    gross: null,
    net: null,
    cache: null,
    killable: null,
    workingSet: null,
    memoryLimit: null,
    oomKills: null,
  },
  limitHits: null,
};
const limits = (memory: number | null) => ({ reported: { memory, cpu: null, pids: null } });

describe("the memory controller is off", () => {
  test("told by its cgroup: a note, and a warning where a limit is set that does not hold", () => {
    const bounds = { ancestors: {}, without: ["memory" as const] };
    const free = story(box({ ...limits(null), bounds }));
    free.seconds(2, { sample: nothing });
    expect(free.one("controller-off")).toMatchObject({
      severity: "note",
      instance: null,
      facts: { count: 1, name: "a" },
    });
    const limited = story(box({ ...limits(64 * mib), bounds }));
    limited.seconds(2, { sample: nothing });
    expect(limited.one("controller-off")).toMatchObject({ severity: "warning", facts: { limited: 1 } });
  });

  test("an old recording does not tell: CPU without memory for ten seconds says it", () => {
    const told = story(box(limits(64 * mib)));
    told.seconds(6, { sample: nothing });
    expect(told.one("controller-off")).toBeNull();
    told.seconds(10, { sample: nothing });
    expect(told.one("controller-off")).not.toBeNull();
  });

  test("quiet: it is on, or nothing at all was read", () => {
    const on = story(box({ bounds: { ancestors: {}, without: [] } }));
    on.seconds(30, { sample: nothing });
    expect(on.one("controller-off")).toBeNull();
    const blind = story(box());
    blind.seconds(30, { sample: { ...nothing, cores: null } });
    expect(blind.one("controller-off")).toBeNull();
  });
});
