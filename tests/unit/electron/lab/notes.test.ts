import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { notesFolder, openNotes, parseRun } from "../../../../electron/lab/notes.ts";
import { sweep } from "../../../../electron/lab/sweep.ts";
import { isAlive } from "../../../../electron/machine/this-run.ts";

const signal = new AbortController().signal;
const noDocker = () => Promise.reject(new Error("nothing asks for Docker here"));

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "tare-notes-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const readText = (path: string) => readFileSync(path, "utf8");

/** Makes a run's file one of a Tare that was killed: its head names a process that is no more. */
function bury(path: string, edit: (lines: string[]) => string[] = (lines) => lines): void {
  const [head = "", ...lines] = readText(path).split("\n");
  writeFileSync(path, [JSON.stringify({ ...JSON.parse(head), start: 1 }), ...edit(lines)].join("\n"));
}

test("a run's file tells what is left, and goes with the last of it", () => {
  const directory = folder();
  const notes = openNotes(directory);
  const path = join(notesFolder(directory), `${notes.run}.notes`);
  const [one, two] = [notes.container("tare-trial-1"), notes.container("tare-trial-2")];
  one.made("3f9c");
  two.gone();
  const started = notes.started("77ab");
  expect(parseRun(readText(path))).toMatchObject({
    run: notes.run,
    pid: process.pid,
    left: [
      { kind: "container", what: "tare-trial-1", id: "3f9c" },
      { kind: "started", what: "77ab", id: null },
    ],
  });
  notes.close();
  expect(existsSync(path)).toBe(true);
  started.gone();
  one.gone();
  one.gone();
  notes.close();
  expect(existsSync(path)).toBe(false);
});

test.each([
  ["nothing", ""],
  ["no JSON", "{{{\n"],
  ["another's JSON", '["x"]\n{"n":1,"kind":"container","what":"x"}\n'],
  ["no pid", '{"run":"x","pid":"1"}\n'],
])("a file with %s is no run", (_, text) => expect(parseRun(text)).toBeNull());

test("a line that a kill cut short, and what is no note, are passed over", () => {
  const text = [
    '{"run":"x","pid":7,"start":5,"boot":"b"}',
    '{"n":1,"kind":"container","what":"a"}',
    '{"n":2,"kind":"volume","what":"b"}',
    '{"n":"3","kind":"container","what":"c"}',
    "null",
    '{"n":9,"id":"of nothing"}',
    '{"n":4,"kind":"contai',
  ].join("\n");
  expect(parseRun(text)?.left).toEqual([{ kind: "container", what: "a", id: null }]);
});

test("who is alive: the pid with its start, since the same boot", () => {
  const directory = folder();
  openNotes(directory);
  const [name = ""] = readdirSync(notesFolder(directory));
  const run = parseRun(readText(join(notesFolder(directory), name)));
  if (run === null) throw new Error("no run");
  expect(isAlive(run)).toBe(true);
  expect(isAlive({ ...run, start: (run.start ?? 0) + 1 })).toBe(false);
  expect(isAlive({ ...run, boot: "another" })).toBe(false);
});

test("the files of a Tare that runs are left alone", async () => {
  const directory = folder();
  openNotes(directory).container("tare-trial-1");
  expect(await sweep(directory, noDocker, signal)).toEqual({ containers: [], left: 0 });
  expect(readdirSync(notesFolder(directory))).toHaveLength(1);
});

test("where Docker does not answer, its containers stay noted for the next time", async () => {
  const directory = folder();
  const notes = openNotes(directory);
  const path = join(notesFolder(directory), `${notes.run}.notes`);
  notes.container("tare-trial-1");
  bury(path, (lines) => [...lines.filter(Boolean), '{"n":2,"ki']);
  expect(await sweep(directory, noDocker, signal)).toMatchObject({ left: 1 });
  expect(existsSync(path)).toBe(true);
});

test("nothing was ever raced here", async () => {
  expect(await sweep(folder(), noDocker, signal)).toMatchObject({ left: 0 });
});
