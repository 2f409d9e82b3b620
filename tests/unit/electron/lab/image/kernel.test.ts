import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseBzImage } from "../../../../../electron/lab/image/bzimage.ts";
import { bootsByPvh, parseElf } from "../../../../../electron/lab/image/elf.ts";
import { bootableKernel, takenFolder } from "../../../../../electron/lab/image/kernel.ts";
import { findProgram, run } from "../../../../../electron/machine/spawn.ts";
import { bzImage, elf, note, storedLz4, vmlinux } from "./made-kernels.ts";

const { signal } = new AbortController();
let directory = "";
let boot = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tare-kernel-"));
  boot = join(directory, "boot");
  mkdirSync(boot);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const put = (name: string, bytes: Buffer, mode = 0o644) => {
  const path = join(boot, name);
  writeFileSync(path, bytes, { mode });
  return path;
};
const find = (chosen: string | null = null) => bootableKernel({ chosen, directory, boot, signal });
const code = async (work: Promise<unknown>) => {
  const error = await work.catch((reason: unknown) => reason);
  return (error as { trouble?: { code: string } }).trouble?.code;
};

const raw = vmlinux("6.1.0-made");
describe("bootableKernel", () => {
  test.each([
    ["LZ4", () => storedLz4(raw)],
    ["gzip", () => gzipSync(raw)],
  ])("unpacks %s, once for each state of the file", async (_, pack) => {
    const path = put("vmlinuz-6.1.0", bzImage(pack(), raw.length));
    const found = await find();
    expect(found).toMatchObject({ from: path, release: "6.1.0-made", format: "elf" });
    expect(readFileSync(found.path)).toEqual(raw);
    expect(statSync(found.path).mode & 0o777).toBe(0o600);
    writeFileSync(found.path, "kept");
    expect(await find()).toEqual(found);
    expect(readFileSync(found.path, "utf8")).toBe("kept");
    utimesSync(path, 1_000, 1_000);
    expect((await find()).path).not.toBe(found.path);
  });

  test.each(["xz", "zstd"])("unpacks %s where its program is", async (program) => {
    const path = findProgram(program);
    if (path === null) return;
    const plain = put("raw", raw);
    const args = program === "xz" ? ["-k", "--check=crc32", plain] : ["-q", "-k", plain];
    await run(path, args, { deadline: 10_000 });
    const packed = readFileSync(`${plain}.${program === "xz" ? "xz" : "zst"}`);
    put("vmlinuz-1", bzImage(packed, raw.length));
    const found = await find();
    expect(found.format).toBe("elf");
    expect(readFileSync(found.path)).toEqual(raw);
  });

  test("boots what it can't unpack as it is", async () => {
    const damaged = gzipSync(raw);
    damaged.fill(0xff, 30, 60);
    for (const [payload, size] of [
      [damaged, raw.length],
      [gzipSync(raw), 100],
      [Buffer.from("BZh91AY&SY"), raw.length],
      [storedLz4(elf({ types: [1] })), 120],
      [storedLz4(raw), 2 ** 31],
    ] as const) {
      const path = put("vmlinuz-1", bzImage(payload, size));
      expect(await find()).toEqual({ path, from: path, release: "6.1.0-made", format: "bzImage" });
    }
  });

  test("takes an uncompressed kernel as it is", async () => {
    const path = put("vmlinux", raw);
    expect(await find(path)).toEqual({ path, from: path, release: "6.1.0-made", format: "elf" });
  });

  test("takes the newest, by its numbers; leaves out what is for rescue; prefers what is chosen", async () => {
    for (const release of ["6.1.0-9", "6.1.0-10", "5.10.0", "7-rescue"])
      put(`vmlinuz-${release}`, bzImage(storedLz4(raw), raw.length, release));
    expect((await find()).release).toBe("6.1.0-10");
    expect((await find(join(boot, "vmlinuz-5.10.0"))).release).toBe("5.10.0");
  });

  test("finds one that was taken, where the system has none", async () => {
    mkdirSync(takenFolder(directory), { recursive: true });
    writeFileSync(join(takenFolder(directory), "vmlinuz-6.6"), bzImage(storedLz4(raw), raw.length, "6.6"));
    expect((await find()).release).toBe("6.6");
  });

  test("keeps the three that were unpacked last", async () => {
    for (const release of ["1", "2", "3", "4", "5"])
      await find(put(`vmlinuz-${release}`, bzImage(storedLz4(raw), raw.length, release)));
    expect(readdirSync(takenFolder(directory)).length).toBe(3);
  });

  test.each([
    ["text", Buffer.from("no kernel\n".repeat(500))],
    ["nothing", Buffer.alloc(0)],
    [
      "an ELF file without an entry for QEMU",
      Buffer.concat([elf({ types: [1, 4], note: note("GNU", 18, Buffer.alloc(8)) }), Buffer.alloc(2_000)]),
    ],
  ])("says of %s that it can't be used", async (_, bytes) => {
    expect(await code(find(put("vmlinuz", bytes)))).toBe("kernel-unusable");
  });

  test("says that there is none, and that one can't be read", async () => {
    expect(await code(find())).toBe("no-kernel");
    expect(await code(find(join(boot, "vmlinuz-0")))).toBe("no-kernel");
    expect(await code(find(boot))).toBe("kernel-unusable");
  });

  test.skipIf(process.getuid?.() === 0)("says that one can't be read", async () => {
    const path = put("vmlinuz-1", raw, 0o000);
    expect(await code(find())).toBe("kernel-unreadable");
    expect(await code(find(path))).toBe("kernel-unreadable");
  });
});

describe("parseElf and parseBzImage", () => {
  test("tell a static program from a dynamic one, and for whom it is", () => {
    expect(parseElf(elf({}))).toMatchObject({ machine: "x64", dynamic: false });
    expect(parseElf(elf({ types: [1, 3, 2], machine: 183 }))).toMatchObject({
      machine: "arm64",
      dynamic: true,
    });
    expect(parseElf(elf({ machine: 8 }))?.machine).toBeNull();
    expect(parseElf(elf({ types: [1, 3] }).subarray(0, 100))).toBeNull();
  });

  test("neither throws nor loops, whatever comes", () => {
    const seeds = [raw, bzImage(storedLz4(raw), raw.length)];
    const edits = fc.array(fc.tuple(fc.nat(1_200), fc.nat(255)), { maxLength: 20 });
    fc.assert(
      fc.property(fc.constantFrom(...seeds), edits, fc.nat(4_000), (seed, changes, length) => {
        const bytes = Buffer.from(seed.subarray(0, length));
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        parseElf(bytes);
        bootsByPvh(bytes);
        const image = parseBzImage(bytes);
        if (image?.payload)
          expect(image.payload.at + image.payload.size + 4).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 1_000 },
    );
  });
});
