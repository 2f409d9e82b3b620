import { expect, test } from "vitest";
import { lineOf } from "../../../../electron/machine/own-fault.ts";

const thrown = (stack: string, message = "x is not a function") =>
  Object.assign(new TypeError(message), { stack: `TypeError: ${message}\n${stack}` });

test.each([
  [
    "a module",
    "    at take (file:///opt/tare/dist/electron/feed.js:12:3)\n    at later (file:///opt/tare/dist/electron/app.js:1:1)",
    "feed.js:12:3",
  ],
  ["a function without a name", "    at file:///opt/tare/dist/electron/feed.js:12:3", "feed.js:12:3"],
  ["a path with a space", "    at take (file:///opt/my%20tare/dist/electron/feed.js:12:3)", "feed.js:12:3"],
  [
    "WebAssembly and Node first",
    "    at wasm://wasm/00b6:wasm-function[12]:0x1f\n    at process.processImmediate (node:internal/timers:483:21)\n    at run (/opt/tare/dist/electron/sqlite.js:7:1)",
    "sqlite.js:7:1",
  ],
] as const)("the first place of ours: %s", (_, stack, place) => {
  expect(lineOf(thrown(stack))).toBe(`TypeError: x is not a function, ${place}`);
});

test.each([
  ["no stack", thrown("    at wasm://wasm/00b6:wasm-function[12]:0x1f"), "TypeError: x is not a function"],
  ["no error", "just text", "just text"],
  ["nothing", undefined, "undefined"],
] as const)("without a place: %s", (_, error, line) => {
  expect(lineOf(error)).toBe(line);
});

test("one line, whatever the error says, and no longer than a few hundred characters", () => {
  const line = lineOf(thrown("    at f (file:///a/b.js:1:2)", `a\nb\u001b[31m${"c".repeat(10_000)}`));
  for (const control of ["\n", "\u001b"]) expect(line).not.toContain(control);
  expect(line.length).toBeLessThan(400);
  expect(line).toMatch(/, b\.js:1:2$/);
});
