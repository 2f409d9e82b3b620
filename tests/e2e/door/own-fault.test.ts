import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Frame } from "../../../shared/wire/frames.ts";
import { built, top } from "../../built.ts";
import { long } from "../../long.ts";
import { enter, reader, socket } from "./client.ts";
import { addressLine, nobody, type Started, start } from "./process.ts";

const started: Started[] = [];
const folders: string[] = [];
beforeAll(built);
afterEach(async () => {
  for (const one of started.splice(0)) await one.end();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Nothing is planted in what is shipped: a module beside it throws when it gets a signal. */
const env = { NODE_OPTIONS: `--import=${pathToFileURL(join(top, "tests/faults/throws-later.mjs"))}` };
const run = (...args: readonly string[]): Started => {
  const one = start(args, env);
  started.push(one);
  return one;
};
const throws = "SIGUSR2";
const rejects = "SIGWINCH";

const successorOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").at(-1));
/** Whether a process has a handler for this signal: before it has, a signal just ends it. */
const catches = (pid: number, signal: number) =>
  ((BigInt(`0x${/^SigCgt:\s+(\w+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]}`) >>
    BigInt(signal - 1)) &
    1n) ===
  1n;
const times = (tare: Started, line: RegExp) => tare.stderr().match(new RegExp(line, "gm"))?.length ?? 0;
const fell = /^Tare has failed by a mistake of its own \(.*planted.*, throws-later\.mjs:\d+:\d+\)\.$/;
const back = /^Tare has started again\./;

async function open() {
  const tare = run("--web", "--no-open");
  const [, , port = "", token = ""] = await tare.said(addressLine);
  return { tare, port: Number(port), entry: await enter(Number(port), token) };
}

/** Lets what serves fall, and gives the process that took its place. */
async function fall(tare: Started, signal: NodeJS.Signals, falls: number): Promise<number> {
  process.kill(falls === 1 ? tare.pid : successorOf(tare.pid), signal);
  await vi.waitFor(() => expect(times(tare, back)).toBe(falls), { timeout: 30_000, interval: 20 });
  expect(times(tare, fell)).toBe(falls);
  return successorOf(tare.pid);
}

describe.runIf(process.platform === "linux")("an error of Tare's own behind the browser door", () => {
  test("another process opens the same door, and pages that were open come back with what they have", async () => {
    const { tare, entry } = await open();
    const before: Frame[] = [];
    const lost = new Promise((resolve) =>
      reader(entry, (frame) => before.push(frame)).once("close", resolve),
    );
    await vi.waitFor(() => expect(before.length).toBeGreaterThan(0), { timeout: 30_000 });
    const at = performance.now();
    const successor = await fall(tare, throws, 1);
    await lost;
    const after: Frame[] = [];
    const page = reader(entry, (frame) => after.push(frame));
    await vi.waitFor(() => expect(after[0]?.whole).toBe(true), { timeout: 30_000, interval: 20 });
    expect(performance.now() - at).toBeLessThan(10_000);
    page.terminate();
    // Nobody else's key has become good by it, and no secret shows.
    const wrong = socket({
      ...entry,
      key: `${entry.key.slice(0, -1)}${entry.key.endsWith("A") ? "B" : "A"}`,
    });
    await expect(
      new Promise((resolve, reject) => {
        wrong.once("open", resolve);
        wrong.once("error", reject);
      }),
    ).rejects.toThrow("403");
    for (const file of ["cmdline", "environ"])
      expect(readFileSync(`/proc/${successor}/${file}`, "latin1")).not.toContain(entry.key);
    // One program, for who started it: it ends with it, as it does without a fall.
    expect(tare.stdout().split("\n")).toHaveLength(2);
    tare.child.kill("SIGTERM");
    expect(await tare.exit).toEqual({ code: 0, signal: null });
    expect(() => process.kill(successor, 0)).toThrow("ESRCH");
  }, 60_000);

  test("three times a minute; the fourth ends it with 70", async () => {
    const { tare } = await open();
    await fall(tare, rejects, 1);
    await fall(tare, throws, 2);
    process.kill(await fall(tare, rejects, 3), throws);
    expect(await tare.exit).toEqual({ code: 70, signal: null });
    expect(times(tare, fell)).toBe(4);
    expect(tare.stderr()).toMatch(/^Tare has failed 4 times within a minute and ends here\./m);
  }, 60_000);

  test("whoever waits is killed: nothing goes on behind the user's back", async () => {
    const { tare } = await open();
    const successor = await fall(tare, throws, 1);
    tare.child.kill("SIGKILL");
    await vi.waitFor(() => expect(() => process.kill(successor, 0)).toThrow("ESRCH"), { timeout: 10_000 });
  }, 60_000);
});

describe.runIf(process.platform === "linux")("an error of Tare's own in the terminal", () => {
  test("what was recorded is whole and can be played; exit code 70", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tare-own-fault-"));
    folders.push(folder);
    const file = join(folder, "out.tare");
    const tare = run("record", file);
    await tare.said(/Recording/);
    const empty = statSync(file).size;
    await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(empty), { timeout: 30_000 });
    tare.child.kill(throws);
    expect(await tare.exit).toEqual({ code: 70, signal: null });
    expect(times(tare, fell)).toBe(1);
    expect(tare.stdout()).toContain("out.tare");
    const played = run("list", "--json", "--replay", file);
    expect((await played.exit).code).toBe(0);
  }, 60_000);
});

// Four starts of the stand-in: with TARE_LONG=1.
if (long && process.platform === "linux")
  test("a window that falls is opened again three times a minute; then all ends with 70", async () => {
    const tare = start(
      [],
      {
        ...env,
        ...{ DISPLAY: ":0", STANDIN: "", ELECTRON_OVERRIDE_DIST_PATH: join(top, "tests/standin") },
      },
      nobody,
    );
    started.push(tare);
    await tare.said(/^Tare runs in Electron\.$/m);
    let last = 0;
    for (let falls = 1; falls <= 4; falls++) {
      await vi.waitFor(
        () => {
          const next = successorOf(tare.pid);
          expect(next).not.toBe(last);
          expect(readFileSync(`/proc/${next}/cmdline`, "latin1")).toContain("standin");
          expect(catches(next, 12)).toBe(true); // SIGUSR2
          last = next;
        },
        { timeout: 30_000 },
      );
      process.kill(last, throws);
      await vi.waitFor(() => expect(times(tare, fell)).toBe(falls), { timeout: 30_000 });
    }
    expect(await tare.exit).toEqual({ code: 70, signal: null });
  }, 60_000);
