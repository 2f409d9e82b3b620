import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { openStore, parseRace } from "../../../../electron/lab/store.ts";
import { race, tooLate, trial } from "../../../fixtures/race.ts";

const top = mkdtempSync(join(tmpdir(), "tare-store-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));
let folder = top;
let turn = 0;
beforeEach(() => {
  folder = join(top, String(turn++), "lab/races");
});

const named = (id: string, at = race.at) => ({ ...race, id, at });

test("nothing was raced yet", () => {
  expect(openStore(folder).races()).toEqual({ races: [], skipped: [] });
});

test("what is kept comes back whole, the newest first, also to another Tare", () => {
  const failed = {
    ...named("c", race.at + 2),
    trials: [trial("vm", { spawned: 3.25 }, { trouble: tooLate })],
  };
  const store = openStore(folder);
  store.keep(named("a"));
  store.keep(failed);
  store.keep(named("b", race.at + 1));
  expect(store.races().races).toEqual([failed, named("b", race.at + 1), named("a")]);
  expect(openStore(folder).races()).toEqual(store.races());
});

test("for this user alone, and nothing half-written beside it", () => {
  openStore(folder).keep(named("a"));
  expect(readdirSync(folder)).toEqual(["a.json"]);
  expect(statSync(join(folder, "a.json")).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test("a later state takes the place of an earlier one; what another Tare wrote is seen", () => {
  const [mine, theirs] = [openStore(folder), openStore(folder)];
  mine.keep({ ...named("a"), state: "racing" });
  expect(theirs.races().races.map(({ state }) => state)).toEqual(["racing"]);
  mine.keep(named("a"));
  theirs.keep(named("b", race.at - 1));
  expect(theirs.races().races.map(({ id, state }) => [id, state])).toEqual([
    ["a", "done"],
    ["b", "done"],
  ]);
  expect(mine.races().races).toHaveLength(2);
});

test("of more than two hundred the oldest go", () => {
  const store = openStore(folder);
  for (let age = 0; age < 205; age++) store.keep({ ...named(`r${age}`, race.at + age), trials: [] });
  const { races } = store.races();
  expect([races.length, races[0]?.id, races.at(-1)?.id]).toEqual([200, "r204", "r5"]);
  expect(readdirSync(folder)).toHaveLength(200);
});

test("what is damaged, newer, too large or a link is skipped and named, and stays where it is", () => {
  const store = openStore(folder);
  store.keep(named("good"));
  const text = readFileSync(join(folder, "good.json"), "utf8");
  const put = (name: string, content: string) => writeFileSync(join(folder, name), content);
  put("cut.json", text.slice(0, 500));
  put("newer.json", text.replace('"format":1', '"format":2'));
  put("odd.json", text.replace('"seed":1', '"seed":"one"'));
  put("more.json", text.replace('"seed":1', '"seed":1,"extra":1'));
  put("large.json", `${text}${" ".repeat(2 ** 20)}`);
  put("notes.txt", "not ours");
  symlinkSync(join(folder, "good.json"), join(folder, "link.json"));
  const { races, skipped } = store.races();
  expect(races.map(({ id }) => id)).toEqual(["good"]);
  expect(Object.fromEntries(skipped.map(({ file, why }) => [file.slice(folder.length + 1), why]))).toEqual({
    "cut.json": "corrupt",
    "newer.json": "newer",
    "odd.json": "corrupt",
    "more.json": "corrupt",
    "large.json": "corrupt",
    "link.json": "corrupt",
  });
  expect(readdirSync(folder)).toHaveLength(8);
});

test("a race that was kept before its subject had a name is read as one without", () => {
  openStore(folder).keep(named("old"));
  const path = join(folder, "old.json");
  writeFileSync(path, readFileSync(path, "utf8").replace('"name":null,', ""));
  expect(openStore(folder).races()).toEqual({ races: [named("old")], skipped: [] });
});

test("where it can't be written it says so, and leaves nothing", () => {
  mkdirSync(join(top, "file"), { recursive: true });
  writeFileSync(join(top, "file/lab"), "");
  expect(() => openStore(join(top, "file/lab/races")).keep(race)).toThrow(/ENOTDIR|EEXIST/);
  if (process.getuid?.() === 0) return;
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o500);
  expect(() => openStore(folder).keep(race)).toThrow("EACCES");
});

test.each(["", "null", "[]", "{}", '{"format":0,"race":{}}', '{"format":1}', `${"[".repeat(100)}`])(
  "%j is no race",
  (text) => {
    expect(parseRace(text)).toBe("corrupt");
  },
);
