import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allOf, beyondDefault, parseCapabilities } from "../../../../electron/live/capabilities.ts";
import { parsePrivileges, parseReadOnlyRoot, readSecurity } from "../../../../electron/live/security.ts";
import { fuzzRuns } from "../../../fuzz-runs.ts";

/** Of a container of Docker 20.10 as it is by default. */
const status = `Name:\tsleep
Uid:\t0\t1000\t0\t0
CapInh:\t0000000000000000
CapEff:\t00000000a80425fb
CapBnd:\t00000000a80425fb
NoNewPrivs:\t0
Seccomp:\t2
Seccomp_filters:\t1
`;

test("privileges as the kernel writes them", () => {
  expect(parsePrivileges(status)).toEqual({
    user: 1000,
    effective: 0xa80425fbn,
    bounding: 0xa80425fbn,
    noNewPrivileges: false,
    seccomp: "filter",
  });
  const unknown = { user: null, effective: null, bounding: null, noNewPrivileges: null, seccomp: null };
  expect(parsePrivileges("")).toEqual(unknown);
  expect(parsePrivileges("Seccomp:\t9\nCapEff:\tzz\nUid:\t0\n")).toEqual(unknown);
});

describe("capabilities", () => {
  test("what Docker gives by itself is nothing more", () => {
    const given = parseCapabilities(0xa80425fbn);
    expect(given).toHaveLength(14);
    expect(beyondDefault(given)).toEqual([]);
  });
  test("what is added is told", () =>
    // bits 12 and 21 more: NET_ADMIN, SYS_ADMIN
    expect(beyondDefault(parseCapabilities(0xa80425fbn | (1n << 12n) | (1n << 21n)))).toEqual([
      "NET_ADMIN",
      "SYS_ADMIN",
    ]));
  test("one that this list does not know goes by its number", () =>
    expect(parseCapabilities(1n << 50n)).toEqual(["CAP_50"]));
  test("all of them is all that the first process may have", () => {
    expect(allOf(0x1fffeffffffn, 0x1fffeffffffn)).toBe(true);
    expect(allOf(0xa80425fbn, 0x1fffeffffffn)).toBe(false);
    expect(allOf(5n, 0n)).toBe(false);
  });
});

describe("the root's file system", () => {
  const row = (options: string) =>
    `1250 1190 0:331 / / ${options} master:90 - overlay overlay rw,lowerdir=/a\n`;
  test.each([
    ["ro,relatime", true],
    ["rw,relatime", false],
  ])("%s", (options, readOnly) =>
    expect(parseReadOnlyRoot(`${row(options)}1251 1250 0:5 / /proc rw - proc proc rw\n`)).toBe(readOnly),
  );
  test("the last mount on it is the one that is seen", () =>
    expect(parseReadOnlyRoot(row("rw") + row("ro,nosuid"))).toBe(true));
  test("none is listed: unknown", () => {
    expect(parseReadOnlyRoot("")).toBeNull();
    expect(parseReadOnlyRoot("1 2 0:3 / /etc ro - tmpfs tmpfs ro\n")).toBeNull();
  });
});

test("this very process", () => {
  const own = readSecurity(process.pid);
  expect(own?.user).toBe(process.geteuid?.());
  const hex = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  const bits = [...BigInt(`0x${hex}`).toString(2)].filter((bit) => bit === "1").length;
  expect(own?.capabilities).toHaveLength(bits);
  expect(readSecurity(4_194_304)).toBeNull();
});

test("whatever the bytes, nothing throws", () => {
  const mangled = fc
    .array(fc.tuple(fc.nat(status.length - 1), fc.string({ minLength: 1, maxLength: 1 })), { maxLength: 10 })
    .map((strikes) => {
      const letters = [...status];
      for (const [at, letter] of strikes) letters[at] = letter;
      return letters.join("");
    });
  fc.assert(
    fc.property(fc.oneof(mangled, fc.string({ maxLength: 300 })), (text) => {
      const { user, seccomp } = parsePrivileges(text);
      expect(user === null || user >= 0).toBe(true);
      expect([null, "off", "strict", "filter"]).toContain(seccomp);
      parseReadOnlyRoot(text);
    }),
    fuzzRuns(3_000),
  );
});
