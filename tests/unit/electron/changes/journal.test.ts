import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import {
  fold,
  type Intent,
  isOrphan,
  type Outcome,
  openJournal,
  parseJournal,
} from "../../../../electron/changes/journal.ts";
import { noted, toChanges } from "../../../../electron/changes/settle.ts";

const top = mkdtempSync(join(tmpdir(), "tare-journal-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));
let folder = top;
let turn = 0;
beforeEach(() => {
  folder = join(top, String(turn++));
});
const path = () => join(folder, "changes.jsonl");

const intent: Intent = {
  instance: "docker:3f9c",
  name: "loki",
  resource: "memory",
  before: { resource: "memory", limit: 192, withSwap: 192 },
  after: { resource: "memory", limit: 320, withSwap: 320 },
  now: true,
  file: {
    path: "/srv/compose.yaml",
    before: "a",
    after: "b",
    edits: [{ at: 3, removed: "192m", added: "320m" }],
  },
};
const applied: Outcome = { state: "applied", readBack: 320, file: "/srv/compose.yaml", trouble: null };
const undone: Outcome = { state: "undone", readBack: 192, file: "/srv/compose.yaml", trouble: null };

test("nothing was changed yet; the first word makes the file, for this user alone", () => {
  const journal = openJournal(folder, () => 1_000);
  expect(journal.all()).toEqual([]);
  journal.begin(intent);
  expect(statSync(path()).mode & 0o777).toBe(0o600);
});

test("a change from its word to its undoing, as another Tare reads it", () => {
  const journal = openJournal(folder, () => 1_000);
  const states = () =>
    toChanges(openJournal(folder, () => 0).all()).map(({ state, undoable }) => [state, undoable]);
  const id = journal.begin(intent);
  expect(id).toBe(1_000);
  expect(states()).toEqual([["unknown", false]]);
  journal.end(id, applied);
  expect(states()).toEqual([["applied", true]]);
  journal.beginUndo(id);
  expect(states()).toEqual([["applied", false]]);
  journal.endUndo(id, { ...undone, state: "failed" });
  expect(states()).toEqual([["applied", true]]);
  journal.beginUndo(id);
  journal.endUndo(id, undone);
  expect(states()).toEqual([["undone", false]]);
  expect(journal.all()[0]?.intent).toEqual(intent);
});

test("numbers never come twice, even where the clock stands still or was set back", () => {
  const journal = openJournal(folder, () => 1_000);
  expect([journal.begin(intent), journal.begin(intent), openJournal(folder, () => 5).begin(intent)]).toEqual([
    1_000, 1_001, 1_002,
  ]);
});

test("only the last change of a limit can be undone", () => {
  const journal = openJournal(folder, () => 1_000);
  for (const instance of ["docker:a", "docker:a", "docker:b"])
    journal.end(journal.begin({ ...intent, instance }), applied);
  expect(toChanges(journal.all()).map(({ undoable }) => undoable)).toEqual([false, true, true]);
});

test("a word is an orphan once its run is over, not while it lives", () => {
  const journal = openJournal(folder, () => 1_000);
  journal.begin(intent);
  expect(journal.all().map(isOrphan)).toEqual([false]);
  writeFileSync(path(), readFileSync(path(), "utf8").replace(/"pid":\d+/, '"pid":4194303'));
  expect(journal.all().map(isOrphan)).toEqual([true]);
});

test("a line that a kill has cut costs nothing but itself, and the next begins on a line of its own", () => {
  const journal = openJournal(folder, () => 1_000);
  const id = journal.begin(intent);
  appendFileSync(path(), '{"id":1000,"outco');
  journal.end(id, applied);
  expect(journal.all()).toMatchObject([{ id, outcome: { state: "applied" } }]);
});

test.each([
  "",
  "{}",
  "[]",
  "null",
  '{"id":1}',
  '{"id":1,"outcome":{"state":"applied"}}',
  '{"id":1,"undoing":false}',
  '{"__proto__":1}',
])("what is no line of ours is passed over: %s", (line) =>
  expect(fold(parseJournal(`${line}\n`))).toEqual([]),
);

test("a link in its place is neither read nor written through", () => {
  const elsewhere = join(top, "elsewhere");
  writeFileSync(elsewhere, "");
  openJournal(folder, () => 1).begin(intent);
  rmSync(path());
  symlinkSync(elsewhere, path());
  const journal = openJournal(folder, () => 1);
  expect(() => journal.begin(intent)).toThrow("journal");
  expect(readFileSync(elsewhere, "utf8")).toBe("");
});

test("where nothing can be noted, the word is refused", () => {
  writeFileSync(folder, "no directory");
  expect(() => openJournal(folder, () => 1).begin(intent)).toThrow("journal");
});

test("what was done is told as done, also where it can't be noted any more", () => {
  const journal = openJournal(folder, () => 1_000);
  const id = journal.begin(intent);
  const full = () => {
    throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC", path: path() });
  };
  expect(noted(journal, id, applied, full)).toMatchObject({
    state: "applied",
    readBack: 320,
    undoable: false,
    trouble: { code: "failed", where: path(), cause: "ENOSPC: no space left on device" },
  });
  expect(noted(journal, id, applied, journal.end)).toMatchObject({
    state: "applied",
    undoable: true,
    trouble: null,
  });
});
