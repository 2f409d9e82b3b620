import { fails, type Report, type Reported } from "./report.ts";

/** https://www.w3.org/TR/xml/#charsets */
const held = (code: number) =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 0x20 && code < 0xd800) ||
  (code > 0xdfff && code < 0xfffe) ||
  code > 0xffff;

/** What XML 1.0 can't hold, even escaped, is shown as what it is. */
const allowed = (text: string) =>
  [...text]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      return held(code) ? character : `\\u{${code.toString(16)}}`;
    })
    .join("");

const escaped = (text: string) =>
  allowed(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    // A parser turns them into spaces in an attribute.
    .replaceAll("\n", "&#10;")
    .replaceAll("\r", "&#13;")
    .replaceAll("\t", "&#9;");

const body = ({ explanation, evidence, mend }: Reported) =>
  [explanation, ...evidence, mend].filter((line) => line !== null && line !== "").join("\n");

const failure = (one: Reported) =>
  `      <failure type="${escaped(one.finding.rule)}" message="${escaped(one.title)}">${escaped(body(one))}</failure>`;

/**
 * A report as JUnit's result file, as Jenkins, GitLab and others read it: a case for each instance that was looked at, one for
 * the computer; what is failed for is a failure, the rest stands in the case's output. Ends with a line break.
 */
export function junit(report: Report): string {
  const cases = [
    ...report.instances.map(({ id, name, engine }) => ({ id, name, of: engine as string })),
    { id: null, name: report.host, of: "host" },
  ].map(({ id, name, of }) => {
    const found = report.found.filter(({ finding }) => finding.instance === id);
    const failed = found.filter(({ finding }) => fails(finding, report.failOn));
    const told = found.filter(({ finding }) => !fails(finding, report.failOn));
    const lines = [
      ...failed.map(failure),
      ...(told.length === 0
        ? []
        : [`      <system-out>${escaped(told.map(({ title }) => title).join("\n"))}</system-out>`]),
    ];
    const head = `    <testcase name="${escaped(name)}" classname="tare.${of}"`;
    return {
      failed: failed.length > 0,
      text: lines.length === 0 ? `${head}/>` : [`${head}>`, ...lines, "    </testcase>"].join("\n"),
    };
  });
  const failures = cases.filter(({ failed }) => failed).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`;
  const seconds = ((report.to - report.from) / 1_000).toString();
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="tare check" time="${seconds}" ${counts}>`,
    `  <testsuite name="limits" hostname="${escaped(report.host)}" timestamp="${new Date(report.from).toISOString()}" time="${seconds}" ${counts}>`,
    ...cases.map(({ text }) => text),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}
