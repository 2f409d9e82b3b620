import { copyFileSync, mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { openRecording } from "../../../../electron/history/recording.ts";
import type { Refusal } from "../../../../electron/history/refused.ts";
import type { Database } from "../../../../electron/history/sqlite.ts";
import { badFile } from "./bad-file.ts";
import { instance } from "./play-source.ts";

// Real files and SQLite: seconds, where other work has the machine.
vi.setConfig({ testTimeout: 60_000 });

// Fault 25: whoever made the file, it is refused within 2 s, in one line, and takes no memory.
const { files, changed, refused } = badFile();
const web = JSON.stringify(instance(0));
const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const cut = (bytes: number) => {
  copyFileSync(files.good, files.path);
  truncateSync(files.path, bytes);
};

test("the good one is played", () => openRecording(files.good).close());

describe("before SQLite is asked", () => {
  test.each<[string, Refusal, () => void]>([
    ["absent", "absent", () => undefined],
    ["a directory", "notFile", () => mkdirSync(files.path)],
    ["empty", "empty", () => writeFileSync(files.path, "")],
    ["text", "foreign", () => writeFileSync(files.path, "TARE\n".repeat(200))],
    ["another SQLite file", "foreign", () => changed((database) => database.exec("PRAGMA application_id=1"))],
    ["format 99", "newer", () => changed((database) => database.exec("PRAGMA user_version=99"))],
    ["format -1", "newer", () => changed((database) => database.exec("PRAGMA user_version=-1"))],
    ["cut in the middle", "cut", () => cut(8_192)],
    ["cut in the header", "foreign", () => cut(50)],
    [
      "of 300 MiB, though sparse",
      "large",
      () => {
        writeFileSync(files.path, "");
        truncateSync(files.path, 300 * 2 ** 20);
      },
    ],
  ])("%s", (_, refusal, make) => {
    make();
    expect(refused().refusal).toBe(refusal);
  });
});

describe("its tables", () => {
  test.each<[string, (database: Database) => void]>([
    ["one more", (database) => database.exec("CREATE TABLE more(a)")],
    [
      "a trigger",
      (database) => database.exec("CREATE TRIGGER t AFTER INSERT ON tick BEGIN DELETE FROM tick; END"),
    ],
    [
      "a view that never ends",
      (database) =>
        database.exec(
          "DROP TABLE tick; CREATE VIEW tick AS WITH RECURSIVE n(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM n) SELECT at, zeroblob(1000000) AS frame FROM n",
        ),
    ],
    ["no facts", (database) => database.exec("DELETE FROM meta WHERE key = 'facts'")],
    [
      "10^6 instances",
      (database) =>
        database.exec(
          "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT 1000000) INSERT INTO instance SELECT 5, i, NULL, '{}' FROM n",
        ),
    ],
    ["a moment that is no number", (database) => database.exec("UPDATE instance SET until = 'never'")],
    [
      "a moment beyond all numbers",
      (database) => database.exec("UPDATE instance SET until = 9223372036854775807"),
    ],
    ["a slot that is another's", (database) => database.exec("UPDATE instance SET slot = 7")],
  ])(
    "%s",
    (_, change) => {
      changed(change);
      expect(refused().refusal).toBe("corrupt");
    },
    20_000,
  );

  test("no tick at all", () => {
    changed((database) => database.exec("DELETE FROM tick"));
    expect(refused().refusal).toBe("empty");
  });
});

describe("its texts", () => {
  test.each([
    ["no JSON", "{"],
    ["JSON 10^5 deep", `{"slot":${deep(20_000)}}`],
    ["JSON 9 deep", web.replace('"alsoSeenBy":[]', `"alsoSeenBy":${deep(9)}`)],
    ["__proto__", web.replace("{", '{"__proto__":{"polluted":1},')],
    ["__proto__, escaped", web.replace("{", '{"\\u005f_proto__":{"polluted":1},')],
    ["an unknown key", web.replace("{", '{"handle":{"via":"process","pid":1},')],
    ["a wrong type", web.replace('"name":"n0"', '"name":["n0"]')],
    ["an unknown engine", web.replace('"engine":"docker"', '"engine":"evil\u202e\\n"')],
    ["a number beyond all numbers", web.replace('"imageSize":2000000', '"imageSize":1e999')],
    ["an id of 10^6 characters", web.replace("docker:0", "d".repeat(1_000_000))],
    ["NUL", "\0"],
  ])("%s", (_, json) => {
    changed((database) => database.run("UPDATE instance SET json = ?", json));
    expect(refused().refusal).toBe("corrupt");
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test.each([9, 20_000])("%i levels are counted before a parser sees them", (depth) => {
    changed((database) => database.run("UPDATE instance SET json = ?", deep(depth)));
    expect(refused().detail).toBe("nests deeper than 8");
  });

  test("a blob where text should be", () => {
    changed((database) => database.run("UPDATE instance SET json = ?", new TextEncoder().encode(web)));
    expect(refused().refusal).toBe("corrupt");
  });

  test("100 MB of texts that are each right", () => {
    changed((database) => {
      database.exec("BEGIN");
      const event = JSON.stringify({ at: 1, kind: "died", instance: null, detail: "d".repeat(4_000) });
      for (let n = 0; n < 25_000; n++) database.run("INSERT INTO event VALUES (1, ?, ?)", n, event);
      database.exec("COMMIT");
    });
    expect(refused().refusal).toBe("corrupt");
  }, 30_000);
});
