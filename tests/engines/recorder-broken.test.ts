import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { needs } from "../needs.ts";
import { expectAll, recording } from "./recorder-lab.ts";

const MiB = 2 ** 20;

/** A file system of its own on a loop device, whose disk can be cut short and whose kernel can give it up. */
needs("root", "loop")("fault 16: a recording on a disk that breaks", () => {
  let folder: string;
  let image: string;
  let disk: string;
  let device: string;
  const run = (program: string, ...args: readonly string[]) =>
    execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  const size = (bytes: number) => {
    run("truncate", "-s", String(bytes), image);
    run("losetup", "--set-capacity", device);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tare-broken-"));
    image = join(folder, "image");
    disk = join(folder, "disk");
    mkdirSync(disk);
    run("truncate", "-s", String(32 * MiB), image);
    run("mke2fs", "-q", "-F", "-t", "ext4", image);
    device = run("losetup", "--find", "--show", image);
    run("mount", device, disk);
  });
  afterEach(() => {
    run("umount", "-l", disk);
    run("losetup", "--detach", device);
    rmSync(folder, { recursive: true, force: true });
  });

  test("it can't be read or written any more (EIO): told within 5 s, and nothing more is said to be saved", async () => {
    const one = recording(join(disk, "out.tare"));
    await one.run(20);
    expect([one.saved(), one.told]).toEqual([18, []]);
    size(MiB);
    const broken = one.second();
    await one.run(10);
    // After an error in its own blocks the kernel may make the file system read-only besides.
    expect(one.told.map(({ code }) => code).join()).toMatch(/^failed(,denied)?$/);
    expect((one.told[0]?.second ?? 99) - broken).toBeLessThanOrEqual(5);
    expect(one.saved()).toBe(18);
    const { unsaved } = await one.end();
    expect(unsaved).toMatchObject({ code: one.told.at(-1)?.code });
  }, 60_000);

  test("it is read-only from one second to the next: told, and what was told saved is there", async () => {
    const one = recording(join(disk, "out.tare"));
    await one.run(20);
    // What the kernel does by itself at an error in the file system's own blocks.
    run("mount", "-o", "remount,abort", disk);
    const aborted = one.second();
    await one.run(10);
    expect(one.told.map(({ code }) => code).join()).toMatch(/^(failed,)?denied$/);
    expect((one.told[0]?.second ?? 99) - aborted).toBeLessThanOrEqual(5);
    const { unsaved, to } = await one.end();
    expect(unsaved?.code).toBe("denied");
    expect(to).toBe(one.savedAt());
    expectAll(one.path, one.saved());
  }, 60_000);

  test("it is read-only from the beginning: refused, and no file is left", async () => {
    run("mount", "-o", "remount,ro", disk);
    const path = join(disk, "out.tare");
    await expect(recording(path).end()).rejects.toMatchObject({ code: "EROFS" });
    expect(existsSync(path)).toBe(false);
  });
});
