import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { kernelLog } from "../../../../electron/live/kernel-log.ts";

test("a log that is not there, or not ours to read, is told once and costs nothing", () => {
  const log = kernelLog("/nowhere/kmsg");
  expect(log.closed).toBe("off");
  expect(log.take()).toEqual([]);
  log.close();
  log.close();
});

test("what can't be read in an unforeseen way ends it; it is not tried for ever", () => {
  const folder = mkdtempSync(join(tmpdir(), "tare-kmsg-"));
  const log = kernelLog(folder); // reading a folder answers EISDIR
  expect(log.take()).toEqual([]);
  expect(log.closed).toBe("off");
  rmSync(folder, { recursive: true });
});

test("what was written before it was opened is passed over", () => {
  const folder = mkdtempSync(join(tmpdir(), "tare-kmsg-"));
  const record = (micros: number) =>
    `6,1,${micros},-;oom-kill:constraint=CONSTRAINT_MEMCG,task_memcg=/a,task=sh,pid=5,uid=0\n`;
  const now = Number(process.hrtime.bigint() / 1_000n);
  writeFileSync(join(folder, "old"), record(now - 60e6));
  writeFileSync(join(folder, "new"), record(now));
  const [old, fresh] = [kernelLog(join(folder, "old")), kernelLog(join(folder, "new"))];
  expect(old.take()).toEqual([]);
  expect(fresh.take()).toEqual([{ cgroup: "/a", pid: 5, name: "sh" }]);
  old.close();
  fresh.close();
  rmSync(folder, { recursive: true });
});
