import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ImageFacts } from "../../../../../electron/lab/image/image-segment.ts";
import { isPrepared, storedImage } from "../../../../../electron/lab/image/image-store.ts";
import { LabFailure } from "../../../../../electron/lab/trial.ts";

let directory = "";
let folder = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tare-store-"));
  folder = join(directory, "lab", "images");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const lost = { attributes: 0, entries: 0, names: [] };
const archive = `070701${"x".repeat(500)}TRAILER!!!\0`.padEnd(1_024, "\0");
let made = 0;
const make = async (path: string): Promise<ImageFacts> => {
  made++;
  writeFileSync(path, archive, { flag: "wx" });
  return {
    bytes: archive.length,
    unpacked: 4_096,
    entries: 1,
    lost,
    passwd: "한",
    group: "",
    places: { dev: "other" },
  };
};
let nonce = 0;
const take = (letter: string, by = make) => storedImage(directory, digest(letter), String(10 + nonce++), by);
const files = () => readdirSync(folder).sort();

describe("storedImage", () => {
  test("makes once, lends what it kept, and takes it back without what was written behind it", async () => {
    made = 0;
    const first = await take("a");
    expect(first.cold).toBe(true);
    expect(files()).toEqual([expect.stringMatching(/^a{64}\.\d+-\d+-\d+\.img$/), `${"a".repeat(64)}.json`]);
    writeFileSync(first.image.path, "ours", { flag: "a" });
    first.image.release();
    first.image.release();
    expect(files()).toEqual([`${"a".repeat(64)}.img`, `${"a".repeat(64)}.json`]);
    const second = await take("a");
    expect(second.cold).toBe(false);
    expect(second.image.facts).toEqual(first.image.facts);
    expect(readFileSync(second.image.path, "latin1")).toBe(archive);
    expect(made).toBe(1);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(isPrepared(directory, digest("a"))).toBe(true);
    expect(isPrepared(directory, digest("b"))).toBe(false);
  });

  test("copies for the second of two at once", async () => {
    const [first, second] = [await take("a"), await take("a")];
    expect(second.cold).toBe(false);
    writeFileSync(second.image.path, "theirs", { flag: "a" });
    expect(readFileSync(first.image.path, "latin1")).toBe(archive);
  });

  test("puts right what a killed Tare left: lent archives rest again, half-made ones go", async () => {
    const first = await take("a");
    // Nobody's: no process began at tick 1 with a number that is out of range.
    const dead = first.image.path.replace(/\.\d+-\d+-/, ".4194400-1-");
    renameSync(first.image.path, dead);
    writeFileSync(dead.replace(/img$/, "part"), "half");
    const second = await take("a");
    expect(second.cold).toBe(false);
    expect(files().length).toBe(2);
  });

  test.each<[string, (path: string) => void]>([
    ["is cut", (path) => truncateSync(path, 1_000)],
    ["is empty", (path) => truncateSync(path, 0)],
    ["begins otherwise", (path) => writeFileSync(path, "000000", { flag: "r+" })],
    ["is gone", (path) => rmSync(path)],
  ])("makes anew what %s", async (_, spoil) => {
    (await take("a")).image.release();
    spoil(join(folder, `${"a".repeat(64)}.img`));
    const { cold, image } = await take("a");
    expect(cold).toBe(true);
    expect(readFileSync(image.path, "latin1")).toBe(archive);
  });

  test("makes anew what it has no valid facts of", async () => {
    (await take("a")).image.release();
    for (const json of ["", "{}", '{"format":2,"facts":{}}', "[".repeat(100_000)]) {
      writeFileSync(join(folder, `${"a".repeat(64)}.json`), json);
      const { cold, image } = await take("a");
      expect(cold).toBe(true);
      image.release();
    }
  });

  test("leaves nothing of what failed", async () => {
    const failing = async (path: string) => {
      writeFileSync(path, "half");
      throw new Error("cut");
    };
    await expect(take("a", failing)).rejects.toThrow("cut");
    expect(files()).toEqual([]);
  });

  test("makes room once where the disk is full, of what rests", async () => {
    (await take("a")).image.release();
    const lent = await take("b");
    let tries = 0;
    const full = async (path: string) => {
      if (++tries === 1) throw new LabFailure({ code: "no-room", where: path });
      return make(path);
    };
    expect((await take("c", full)).cold).toBe(true);
    expect(isPrepared(directory, digest("a"))).toBe(false);
    expect(existsSync(lent.image.path)).toBe(true);
    const always = async (path: string) => {
      throw new LabFailure({ code: "no-room", where: path });
    };
    await expect(take("d", always)).rejects.toThrow("no-room");
  });

  test("keeps 2 GiB at most, of what was used last", async () => {
    for (const letter of ["a", "b", "c"]) {
      const { image } = await take(letter);
      // Sparse: it costs nothing.
      truncateSync(image.path, 1.5 * 2 ** 30);
      utimesSync(image.path, 1_000 + letter.charCodeAt(0), 1_000 + letter.charCodeAt(0));
      image.release();
    }
    expect(["a", "b", "c"].map((letter) => isPrepared(directory, digest(letter)))).toEqual([
      false,
      false,
      true,
    ]);
  });
});
