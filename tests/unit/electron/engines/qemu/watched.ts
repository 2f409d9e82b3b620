import { afterEach, beforeEach } from "vitest";
import type { News } from "../../../../../electron/engines/engine.ts";
import { qemu } from "../../../../../electron/engines/qemu/qemu.ts";
import { manualClock } from "../../../../manual-clock.ts";
import { fakeProc } from "./fake-proc.ts";

export type WatchedQemu = {
  readonly fake: ReturnType<typeof fakeProc>;
  readonly clock: ReturnType<typeof manualClock>;
  /** What the engine has told so far. */
  readonly news: News[];
  readonly stop: AbortController;
  /** The engine's end, or why it failed. */
  watching: Promise<unknown>;
};

/** The engine over a folder that looks like /proc, by a clock that the test moves; a new one for each test. */
export function watchedQemu() {
  let its: WatchedQemu;
  beforeEach(() => {
    its = {
      fake: fakeProc(),
      clock: manualClock(),
      news: [],
      stop: new AbortController(),
      watching: Promise.resolve(),
    };
  });
  afterEach(async () => {
    its.stop.abort();
    await its.watching;
    its.fake.remove();
  });
  return {
    its: () => its,
    come: () => its.news.flatMap((one) => ("came" in one ? [one.came] : [])),
    async watch() {
      const { fake, clock, news, stop } = its;
      its.watching = qemu({ proc: fake.proc, clock })
        .watch((one) => news.push(one), stop.signal)
        .catch((error: unknown) => error);
      await clock.pass(0);
    },
  };
}
