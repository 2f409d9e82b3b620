import { expect, test } from "vitest";
import { openNews } from "../../../../electron/lab/news.ts";
import type { RaceNews } from "../../../../shared/model/race.ts";
import { race } from "../../../fixtures/race.ts";
import { manualClock } from "../../../manual-clock.ts";

const one: Omit<RaceNews, "revision"> = { race: { ...race, state: "racing" }, doing: null, left: null };
const stage = () => {
  const clock = manualClock();
  const stop = new AbortController();
  return { clock, stop, news: openNews(clock, stop.signal) };
};

test("nothing is on: answered at once", async () => {
  expect(await stage().news.next(-1)).toBeNull();
});

test("what is not known yet is told at once, what is known is held until it changes", async () => {
  const { news } = stage();
  news.tell(one);
  expect(await news.next(-1)).toEqual({ ...one, revision: 1 });
  let told: RaceNews | null | undefined;
  const asked = news.next(1).then((answer) => {
    told = answer;
  });
  await new Promise((next) => setImmediate(next));
  expect(told).toBeUndefined();
  news.tell({ ...one, left: 500 });
  await asked;
  expect(told).toEqual({ ...one, left: 500, revision: 2 });
});

test("after 20 s the same once more, so that a page sees that Tare is there", async () => {
  const { clock, news } = stage();
  news.tell(one);
  let told: RaceNews | null | undefined;
  void news.next(1).then((answer) => {
    told = answer;
  });
  await clock.pass(19_999);
  expect(told).toBeUndefined();
  await clock.pass(1);
  expect(told?.revision).toBe(1);
});

test("its end is told once to who followed it, and to nobody else", async () => {
  const { news } = stage();
  news.tell(one);
  const asked = news.next(1);
  news.tell({ ...one, race });
  expect((await asked)?.race.state).toBe("done");
  const last = news.next(2);
  news.end();
  expect(await last).toBeNull();
  expect((await news.next(1))?.race.state).toBe("done");
  expect(await news.next(2)).toBeNull();
  expect(await news.next(-1)).toBeNull();
  // Who knows that a race has begun, and asks for the first time when it is over.
  expect((await news.next(0))?.race.state).toBe("done");
  // The next race's first news are news to everybody.
  news.tell(one);
  expect((await news.next(-1))?.revision).toBe(3);
  news.end();
  expect(await news.next(1)).toBeNull();
});

test("nobody is left waiting when Tare ends", async () => {
  const { stop, news } = stage();
  news.tell(one);
  const asked = news.next(1);
  stop.abort();
  expect((await asked)?.revision).toBe(1);
});
