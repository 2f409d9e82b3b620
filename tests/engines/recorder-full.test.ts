import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { record } from "../../electron/history/recorder.ts";
import { openRecording } from "../../electron/history/recording.ts";
import type { Trouble } from "../../shared/model/trouble.ts";
import { manualClock } from "../manual-clock.ts";
import { needs } from "../needs.ts";
import { handSource, instance, sample, tick } from "../unit/electron/history/play-source.ts";

const start = 1_795_500_000_000;
const many = Array.from({ length: 60 }, (_, slot) => instance(slot));
/** Figures that no packing makes small, so that a small disk is soon full. */
const noisy = (second: number) =>
  tick(start + second * 1000, {
    whole: second === 0,
    came: second === 0 ? many : [],
    samples: new Map(
      many.map(({ id }, n) => [
        id,
        sample({
          gross: Math.sin(second * 61 + n) * 1e9,
          net: Math.cos(second * 67 + n) * 1e9,
          cores: Math.abs(Math.sin(second * 71 + n)),
          cache: Math.cos(second * 73 + n) * 1e7,
        }),
      ]),
    ),
  });

needs("root")("faults 16 and 18: a recording on a disk that fills, and is emptied again", () => {
  let folder: string;
  let disk: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tare-full-"));
    disk = join(folder, "disk");
    mkdirSync(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", disk]);
  });
  afterEach(() => {
    execFileSync("umount", ["-l", disk]);
    rmSync(folder, { recursive: true, force: true });
  });

  /** A recording, a second a step; what it told, and when. */
  function recording() {
    const clock = manualClock(start);
    const source = handSource();
    const stop = new AbortController();
    const told: { readonly second: number; readonly code: string | null }[] = [];
    const path = join(disk, "out.tare");
    let second = 0;
    let saved = 0;
    const ended = record(path, source, {
      clock,
      version: "0.1.0",
      signal: stop.signal,
      for: null,
      name: null,
      keep: () => true,
      onBegun: () => undefined,
      onSaved(until) {
        saved = (until - start) / 1000;
      },
      onTrouble: (trouble: Trouble | null) => told.push({ second, code: trouble?.code ?? null }),
    });
    return {
      path,
      told,
      saved: () => saved,
      second: () => second,
      async run(seconds: number) {
        for (const end = second + seconds; second < end; second++) {
          source.put(noisy(second));
          await clock.pass(1000);
        }
      },
      end() {
        stop.abort();
        return ended;
      },
    };
  }

  /** Every second from the first to `to` stands in the file, with its figures. */
  function expectAll(path: string, to: number): void {
    const file = openRecording(path);
    expect([file.from, file.to]).toEqual([start, start + to * 1000]);
    let seconds = 0;
    for (let frame = file.upTo(file.from); frame; frame = file.after(frame.at)) {
      expect(frame.rows.get(7)?.gross).toBe(Math.sin(seconds * 61 + 7) * 1e9);
      seconds++;
    }
    expect(seconds).toBe(to + 1);
    file.close();
  }

  test("told within 5 s, goes on, never says saved what is not, resumes, and nothing is lost", async () => {
    const one = recording();
    await one.run(20);
    expect([one.saved(), one.told]).toEqual([18, []]);

    const ballast = join(disk, "ballast");
    fill(ballast);
    const full = one.second();
    await one.run(60);
    expect(one.told.map(({ code }) => code)).toEqual(["full"]);
    expect((one.told[0]?.second ?? 99) - full).toBeLessThanOrEqual(5);
    const before = one.saved();
    expect(before).toBeLessThan(full + 5);

    rmSync(ballast);
    const free = one.second();
    await one.run(10);
    expect(one.told.map(({ code }) => code)).toEqual(["full", null]);
    expect((one.told[1]?.second ?? 99) - free).toBeLessThanOrEqual(5);
    const { unsaved } = await one.end();
    expect(unsaved).toBeNull();
    expectAll(one.path, 89);
  }, 60_000);

  test("ended while it is full: what was told saved is there, and that the rest is not is said", async () => {
    const one = recording();
    await one.run(20);
    fill(join(disk, "ballast"));
    await one.run(10);
    const { unsaved, to } = await one.end();
    expect(unsaved?.code).toBe("full");
    expect(to).toBe(start + one.saved() * 1000);
    expectAll(one.path, one.saved());
  }, 60_000);

  test("another file in its place: never written, told", async () => {
    const one = recording();
    await one.run(5);
    rmSync(one.path);
    writeFileSync(one.path, "somebody else's");
    await one.run(5);
    expect(one.told.map(({ code }) => code)).toEqual(["absent"]);
    await one.end();
    expect(lstatSync(one.path).size).toBe("somebody else's".length);
  });
});

/** Takes all the room there is. */
function fill(path: string): void {
  try {
    writeFileSync(path, Buffer.alloc(8 << 20));
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe("ENOSPC");
  }
}
