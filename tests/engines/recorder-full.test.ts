import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { needs } from "../needs.ts";
import { expectAll, recording, start } from "./recorder-lab.ts";

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

  test("told within 5 s, goes on, never says saved what is not, resumes, and nothing is lost", async () => {
    const one = recording(join(disk, "out.tare"));
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
    const one = recording(join(disk, "out.tare"));
    await one.run(20);
    fill(join(disk, "ballast"));
    await one.run(10);
    const { unsaved, to } = await one.end();
    expect(unsaved?.code).toBe("full");
    expect(to).toBe(start + one.saved() * 1000);
    expectAll(one.path, one.saved());
  }, 60_000);

  test("another file in its place: never written, told", async () => {
    const one = recording(join(disk, "out.tare"));
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
