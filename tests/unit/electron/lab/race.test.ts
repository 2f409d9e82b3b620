import { describe, expect, test } from "vitest";
import { runRace } from "../../../../electron/lab/race.ts";
import { LabFailure, type Outcome, type Starter, type TrialOptions } from "../../../../electron/lab/trial.ts";
import type { Kind } from "../../../../shared/model/instance.ts";
import type { Race, RaceNews, Wish } from "../../../../shared/model/race.ts";
import { orderOf } from "../../../../shared/race/order.ts";
import { race as finished, tooLate, wish } from "../../../fixtures/race.ts";
import { manualClock } from "../../../manual-clock.ts";

type Clock = ReturnType<typeof manualClock>;
type Begun = { readonly kind: Kind; readonly at: number; readonly options: TrialOptions };

const planned = (change: Partial<Wish> = {}): Race => {
  const wished = { ...wish, ...change };
  return { ...finished, wish: wished, order: orderOf(wished, 1), trials: [], state: "preparing" };
};

/** Ready after `ready` ms, gone `after` ms later; `fails` says which runs (from 0) are not. */
function starter(
  clock: Clock,
  kind: Kind,
  begun: Begun[],
  { ready = 100, after = 0, fails = (_run: number): boolean => false } = {},
): Starter {
  let run = -1;
  return {
    kind,
    async run(options, signal): Promise<Outcome> {
      run++;
      begun.push({ kind, at: clock.monotonic() / 1e6, options });
      await clock.after(ready / 2, signal);
      options.saw(kind === "container" ? "created" : "spawned");
      await clock.after(ready / 2, signal);
      if (fails(run)) return { moments: {}, memory: null, trouble: tooLate, kept: null };
      options.saw("ready");
      await clock.after(after, signal);
      const id = `${kind}:${run}`;
      const kept = options.keep ? { id, stop: async () => void stopped.push(id) } : null;
      return { moments: { ready }, memory: null, trouble: null, kept };
    },
  };
}
const stopped: string[] = [];

async function over<Result>(clock: Clock, work: Promise<Result>): Promise<Result> {
  let done = false;
  const result = work.finally(() => {
    done = true;
  });
  while (!done) await clock.pass(50);
  return result;
}

function stage(race: Race, make: (clock: Clock, begun: Begun[]) => Parameters<typeof runRace>[1]) {
  const clock = manualClock();
  const begun: Begun[] = [];
  const news: Omit<RaceNews, "revision">[] = [];
  const stop = new AbortController();
  stopped.length = 0;
  const running = runRace(race, make(clock, begun), {
    clock,
    signal: stop.signal,
    tell: (one) => news.push(one),
  });
  return { clock, begun, news, stop, running };
}

const both = (clock: Clock, begun: Begun[]) => ({
  container: starter(clock, "container", begun, { ready: 200, after: 100 }),
  vm: starter(clock, "vm", begun, { ready: 1_000 }),
});

describe("a race to its end", () => {
  test("runs the order as planned; trials[i] is the run of order[i]", async () => {
    const { clock, begun, running } = stage(planned(), both);
    const { race, kept } = await over(clock, running);
    expect(begun.map(({ kind }) => kind)).toEqual(planned().order.map(({ kind }) => kind));
    expect(race.trials.map(({ kind, cold }) => ({ kind, cold }))).toEqual(race.order);
    expect(race.trials.every(({ moments }) => moments.ready !== undefined)).toBe(true);
    expect([race.state, race.pair, kept]).toEqual(["done", [], []]);
  });

  test("the machine settles after a container, not after a VM", async () => {
    const { clock, begun, running } = stage(planned(), both);
    await over(clock, running);
    begun.slice(1).forEach(({ at }, before) => {
      const earlier = begun[before];
      const busy = earlier?.kind === "container" ? 300 : 1_000;
      expect(at - (earlier?.at ?? 0)).toBe(busy + (earlier?.kind === "container" ? 300 : 0));
    });
  });

  test("the time left is what runs like these took, less what is over of this one", async () => {
    const { clock, news, running } = stage(planned({ runs: 1, warmup: 1 }), both);
    await over(clock, running);
    const lefts = news.map(({ race, doing, left }) => [race.trials.length, doing?.moment ?? null, left]);
    // Neither was run yet: unknown. A container takes 200 + 100, and 300 to settle; a VM 1,000.
    expect(lefts[0]).toEqual([0, null, null]);
    expect(lefts.find(([trials, moment]) => trials === 1 && moment === null)?.[2]).toBeNull();
    const order = planned({ runs: 1, warmup: 1 }).order.map(({ kind }) => kind);
    const third = order[2] === "vm" ? 1_000 : 600;
    const moments = lefts.filter(([trials]) => trials === 2);
    expect(moments[0]?.[2]).toBe(1_600); // the cold VM is over
    expect(moments[2]?.[2]).toBe(1_600 - (third === 1_000 ? 500 : 100)); // half of the third's way to ready
    expect(lefts.at(-1)?.[2]).toBe(0);
  });

  test("keeps the last of each running, and says which", async () => {
    const { clock, begun, running } = stage(planned({ keep: true }), both);
    const { race, kept } = await over(clock, running);
    const asked = begun.filter(({ options }) => options.keep).map(({ kind }) => kind);
    expect([...asked].sort()).toEqual(["container", "vm"]);
    expect(race.pair).toEqual(kept.map(({ id }) => id));
    expect([...race.pair].sort()).toEqual(["container:5", "vm:5"]);
    expect(stopped).toEqual([]);
  });
});

describe("when a kind fails", () => {
  test("a failed run is a trial with its trouble, and the race goes on", async () => {
    const { clock, running } = stage(planned(), (at, begun) => ({
      container: starter(at, "container", begun, { fails: (run) => run === 2 }),
      vm: starter(at, "vm", begun),
    }));
    const { race } = await over(clock, running);
    expect(race.trials.filter(({ trouble }) => trouble !== null)).toMatchObject([
      { kind: "container", moments: {}, trouble: tooLate },
    ]);
    expect([race.trials.length, race.state, race.troubles]).toEqual([12, "done", []]);
  });

  test("three in a row end its half; the other still runs all of its runs", async () => {
    const { clock, running } = stage(planned({ runs: 10 }), (at, begun) => ({
      container: starter(at, "container", begun),
      vm: starter(at, "vm", begun, { fails: (run) => run > 1 }),
    }));
    const { race } = await over(clock, running);
    const many = (kind: Kind) => race.trials.filter((trial) => trial.kind === kind).length;
    expect([many("container"), many("vm")]).toEqual([11, 5]);
    expect(race.troubles).toEqual([tooLate]);
    expect(race.trials.map(({ kind, cold }) => ({ kind, cold }))).toEqual(race.order);
    expect(race.state).toBe("done");
  });

  test("two in a row and then a good one do not", async () => {
    const { clock, running } = stage(planned({ runs: 8, kinds: ["vm"] }), (at, begun) => ({
      vm: starter(at, "vm", begun, { fails: (run) => run % 3 !== 2 }),
    }));
    expect((await over(clock, running)).race.trials).toHaveLength(9);
  });

  test("nothing was ready once: the race failed", async () => {
    const { clock, running } = stage(planned(), (at, begun) => ({
      container: starter(at, "container", begun, { fails: () => true }),
    }));
    const { race } = await over(clock, running);
    expect([race.state, race.trials.length]).toEqual(["failed", 3]);
  });

  test("what can't start at all has no runs in the order", async () => {
    const { clock, running } = stage(planned(), (at, begun) => ({
      container: starter(at, "container", begun),
    }));
    const { race } = await over(clock, running);
    expect(race.order).toHaveLength(6);
    expect(new Set(race.order.map(({ kind }) => kind))).toEqual(new Set(["container"]));
  });

  test("a starter that throws is a failed trial with its reason", async () => {
    const thrown = [new LabFailure({ code: "no-room", where: "/tmp" }), new Error("odd")];
    const { clock, running } = stage(planned({ runs: 1, kinds: ["container"] }), () => ({
      container: { kind: "container", run: () => Promise.reject(thrown.shift()) },
    }));
    const { race } = await over(clock, running);
    expect(race.trials.map(({ trouble }) => trouble)).toEqual([
      { code: "no-room", where: "/tmp", cause: null, output: [] },
      { code: "failed", where: "Tare", cause: "odd", output: [] },
    ]);
  });
});

describe("when it is stopped", () => {
  test("in the middle of a run: that one is left out, the others stay, nothing is kept", async () => {
    const { clock, stop, running, begun } = stage(planned({ keep: true, runs: 1 }), both);
    while (begun.length < 4) await clock.pass(10);
    stop.abort();
    const { race, kept } = await running;
    expect([race.state, race.trials.length, race.pair, kept]).toEqual(["stopped", 3, [], []]);
    // Of the last pair one was left running already.
    expect(stopped).toHaveLength(1);
  });

  test("while the machine settles, and before it began", async () => {
    const { clock, stop, running } = stage(planned(), both);
    while (clock.monotonic() < 450e6) await clock.pass(10);
    stop.abort();
    expect((await running).race).toMatchObject({ state: "stopped", trials: [{ kind: "container" }] });
    const clock2 = manualClock();
    const signal = AbortSignal.abort();
    const { race } = await runRace(planned(), both(clock2, []), {
      clock: clock2,
      signal,
      tell: () => undefined,
    });
    expect([race.state, race.trials]).toEqual(["stopped", []]);
  });
});
