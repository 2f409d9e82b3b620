import {
  chmodSync,
  chownSync,
  copyFileSync,
  linkSync,
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
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import {
  type ComposeLabels,
  fileChange,
  stateOf,
  writeChange,
} from "../../../../../electron/changes/compose/files.ts";
import { ChangeFailure } from "../../../../../electron/changes/failure.ts";
import { type Setting, settingFrom } from "../../../../../shared/mends/setting.ts";

const mib = 1_048_576;
const memory: Setting = settingFrom("memory", 512 * mib);
const fixtures = join(import.meta.dirname, "../../../../fixtures/compose");
const top = mkdtempSync(join(tmpdir(), "tare-compose-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));
let folder = top;
let turn = 0;
beforeEach(() => {
  folder = join(top, String(turn++));
  mkdirSync(folder);
});
const place = (name: string) => {
  copyFileSync(join(fixtures, name), join(folder, name));
  return join(folder, name);
};
const labels = (files: string, service: string): ComposeLabels => ({ files, folder, service });
const troubleOf = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    if (error instanceof ChangeFailure) return error.trouble;
    throw error;
  }
};

test("written with the mode and the owner that it had, nothing left beside it, and taken back byte for byte", () => {
  const path = place("windows.yaml");
  chmodSync(path, 0o640);
  if (process.getuid?.() === 0) chownSync(path, 1_234, 1_235);
  const before = statSync(path);
  const change = fileChange(labels("windows.yaml", "gitea"), memory);
  expect(change.path).toBe(path);
  expect(readFileSync(path).equals(readFileSync(join(fixtures, "windows.yaml")))).toBe(true);
  expect(stateOf(change)).toBe("before");
  writeChange(change, false);
  expect(readFileSync(path, "utf8")).toContain("mem_limit: 512m\r\n");
  expect(stateOf(change)).toBe("after");
  const after = statSync(path);
  expect([after.mode, after.uid, after.gid]).toEqual([before.mode, before.uid, before.gid]);
  expect(readdirSync(folder)).toEqual(["windows.yaml"]);
  writeChange(change, true);
  expect(readFileSync(path).equals(readFileSync(join(fixtures, "windows.yaml")))).toBe(true);
});

describe("of several files", () => {
  beforeEach(() => {
    place("override-base.yaml");
    place("override.yaml");
  });
  const both = (order = "override-base.yaml,override.yaml") => order;
  test("the last that sets the limit counts, as for compose", () => {
    expect(fileChange(labels(both(), "app"), memory).path).toBe(join(folder, "override.yaml"));
    expect(fileChange(labels("override.yaml,override-base.yaml", "app"), memory).path).toBe(
      join(folder, "override-base.yaml"),
    );
    expect(fileChange(labels(both(), "db"), settingFrom("cpu", 2)).path).toBe(
      join(folder, "override-base.yaml"),
    );
  });
  test("a new limit would be a guess where several have the service", () => {
    expect(troubleOf(() => fileChange(labels(both(), "db"), memory))).toEqual({
      code: "file-unclear",
      where: `${join(folder, "override-base.yaml")}, ${join(folder, "override.yaml")}`,
      cause: null,
    });
  });
  test("none that has the service: it comes from elsewhere, or was renamed", () => {
    expect(troubleOf(() => fileChange(labels(both(), "web"), memory))).toMatchObject({
      code: "file-unclear",
      cause: "web",
    });
  });
});

describe("a clear line, and nothing changed", () => {
  const cases: readonly (readonly [string, string, (path: string) => void])[] = [
    ["gone", "file-gone", (path) => rmSync(path)],
    [
      "a folder in its place",
      "file-gone",
      (path) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
    ["read-only, even for root", "file-read-only", (path) => chmodSync(path, 0o444)],
    ["not YAML", "file-not-yaml", (path) => writeFileSync(path, "services:\n  loki: [\n")],
    ["a picture", "file-not-yaml", (path) => writeFileSync(path, Buffer.from([0xff, 0xd8, 0xff, 0xe0]))],
    ["larger than any such file", "file-not-yaml", (path) => writeFileSync(path, "#".repeat(1 << 21))],
    ["under a second name", "file-unclear", (path) => linkSync(path, `${path}.other`)],
  ];
  test.each(cases)("%s: %s", (_, code, spoil) => {
    const path = place("observability.yaml");
    spoil(path);
    const before = readdirSync(folder);
    expect(troubleOf(() => fileChange(labels("observability.yaml", "loki"), memory))).toMatchObject({ code });
    expect(readdirSync(folder)).toEqual(before);
  });

  test("where the value comes from a variable: its text and its line", () => {
    const path = place("environment.yaml");
    expect(troubleOf(() => fileChange(labels(path, "db"), memory))).toEqual({
      code: "file-unclear",
      where: `${path}:4`,
      cause: `\${DB_MEMORY:-512m}`,
    });
  });

  test("changed since it was read: neither written nor taken back", () => {
    const path = place("observability.yaml");
    const change = fileChange(labels(path, "loki"), memory);
    const theirs = readFileSync(path, "utf8").replace("192m", "256m");
    writeFileSync(path, theirs);
    expect(stateOf(change)).toBe("other");
    for (const back of [false, true])
      expect(troubleOf(() => writeChange(change, back))).toMatchObject({ code: "file-changed", where: path });
    expect(readFileSync(path, "utf8")).toBe(theirs);
  });

  test.each(["", ",", "relative.yaml", "../../etc/shadow"])("labels that lead nowhere: %j", (files) => {
    const wrong = { files, folder: "not absolute", service: "loki" };
    expect(troubleOf(() => fileChange(wrong, memory))).toMatchObject({ code: "file-gone" });
  });
});

test("a link is followed once, to what is then shown and written; the link stays", () => {
  const path = place("observability.yaml");
  const link = join(folder, "compose.yaml");
  symlinkSync(path, link);
  const change = fileChange(labels(link, "loki"), memory);
  expect(change.path).toBe(path);
  writeChange(change, false);
  expect(readFileSync(link, "utf8")).toContain("mem_limit: 512m");
  rmSync(path);
  symlinkSync(join(fixtures, "observability.yaml"), path);
  expect(troubleOf(() => writeChange(change, true))).toMatchObject({ code: "file-gone" });
});
