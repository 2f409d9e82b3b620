import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { difference, edited, reversed } from "../../../../../electron/changes/compose/edit.ts";
import { hasLimit, limitIn, patchCompose } from "../../../../../electron/changes/compose/patch.ts";
import { FileUnfit } from "../../../../../electron/changes/compose/unclear.ts";
import { type Setting, settingFrom } from "../../../../../shared/mends/setting.ts";

const mib = 1_048_576;
const memory = (limit: number, withSwap: number | null = limit): Setting => ({
  resource: "memory",
  limit,
  withSwap,
});
const cpu = (limit: number): Setting => settingFrom("cpu", limit);
const pids = (limit: number): Setting => settingFrom("pids", limit);
const fixture = (name: string) =>
  readFileSync(join(import.meta.dirname, "../../../../fixtures/compose", name), "utf8");

/** The lines that a patch takes away and adds, as `diff` would show them. */
const changed = (old: string, next: string) =>
  difference(old, next)
    .filter(({ kind }) => kind !== "same")
    .map(({ kind, line, text }) => `${line} ${kind === "added" ? "+" : "-"} ${text}`);

describe("the patch of a real file changes these lines and nothing else, and undoing it restores every byte", () => {
  const cases: readonly (readonly [string, string, Setting, readonly string[]])[] = [
    [
      "observability.yaml",
      "loki",
      memory(320 * mib),
      ["17 -     mem_limit: 192m  # enough for a week", "17 +     mem_limit: 320m  # enough for a week"],
    ],
    ["observability.yaml", "loki", cpu(1.5), ["18 -     cpus: 0.5", "18 +     cpus: 1.5"]],
    ["observability.yaml", "loki", pids(250), ["19 -     pids_limit: 100", "19 +     pids_limit: 250"]],
    ["observability.yaml", "grafana", memory(1_024 * mib), ["24 +     mem_limit: 1g"]],
    ["observability.yaml", "prometheus", pids(64), ["7 +     pids_limit: 64"]],
    ["stack.yaml", "api", memory(768 * mib), ["11 -           memory: 512M", "11 +           memory: 768M"]],
    ["stack.yaml", "api", cpu(1.25), ["10 -           cpus: '0.50'", "10 +           cpus: '1.25'"]],
    ["stack.yaml", "api", pids(99), ["12 +           pids: 99"]],
    [
      "stack.yaml",
      "worker",
      memory(64 * mib),
      ["24 +       resources:", "25 +         limits:", "26 +           memory: 64m"],
    ],
    [
      "stack.yaml",
      "web",
      cpu(0.5),
      ["27 +     deploy:", "28 +       resources:", "29 +         limits:", "30 +           cpus: 0.5"],
    ],
    ["anchors.yaml", "web-canary", memory(300 * mib), ["19 +     mem_limit: 300m"]],
    ["anchors.yaml", "queue", memory(96 * mib), ["21 -     mem_limit: *small", "21 +     mem_limit: 96m"]],
    [
      "anchors.yaml",
      "cache-replica",
      memory(96 * mib),
      ["29 -     mem_limit: *cache", "29 +     mem_limit: 96m"],
    ],
    ["extends.yaml", "jobs", memory(160 * mib), ["10 +     mem_limit: 160m"]],
    ["extends.yaml", "mailer", memory(160 * mib), ["14 -     mem_limit: 96m", "14 +     mem_limit: 160m"]],
    [
      "units.yaml",
      "bytes",
      memory(320 * mib, 640 * mib),
      [
        "4 -     mem_limit: 201326592",
        "4 +     mem_limit: 335544320",
        "5 -     memswap_limit: 402653184",
        "5 +     memswap_limit: 671088640",
      ],
    ],
    [
      "units.yaml",
      "text",
      memory(320 * mib, null),
      ['8 -     mem_limit: "201326592"', '8 +     mem_limit: "335544320"'],
    ],
    [
      "units.yaml",
      "long",
      memory(2_048 * mib),
      ["12 -     mem_limit: '1.5 GB'", "12 +     mem_limit: '2GB'"],
    ],
    [
      "units.yaml",
      "upper",
      memory(1_280 * mib),
      [
        '15 -     deploy: { resources: { limits: { memory: "256MiB", cpus: "1" } } }',
        '15 +     deploy: { resources: { limits: { memory: "1280MiB", cpus: "1" } } }',
      ],
    ],
    [
      "units.yaml",
      "upper",
      pids(10),
      [
        '15 -     deploy: { resources: { limits: { memory: "256MiB", cpus: "1" } } }',
        '15 +     deploy: { resources: { limits: { memory: "256MiB", cpus: "1", pids: 10 } } }',
      ],
    ],
    ["environment.yaml", "admin", memory(32 * mib), ["14 -     mem_limit: 64m", "14 +     mem_limit: 32m"]],
    [
      "compose.json",
      "proxy",
      memory(64 * mib),
      ['5 -       "mem_limit": "128m",', '5 +       "mem_limit": "64m",'],
    ],
    [
      "compose.json",
      "whoami",
      memory(64 * mib),
      [
        '8 -     "whoami": { "image": "traefik/whoami", "labels": { "traefik.enable": "true" } },',
        '8 +     "whoami": { "image": "traefik/whoami", "labels": { "traefik.enable": "true" }, "mem_limit": "64m" },',
      ],
    ],
    [
      "windows.yaml",
      "gitea",
      memory(1_536 * mib),
      ["5 -         mem_limit: 1g", "5 +         mem_limit: 1536m"],
    ],
    ["windows.yaml", "runner", memory(512 * mib), ["11 +         mem_limit: 512m"]],
    ["build.yaml", "frontend", memory(512 * mib), ["5 +         mem_limit: 512m"]],
    ["build.yaml", "quoted name", cpu(0.75), ["20 -         cpus: .5", "20 +         cpus: 0.75"]],
    ["include.yaml", "app", memory(512 * mib), ["7 +     mem_limit: 512m"]],
  ];
  test.each(cases)("%s: %s", (name, service, setting, lines) => {
    const text = fixture(name);
    const patch = patchCompose(text, service, setting);
    if (patch === null) throw new Error("no such service");
    expect(changed(text, patch.text)).toEqual(lines);
    expect(edited(text, patch.edits)).toBe(patch.text);
    expect(edited(patch.text, reversed(patch.edits))).toBe(text);
    expect(limitIn(patch.text, service, setting)).toBe(setting.limit);
    // Every service but this one means what it meant, by the library's own reading.
    const others = (yaml: string) => {
      const { services, ...rest } = parse(yaml, { merge: true, logLevel: "error" });
      return { ...rest, services: { ...services, [service]: null } };
    };
    expect(others(patch.text)).toEqual(others(text));
  });
});

describe("what can't be written safely is said, with the text at fault and its line", () => {
  const cases: readonly (readonly [string, string, Setting, string, number | null])[] = [
    ["environment.yaml", "db", memory(mib), `\${DB_MEMORY:-512m}`, 4],
    ["environment.yaml", "pooler", memory(mib), '"$POOLER_MEMORY"', 9],
    ["anchors.yaml", "web", memory(mib), "&", null],
    ["anchors.yaml", "cache", memory(mib), "&", null],
    ["anchors.yaml", "search", memory(mib), "&", null],
    ["anchors.yaml", "search-replica", memory(mib), "*deploy", 36],
    ["extends.yaml", "base", memory(mib), "jobs: extends: base", null],
    ["extends.yaml", "reports", memory(mib), "extends: common.yaml", null],
    ["units.yaml", "words", memory(mib), "plenty", 18],
    ["units.yaml", "nothing", memory(mib), "", 21],
    ["build.yaml", "tagged", memory(mib), "mem_limit", 23],
    ["build.yaml", "tagged", cpu(1), "cpu_quota", null],
  ];
  test.each(cases)("%s: %s", (name, service, setting, cause, line) => {
    const refused = (() => {
      try {
        return patchCompose(fixture(name), service, setting);
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toBeInstanceOf(FileUnfit);
    const { code, message, line: at } = refused as FileUnfit;
    expect({ code, message, at }).toEqual({ code: "file-unclear", message: cause, at: line });
  });
});

test.each([
  ["services:\n  a: [1\n", /./],
  ["a: b: c", /./],
  ["just words", /services/],
  ["%PDF-1.4\n\u0000\u0001", /./],
  [
    `a: &a [x]\n${Array.from({ length: 30 }, (_, n) => `b${n}: &b${n} [*${n ? `b${n - 1}` : "a"}, *${n ? `b${n - 1}` : "a"}]`).join("\n")}\nservices: { web: { image: x } }`,
    /alias/i,
  ],
])("no YAML, or none that can be read: %j", (text, cause) => {
  let refused: unknown = null;
  try {
    patchCompose(text, "web", memory(mib));
  } catch (error) {
    refused = error;
  }
  expect(refused).toMatchObject({ code: "file-not-yaml" });
  expect((refused as FileUnfit).message).toMatch(cause);
});

test("a file without the service is none of its files", () => {
  expect(patchCompose(fixture("stack.yaml"), "loki", memory(mib))).toBeNull();
  expect(patchCompose("volumes: {}", "loki", memory(mib))).toBeNull();
  expect(hasLimit(fixture("override-base.yaml"), "db", memory(mib))).toBe(false);
  expect(hasLimit(fixture("override-base.yaml"), "app", memory(mib))).toBe(true);
  expect(limitIn(fixture("override.yaml"), "app", memory(mib))).toBe(320 * mib);
});

test("edits for another text are refused", () => {
  const { edits = [] } = patchCompose(fixture("stack.yaml"), "api", memory(mib)) ?? {};
  expect(edited(fixture("stack.yaml").replace("512M", "513M"), edits)).toBeNull();
});
