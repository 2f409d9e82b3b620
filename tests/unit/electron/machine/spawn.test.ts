import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test, vi } from "vitest";
import { decode, findProgram, keep, run } from "../../../../electron/machine/spawn.ts";

const bin = (name: string) => fileURLToPath(new URL(`../../../bin/${name}`, import.meta.url));
vi.setConfig({ testTimeout: 40_000 });
/** Deadline of a program that is expected to end by itself; generous, since the machine may be busy. */
const generous = 20_000;

/** Children of ours that ended and were not reaped. */
function zombies(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ");
  return children.filter((pid) => pid !== "" && stateOf(Number(pid)) === "Z").length;
}

/** State letter of a process; null: there is none. */
function stateOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text[text.lastIndexOf(")") + 2] ?? null;
  } catch {
    return null;
  }
}

/** No process of the group is left (a killed orphan may wait for init to reap it). */
const groupEnded = (pid: number) =>
  vi.waitFor(() => expect(() => process.kill(-pid, 0)).toThrow("ESRCH"), { timeout: 5_000, interval: 20 });

afterEach(() => vi.waitFor(() => expect(zombies()).toBe(0)));

test("gives code and both outputs, in a plain environment", async () => {
  const ran = await run("/bin/sh", ["-c", "echo $LC_ALL $LIBVIRT_AUTOSTART; echo no >&2; exit 4"], {
    deadline: generous,
  });
  expect(ran).toEqual({ code: 4, stdout: "C 0\n", stderr: "no\n", timedOut: false, cut: false });
});

test("passes none of our own environment on", async () => {
  process.env.TARE_SECRET = "token";
  const { stdout } = await run("/usr/bin/env", [], { deadline: generous });
  delete process.env.TARE_SECRET;
  expect(stdout).not.toContain("TARE_SECRET");
});

test("cuts a program that writes 2 GB at 8 MiB", async () => {
  const before = process.memoryUsage().rss;
  const ran = await run(bin("floods"), [], { deadline: generous });
  expect(ran).toMatchObject({ code: null, timedOut: false, cut: true });
  expect(ran.stdout).toHaveLength(8 << 20);
  expect(process.memoryUsage().rss - before).toBeLessThan(128 << 20);
});

test("reads UTF-16LE", async () => {
  const { stdout } = await run(bin("writes-wide"), [], { deadline: generous });
  expect(stdout).toBe("  NAME 이름\r\n* Ubuntu\r\n");
});

test.each([
  ["UTF-8", Buffer.from("이름 web\n"), "이름 web\n"],
  ["UTF-16LE with its mark, no NUL in it", Buffer.from("\ufeff이름표를", "utf16le"), "이름표를"],
  ["an odd last byte is no text", Buffer.from([0x61, 0, 0x62, 0, 0x63]), "ab\ufffd"],
  ["two bytes are too few to tell", Buffer.from([0x61, 0]), "a\0"],
  ["nothing", Buffer.alloc(0), ""],
])("decodes %s", (_, bytes, text) => {
  expect(decode(bytes)).toBe(text);
});

test("ends what closed its output and is deaf to SIGTERM, at the deadline", async () => {
  const ran = await run(bin("closes-and-stays"), [], { deadline: 1_500 });
  expect(ran).toEqual({ code: null, stdout: "here\n", stderr: "", timedOut: true, cut: false });
});

test("does not wait for a child that holds the pipes, and leaves none behind", async () => {
  const ran = await run(bin("leaves-a-child"), [], { deadline: generous });
  expect(ran).toMatchObject({ code: 0, timedOut: false });
  await groupEnded(Number(ran.stdout));
});

test("does not wait for a child that left the group", async () => {
  const ran = await run(bin("leaves-the-group"), [], { deadline: 500 });
  expect(ran.timedOut).toBe(true);
});

test("is not hurt by a program that ends without reading its input", async () => {
  const ran = await run(bin("ends-unread"), [], { deadline: generous, input: "x".repeat(1 << 20) });
  expect(ran.code).toBe(3);
});

test("ends at once when the signal aborts, also when it had aborted before", async () => {
  const stop = new AbortController();
  const running = run(bin("closes-and-stays"), [], { deadline: generous, signal: stop.signal });
  stop.abort();
  expect(await running).toMatchObject({ code: null, timedOut: false });
  await expect(run("/bin/true", [], { deadline: generous, signal: stop.signal })).rejects.toThrow("aborted");
});

test("rejects where there is nothing to start", async () => {
  await expect(run("/nowhere/at-all", [], { deadline: generous })).rejects.toThrow("ENOENT");
  expect(() => keep("/nowhere/at-all", [], new AbortController().signal)).toThrow();
  expect(findProgram("tare-no-such-program")).toBeNull();
});

test("keeps a program in conversation until the signal aborts, then its whole group is gone", async () => {
  const stop = new AbortController();
  const kept = keep("/bin/sh", ["-c", "sleep 60 & cat"], stop.signal);
  const heard = new Promise<string>((resolve) => kept.stdout.once("data", (data) => resolve(String(data))));
  kept.stdin.write("hello\n");
  expect(await heard).toBe("hello\n");
  stop.abort();
  expect(await kept.ended).toEqual({ code: null });
  await groupEnded(kept.pid);
});

test("gives a kept program further descriptors: an open file of ours, and a pipe that it writes to", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tare-spawn-"));
  writeFileSync(join(folder, "closed to others"), "inside\n", { mode: 0o600 });
  const file = openSync(join(folder, "closed to others"), "r");
  const kept = keep("/bin/sh", ["-c", "cat <&4 >&3"], new AbortController().signal, ["pipe", file]);
  closeSync(file);
  rmSync(folder, { recursive: true });
  const heard: string[] = [];
  for (const pipe of kept.further) pipe.on("data", (data) => heard.push(String(data)));
  expect(await kept.ended).toEqual({ code: 0 });
  await vi.waitFor(() => expect(heard).toEqual(["inside\n"]));
});

test("tells the end of a kept program, and takes what is written after it", async () => {
  const kept = keep(bin("ends-unread"), [], new AbortController().signal);
  expect(await kept.ended).toEqual({ code: 3 });
  kept.stdin.write("still there?\n");
  await new Promise(setImmediate);
});
