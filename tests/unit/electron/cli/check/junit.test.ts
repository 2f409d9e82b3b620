import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { junit } from "../../../../../electron/cli/check/junit.ts";
import { needs } from "../../../../needs.ts";
import { report } from "./report.ts";

const schema = fileURLToPath(new URL("../../../../fixtures/schemas/jenkins-junit.xsd", import.meta.url));
const lint = (xml: string) =>
  execFileSync("xmllint", ["--noout", "--nonet", "--schema", schema, "-"], { input: xml, stdio: "pipe" });

needs("xmllint")("the published schema", () => {
  test("is kept, with findings and without", () => {
    expect(() => lint(junit(report))).not.toThrow();
    expect(() => lint(junit({ ...report, found: [], instances: [] }))).not.toThrow();
  });

  test("refuses what is wrong: it is looked at", () => {
    expect(() => lint(junit(report).replaceAll("<failure", "<fault"))).toThrow();
  });
});

test("a case for each instance and the host, a failure for what is failed for", () => {
  const xml = junit(report);
  expect(xml.match(/<testcase /g)).toHaveLength(4);
  expect(xml.match(/<failure /g)).toHaveLength(1);
  expect(xml).toContain('tests="4" failures="1" errors="0"');
  expect(xml).toContain('<testcase name="win11-dev" classname="tare.libvirt"/>');
  expect(junit({ ...report, failOn: "warning" })).toContain('tests="4" failures="2" errors="0"');
});

test("text from outside stays text", () => {
  const xml = junit(report);
  expect(xml).toContain('name="a&lt;b&gt;&amp;&quot;\\u{7}&#10;\\u{d800}"');
});
