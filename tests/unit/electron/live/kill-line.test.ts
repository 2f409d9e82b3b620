import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseKill, parseWrittenAt } from "../../../../electron/live/kill-line.ts";
import { fuzzRuns } from "../../../fuzz-runs.ts";

const id = "52ec7d87eb549070d23d63889100a9d3ae2d56cdb6e3ec2453ecb7922bc69321";
/** As Linux 6.18 wrote it, but for what a test changes. */
const line = (task: string, cgroup = `/docker/${id}`, level = 6) =>
  `${level},26768,24923650038,-;oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=${id},mems_allowed=0,` +
  `oom_memcg=${cgroup},task_memcg=${cgroup},task=${task},pid=21382,uid=0\n`;

describe("a kill in the kernel's log", () => {
  test("within its cgroup", () => {
    expect(parseKill(line("sh"))).toEqual({ cgroup: `/docker/${id}`, pid: 21382, name: "sh" });
    expect(parseWrittenAt(line("sh"))).toBe(24_923_650_038);
  });
  test("the whole computer was short of memory", () => {
    const text =
      "6,9,7,-;oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/a.slice/b.scope,task=qemu-system-x86,pid=5,uid=64055\n SUBSYSTEM=x\n";
    expect(parseKill(text)).toEqual({ cgroup: "/a.slice/b.scope", pid: 5, name: "qemu-system-x86" });
  });
  test.each([
    ["x,pid=1,uid=0", "x,pid=1,uid=0"],
    ["a,task=b", "a,task=b"],
    ["with space", "with space"],
    ["\\xec\\x9b\\xb9", "웹"],
    ["back\\x5cslash", "back\\slash"],
    ["", ""],
  ])("a program that calls itself %j is told by that name", (written, name) => {
    expect(parseKill(line(written))).toMatchObject({ name, pid: 21382, cgroup: `/docker/${id}` });
  });
  test("a cgroup's path is a byte a character", () =>
    expect(parseKill(line("sh", "/a\\x5cx2d/\\xff"))?.cgroup).toBe("/a\\x2d/\xff"));
  test.each([
    ["written by a program: it has a facility", line("sh", "/a", 12)],
    ["another line", "3,1,2,-;Memory cgroup out of memory: Killed process 5 (sh) total-vm:1kB\n"],
    ["a text that only mentions it", "6,1,2,-;x oom-kill:,task_memcg=/a,task=b,pid=1,uid=0\n"],
    ["cut", line("sh").slice(0, 200)],
    ["no record", ""],
    ["no pid", line("sh").replace("pid=21382", "pid=")],
  ])("%s: none", (_, text) => expect(parseKill(text)).toBeNull());
});

test("whatever the bytes, no parser throws, and no kill comes from a line without one", () => {
  const strike = fc.tuple(fc.nat(500), fc.constantFrom(",", ";", "\n", "=", "\\", "x", "9", "\0"));
  const mangled = fc.array(strike, { maxLength: 8 }).map((strikes) => {
    const letters = [...line("a,task=b")];
    for (const [at, letter] of strikes) if (at < letters.length) letters[at] = letter;
    return letters.join("");
  });
  fc.assert(
    fc.property(fc.oneof(mangled, fc.string({ maxLength: 300 })), (text) => {
      const kill = parseKill(text);
      if (kill) expect(text).toContain(";oom-kill:");
      if (kill) expect(Number.isSafeInteger(kill.pid)).toBe(true);
      const at = parseWrittenAt(text);
      expect(at === null || at >= 0).toBe(true);
    }),
    fuzzRuns(3_000),
  );
});
