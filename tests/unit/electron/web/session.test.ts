import { expect, test } from "vitest";
import { sessions } from "../../../../electron/web/session.ts";

const s = 1_000;
const h = 3_600 * s;
const at = (time: { now: number }) => sessions(() => time.now);

test("a token opens a session, and only cookie and key together are let in", () => {
  const entry = at({ now: 0 });
  const one = entry.exchange(entry.newToken(), []);
  const other = entry.exchange(entry.newToken(), []);
  expect(entry.admits([one?.cookie ?? ""], one?.key ?? "")).toBe(true);
  expect(entry.admits([one?.cookie ?? ""], other?.key ?? "")).toBe(false);
  expect(entry.admits([other?.cookie ?? ""], one?.key ?? "")).toBe(false);
  expect(entry.admits([], one?.key ?? "")).toBe(false);
});

test("cookies that a neighbour added take nothing away", () => {
  const entry = at({ now: 0 });
  const mine = entry.exchange(entry.newToken(), []);
  expect(entry.admits(["theirs", mine?.cookie ?? "", ""], mine?.key ?? "")).toBe(true);
});

test.each([
  ["just in time", 119_999, true], // 120 s
  ["too late", 120_000, false],
] as const)("a token used %s", (_, later, entered) => {
  const time = { now: 5 };
  const entry = at(time);
  const token = entry.newToken();
  time.now = 5 + later;
  expect(entry.exchange(token, []) !== null).toBe(entered);
});

test("a session ends after twelve hours, its further keys too", () => {
  const time = { now: 0 };
  const entry = at(time);
  const first = entry.exchange(entry.newToken(), []);
  time.now = 11 * h;
  const second = entry.exchange(entry.newToken(), [first?.cookie ?? ""]);
  expect(second?.cookie).toBe(first?.cookie);
  time.now = 12 * h - 1;
  expect(entry.admits([first?.cookie ?? ""], second?.key ?? "")).toBe(true);
  time.now = 12 * h;
  expect(entry.admits([first?.cookie ?? ""], second?.key ?? "")).toBe(false);
});

test("a second window of the same browser leaves the first one its key", () => {
  const entry = at({ now: 0 });
  const first = entry.exchange(entry.newToken(), []);
  const second = entry.exchange(entry.newToken(), [first?.cookie ?? ""]);
  expect(entry.admits([second?.cookie ?? ""], first?.key ?? "")).toBe(true);
  expect(entry.admits([second?.cookie ?? ""], second?.key ?? "")).toBe(true);
});

test.each([
  [4, true],
  [5, false],
] as const)("after %i wrong ones the right token enters: %s", (wrong, entered) => {
  const entry = at({ now: 0 });
  const token = entry.newToken();
  for (let guess = 0; guess < wrong; guess++) expect(entry.exchange("x", [])).toBeNull();
  expect(entry.exchange(token, []) !== null).toBe(entered);
});

test("of many links only the last eight are good", () => {
  const entry = at({ now: 0 });
  const tokens = Array.from({ length: 9 }, () => entry.newToken());
  expect(entry.exchange(tokens[0] ?? "", [])).toBeNull();
  expect(entry.exchange(tokens[1] ?? "", [])).not.toBeNull();
});

test("who takes over knows the same secrets, by another clock and no longer than they were good", () => {
  const before = { now: 5 * h };
  const first = at(before);
  const used = first.exchange(first.newToken(), []);
  const cookies = [used?.cookie ?? ""];
  before.now += 10 * s;
  const link = first.newToken();
  before.now += 100 * s;
  const kept = structuredClone(first.keep());
  expect(JSON.stringify(kept)).not.toContain(used?.key);

  const after = { now: 7 };
  const second = sessions(() => after.now, kept);
  expect(second.admits(cookies, used?.key ?? "")).toBe(true);
  expect(second.admits(cookies, `${used?.key}x`)).toBe(false);
  after.now = 7 + 19 * s; // 119 of the link's 120 s
  expect(second.exchange(link, cookies)).not.toBeNull();
  expect(second.exchange(link, cookies)).toBeNull();
  after.now = 7 + 12 * h - 110 * s - 1;
  expect(second.admits(cookies, used?.key ?? "")).toBe(true);
  after.now = 7 + 12 * h - 110 * s;
  expect(second.admits(cookies, used?.key ?? "")).toBe(false);
  // The one that keeps goes on as before, where nobody takes over.
  expect(first.admits(cookies, used?.key ?? "")).toBe(true);
});

test("a link that had run out, and guesses that were made, are the same for who takes over", () => {
  const time = { now: 0 };
  const first = at(time);
  const late = first.newToken();
  time.now = 120 * s;
  const link = first.newToken();
  for (let guess = 0; guess < 4; guess++) first.exchange("wrong", []);
  const second = sessions(() => 0, first.keep());
  expect(second.exchange(late, [])).toBeNull(); // the fifth
  expect(second.exchange(link, [])).toBeNull();
});
