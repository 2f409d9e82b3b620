import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { lineCutter, lineMatcher } from "../../../../electron/lab/line-probe.ts";

const cut = (...chunks: readonly (string | Buffer)[]) => {
  const cutter = lineCutter();
  return [...chunks.flatMap((chunk) => cutter.feed(Buffer.from(chunk))), "|", ...cutter.rest()];
};

test.each([
  ["whole lines, empty ones left out", ["a\nb\n\nc"], ["a", "b", "|", "c"]],
  ["a line over three chunks", ["re", "a", "dy\n"], ["ready", "|"]],
  ["a console's ends", ["one\r\ntwo\r\n"], ["one", "two", "|"]],
  [
    "a character cut by a chunk",
    [Buffer.from("한").subarray(0, 2), Buffer.from("한\n").subarray(2)],
    ["한", "|"],
  ],
  [
    "a long line is cut, and the next is whole",
    [`${"x".repeat(3_000)}\nnext\n`],
    ["x".repeat(1_024), "next", "|"],
  ],
  ["cut inside a character", [`${"x".repeat(1_023)}한\n`], ["x".repeat(1_023), "|"]],
  ["a flood without an end", ["y".repeat(70_000), "y".repeat(70_000)], ["|", "y".repeat(1_024)]],
])("%s", (_, chunks, lines) => expect(cut(...chunks)).toEqual(lines));

test("any of the lines, as JavaScript matches", () => {
  const matches = lineMatcher("^server (ready|up) at port \\d+$");
  expect(matches([])).toBe(false);
  expect(matches(["starting", "server ready at port x"])).toBe(false);
  expect(matches(["starting", "server up at port 80", "later"])).toBe(true);
  expect(lineMatcher("준비\\s완료")(["서버 준비 완료"])).toBe(true);
  expect(lineMatcher("a\\-b")(["a-b"])).toBe(true); // an escape that the flag u does not know
});

test("what is no expression is refused at once", () => {
  expect(() => lineMatcher("(")).toThrow(/failed: \(: /);
});

test.each(["^(a+)+$", "(a|a)*b$", "(.*.*.*.*.*)=x"])("%s may take for ever: it is stopped", (pattern) => {
  const matches = lineMatcher(pattern);
  const began = performance.now();
  expect(() => matches([`${"a".repeat(1_000)}!`])).toThrow(/longer than 100 ms/);
  expect(performance.now() - began).toBeLessThan(2_000);
});

test.skipIf(process.platform === "win32")(
  "a process that was put aside meanwhile is no fault of the expression",
  () => {
    // Some ms of work for each look, so that each stop falls into one.
    const matches = lineMatcher("^(a+)+$");
    const lines = [`${"a".repeat(18)}!`];
    const stops = `for i in 1 2 3; do kill -STOP ${process.pid}; sleep 0.15; kill -CONT ${process.pid}; sleep 0.05; done`;
    const began = performance.now();
    spawn("sh", ["-c", stops], { stdio: "ignore" });
    let longest = 0;
    for (let last = began; last - began < 1_000; ) {
      expect(matches(lines)).toBe(false);
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }
    expect(longest).toBeGreaterThan(140);
  },
);
