import { expect, test } from "vitest";
import { directListener } from "../../../../../electron/lab/guest/listener.ts";

const mark = (text: string) => `TARE:5f0c:${text}`;
const port = { kind: "port", port: 80 } as const;

test("phases in their order, each when it is told", () => {
  const { hear } = directListener("5f0c", port);
  expect(hear(["[    0.000000] Linux version 6.1.0"])).toEqual({ moments: ["kernel"], failed: null });
  expect(hear([mark("init"), "mounted", mark("exec")])).toEqual({ moments: ["init", "exec"], failed: null });
  expect(hear([`no end of line${mark("ready")}`])).toEqual({ moments: ["ready"], failed: null });
});

test("another guest's markers, and the workload's talk of Linux, are output", () => {
  const { hear, output } = directListener("5f0c", port);
  hear([mark("exec")]);
  expect(hear(["TARE:other:ready", "Linux version 2.6", "TARE:5f0c:readyish"])).toEqual({
    moments: [],
    failed: null,
  });
  expect(output()).toEqual(["TARE:other:ready", "Linux version 2.6", "TARE:5f0c:readyish"]);
});

test("a line counts from exec on, with a marker in one piece too", () => {
  const { hear } = directListener("5f0c", { kind: "line", pattern: "^open 8\\d$" });
  expect(hear(["open 80", mark("init"), "open 80", mark("exec")]).moments).toEqual(["init", "exec"]);
  expect(hear(["is open 80", "open 8"]).moments).toEqual([]);
  expect(hear(["open 81"]).moments).toEqual(["ready"]);
});

test.each([
  ["before the workload", [], "failed-to-start"],
  ["after it began", [mark("exec")], "exited"],
])("a panic %s", (_, before, code) => {
  const { hear } = directListener("5f0c", port);
  hear(before);
  const line = "[    1.2] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000700";
  expect(hear([line, mark("exit 1")]).failed).toEqual({
    code,
    cause: "Attempted to kill init! exitcode=0x00000700",
  });
});

test("the workload's end is told, and its output is the workload's alone", () => {
  const { hear, output } = directListener("5f0c", port);
  expect(hear(["[    0.1] kernel", mark("exec"), "cannot bind", mark("exit 98")]).failed).toEqual({
    code: "exited",
    cause: "exit 98",
  });
  expect(output()).toEqual(["cannot bind"]);
});
