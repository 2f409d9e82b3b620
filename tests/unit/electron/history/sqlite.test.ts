import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase } from "../../../../electron/history/sqlite.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tare-files-"));
  path = join(folder, "some.db");
  writeFileSync(path, "");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("values of every kind come back as they went in, row by row", () => {
  const database = openDatabase(path);
  database.exec("CREATE TABLE t(a, b, c, d)");
  database.run("INSERT INTO t VALUES (?, ?, ?, ?)", 1.5, "한글 'q'", new Uint8Array([0, 255]), null);
  database.run("INSERT INTO t VALUES (?, ?, ?, ?)", 2 ** 45, "", new Uint8Array(), 0);
  database.close();

  const again = openDatabase(path);
  const rows = [...again.each("SELECT * FROM t")].map(({ a, b, c, d }) => [
    a,
    b,
    c instanceof Uint8Array ? [...c] : c,
    d,
  ]);
  expect(rows).toEqual([
    [1.5, "한글 'q'", [0, 255], null],
    [2 ** 45, "", [], 0],
  ]);
  expect(again.get("SELECT a FROM t WHERE a = ?", 3)).toBeNull();
  again.close();
});

test("a lock that a killed process left does not hold for ever", () => {
  mkdirSync(`${path}.lock`);
  writeFileSync(`${path}.owner`, "4194304"); // beyond pid_max: nobody
  const database = openDatabase(path);
  database.exec("CREATE TABLE t(a)");
  database.close();
});

test("a link is never followed, a directory never opened", () => {
  symlinkSync(path, join(folder, "link"));
  expect(() => openDatabase(join(folder, "link"))).toThrow("is not a file");
  expect(() => openDatabase(folder)).toThrow("is not a file");
  expect(() => openDatabase(join(folder, "absent"))).toThrow("ENOENT");
});
