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
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { openSettings } from "../../../electron/settings.ts";
import { defaultSettings, settingsPatchSchema } from "../../../shared/model/settings.ts";
import { defaultThresholds } from "../../../shared/rules/thresholds.ts";

const top = mkdtempSync(join(tmpdir(), "tare-settings-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));
let folder = top;
let turn = 0;
beforeEach(() => {
  folder = join(top, String(turn++));
});

const file = () => join(folder, "settings.json");
const written = () => JSON.parse(readFileSync(file(), "utf8"));
function put(text: string) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(file(), text);
}

test("nothing was ever set: the defaults, no trouble, and no directory is made", () => {
  const store = openSettings(folder);
  expect(store.settings({})).toEqual({ settings: defaultSettings, path: file(), trouble: null });
  expect(() => statSync(folder)).toThrow("ENOENT");
});

test("what is set is in force at once, comes back to another Tare, and only what differs is written", async () => {
  const store = openSettings(folder);
  const thresholds = { ...defaultThresholds, memoryNear: 0.8 };
  const muted = [{ rule: "no-limit" as const, name: null }];
  expect(store.setSettings({ changes: true, thresholds, muted })).toEqual({
    settings: { ...defaultSettings, changes: true, thresholds, muted },
  });
  expect(store.now().changes).toBe(true);
  expect(openSettings(folder).now()).toEqual(store.now());
  expect(written()).toEqual({ format: 1, changes: true, muted, thresholds: { memoryNear: 0.8 } });
  await store.setSettings({ changes: false });
  expect(written()).toEqual({ format: 1, muted, thresholds: { memoryNear: 0.8 } });
});

test("for this user alone, and nothing half-written beside it", () => {
  openSettings(folder).setSettings({ alerts: false });
  expect(readdirSync(folder)).toEqual(["settings.json"]);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test("what another Tare or an editor wrote is seen when a page asks, and is not lost when one sets", async () => {
  const store = openSettings(folder);
  const same = store.now();
  await store.settings({});
  expect(store.now()).toBe(same);
  put('{"alerts":false}');
  expect(await store.settings({})).toMatchObject({ settings: { alerts: false }, trouble: null });
  put('{"kernel":"/boot/other"}');
  await store.setSettings({ changes: true });
  expect(written()).toEqual({ format: 1, changes: true, kernel: "/boot/other" });
});

describe("a file that can't be used is kept as it is, and the defaults hold", () => {
  const cases: readonly (readonly [string, string, string, RegExp])[] = [
    ["cut", '{"changes":tr', "garbled", /JSON/],
    ["empty", "", "garbled", /JSON/],
    ["of another shape", "[1]", "garbled", /^settings$/],
    ["with a key that nobody knows", '{"chnages":true}', "garbled", /^chnages\?$/],
    ["with a threshold that nobody knows", '{"thresholds":{"memory":1}}', "garbled", /^thresholds.memory\?$/],
    ["with a fraction above 1", '{"thresholds":{"memoryNear":90}}', "garbled", /^thresholds.memoryNear$/],
    ["of a newer Tare", '{"format":2,"changes":true,"colour":"red"}', "outdated", /format 2/],
    [
      "with thresholds that contradict each other",
      '{"thresholds":{"memoryNear":0.4}}',
      "misconfigured",
      /unusedBelow \(0.5\), memoryNear \(0.4\)/,
    ],
  ];
  test.each(cases)("%s", async (_, text, code, cause) => {
    put(text);
    const store = openSettings(folder);
    const told = await store.settings({});
    expect(told).toMatchObject({ settings: defaultSettings, trouble: { code, where: file() } });
    expect(told.trouble?.cause).toMatch(cause);
    expect(await store.setSettings({ changes: true })).toMatchObject({ trouble: { code } });
    expect(store.now()).toEqual(defaultSettings);
    expect(readFileSync(file(), "utf8")).toBe(text);
  });

  test("and is used again once it is mended", async () => {
    put("{");
    const store = openSettings(folder);
    put('{"changes":true}');
    expect(await store.settings({})).toMatchObject({ settings: { changes: true }, trouble: null });
  });
});

test("thresholds that contradict each other are refused, and nothing is written", async () => {
  const store = openSettings(folder);
  const thresholds = { ...defaultThresholds, unusedBelow: 0.95 };
  expect(await store.setSettings({ thresholds })).toMatchObject({ trouble: { code: "misconfigured" } });
  expect(store.now()).toBe(defaultSettings);
  expect(() => statSync(file())).toThrow("ENOENT");
});

test("a link in its place is neither read nor written through", async () => {
  mkdirSync(folder, { recursive: true });
  const elsewhere = join(folder, "elsewhere.json");
  writeFileSync(elsewhere, '{"changes":true}');
  symlinkSync(elsewhere, file());
  const store = openSettings(folder);
  expect(store.now()).toEqual(defaultSettings);
  expect(await store.setSettings({ changes: true })).toMatchObject({ trouble: { where: file() } });
  expect(readFileSync(elsewhere, "utf8")).toBe('{"changes":true}');
});

test("where nothing can be kept, the live view goes on with the defaults", async () => {
  writeFileSync(folder, "no directory");
  const store = openSettings(folder);
  expect(await store.settings({})).toMatchObject({ settings: defaultSettings, trouble: null });
  expect(await store.setSettings({ changes: true })).toMatchObject({ trouble: { code: "absent" } });
  expect(store.now().changes).toBe(false);
});

test.runIf(process.getuid?.() !== 0)("a directory that may not be written is told as denied", async () => {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o500);
  const store = openSettings(folder);
  expect(await store.setSettings({ changes: true })).toMatchObject({ trouble: { code: "denied" } });
});

test("a page can set nothing that is no setting", () => {
  expect(settingsPatchSchema.safeParse({ chnages: true }).success).toBe(false);
  expect(settingsPatchSchema.safeParse({ quietHours: { from: 0, to: 1_440 } }).success).toBe(false);
  expect(settingsPatchSchema.safeParse({ thresholds: { memoryNear: 0.8 } }).success).toBe(false);
  expect(settingsPatchSchema.safeParse({ quietHours: { from: 1_320, to: 420 } }).success).toBe(true);
});
