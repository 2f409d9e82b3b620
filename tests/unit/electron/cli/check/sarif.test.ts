import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { sarif } from "../../../../../electron/cli/check/sarif.ts";
import { report } from "./report.ts";

const {
  id: _,
  $schema: __,
  ...published
} = JSON.parse(
  readFileSync(new URL("../../../../fixtures/schemas/sarif-2.1.0-rtm.5.json", import.meta.url), "utf8"),
);
const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true });
const valid = ajv.compile(published);
const errors = (value: unknown) => {
  valid(JSON.parse(JSON.stringify(value)));
  return valid.errors ?? [];
};

test("is what the published schema asks for, with findings and without", () => {
  expect(errors(sarif(report))).toEqual([]);
  expect(errors(sarif({ ...report, found: [], instances: [] }))).toEqual([]);
});

test("the schema refuses what is wrong: it is looked at", () => {
  const log = JSON.parse(JSON.stringify(sarif(report)));
  log.runs[0].results[0].level = "dreadful";
  expect(errors(log)).not.toEqual([]);
});

test("says of each finding its rule, its level, its instance and the sentences", () => {
  const [run] = sarif(report).runs;
  expect(run?.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
    ["memory-killed", "error"],
    ["limits-over-host", "warning"],
    ["no-limit", "note"],
  ]);
  expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual([
    "limits-over-host",
    "memory-killed",
    "no-limit",
  ]);
  expect(run?.results[0]).toMatchObject({
    ruleIndex: 1,
    message: {
      text: "observ-loki-1 was killed twice in the last hour\nIt holds 168 MiB of its own memory.\ndocker update --memory 320m --memory-swap 320m observ-loki-1",
    },
    locations: [{ logicalLocations: [{ name: "observ-loki-1", fullyQualifiedName: "docker:aa" }] }],
  });
});
