import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fileSink } from "../../../../../electron/lab/image/file-sink.ts";
import { type ImageFacts, writeImage } from "../../../../../electron/lab/image/image-segment.ts";
import { LabFailure } from "../../../../../electron/lab/trial.ts";
import { archive, end, entry, type Made, pieces, readCpio, records } from "./made-archives.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tare-segment-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
async function convert(tar: AsyncIterable<Uint8Array>, room = 2 ** 40) {
  const path = join(folder, String(count++));
  const sink = await fileSink(path, "new");
  try {
    const facts = await writeImage(tar, sink, { image: "made", room });
    await sink.finish();
    return { facts, bytes: readFileSync(path) };
  } finally {
    await sink.abandon();
    rmSync(path, { force: true });
  }
}
const made = (...entries: readonly Made[]) => convert(pieces(archive(...entries)));

async function trouble(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LabFailure);
  return (error as LabFailure).trouble;
}

describe("writeImage", () => {
  test("keeps kinds, modes, owners, devices, times, links and contents", async () => {
    const { bytes, facts } = await made(
      { name: "./", type: "5", mode: 0o755 },
      { name: "tmp/", type: "5", mode: 0o1777 },
      { name: "/bin//su", body: "suid", mode: 0o4755, uid: 12_345, gid: 33, mtime: 1_700_000_000 },
      { name: "dev/sda1", type: "4", mode: 0o660, major: 8, minor: 1 },
      { name: "dev/tty", type: "3", mode: 0o666, major: 5 },
      { name: "run/pipe", type: "6", mode: 0o622 },
      { name: "a", type: "2", link: "../../away" },
    );
    const found = readCpio(bytes).map(({ inode, ...rest }) => rest);
    const none = { uid: 0, gid: 0, links: 1, mtime: 0, major: 0, minor: 0, content: "" };
    expect(found).toEqual([
      { ...none, name: ".", mode: 0o040755, links: 2 },
      { ...none, name: "tmp", mode: 0o041777, links: 2 },
      {
        ...none,
        name: "bin/su",
        mode: 0o104755,
        uid: 12_345,
        gid: 33,
        mtime: 1_700_000_000,
        content: "suid",
      },
      { ...none, name: "dev/sda1", mode: 0o060660, major: 8, minor: 1 },
      { ...none, name: "dev/tty", mode: 0o020666, major: 5 },
      { ...none, name: "run/pipe", mode: 0o010622 },
      { ...none, name: "a", mode: 0o120777, content: "../../away" },
    ]);
    expect(new Set(readCpio(bytes).map(({ inode }) => inode)).size).toBe(7);
    expect(facts).toMatchObject({
      bytes: bytes.length,
      entries: 7,
      lost: { attributes: 0, entries: 0, names: [] },
    });
    expect(bytes.length % 512).toBe(0);
    // One page for the file, and 1 KiB for each of seven entries.
    expect(facts.unpacked).toBe(4_096 + 7 * 1_024);
  });

  test("tells two links in every record of a file with more names, and one in others", async () => {
    const { bytes } = await made(
      { name: "one", body: "1" },
      { name: "two", body: "2".repeat(1_000) },
      { name: "also-two", type: "1", link: "./two", mode: 0o644 },
      { name: "two-again", type: "1", link: "also-two" },
      { name: "pipe", type: "6" },
      { name: "pipe-too", type: "1", link: "pipe" },
    );
    const [one, two, also, again, pipe, too] = readCpio(bytes);
    expect(one?.links).toBe(1);
    expect([two, also, again].map((record) => record?.links)).toEqual([2, 2, 2]);
    expect(new Set([two, also, again].map((record) => record?.inode)).size).toBe(1);
    expect([also, again].map((record) => record?.content)).toEqual(["", ""]);
    // The kernel looks for the other name among those of the same kind.
    expect([pipe, too].map((record) => [record?.links, (record?.mode ?? 0) >> 12, record?.inode])).toEqual([
      [2, 0o01, pipe?.inode],
      [2, 0o01, pipe?.inode],
    ]);
  });

  test("makes a second link of the same target where a symbolic link has two names", async () => {
    const { bytes } = await made({ name: "s", type: "2", link: "to" }, { name: "t", type: "1", link: "s" });
    expect(readCpio(bytes).map(({ mode, content }) => [mode, content])).toEqual([
      [0o120777, "to"],
      [0o120777, "to"],
    ]);
  });

  test("names a file that is named as an archive's end so that it is none", async () => {
    const { bytes } = await made({ name: "TRAILER!!!", body: "x" }, { name: "after" });
    expect(readCpio(bytes).map(({ name }) => name)).toEqual(["./TRAILER!!!", "after"]);
  });

  test("tells what is lost: attributes, our own folder, kinds that there are not", async () => {
    const { bytes, facts } = await made(
      { type: "x", body: records({ "SCHILY.xattr.security.capability": "\x01\0\0\x02" }) },
      { name: "bin/ping" },
      { name: ".tare", type: "2", link: "/etc" },
      { name: ".tare/init", body: "theirs" },
      { name: "volume", type: "V" },
    );
    expect(facts.lost).toEqual({
      attributes: 1,
      entries: 3,
      names: ["bin/ping", ".tare", ".tare/init", "volume"],
    });
    expect(readCpio(bytes).map(({ name }) => name)).toEqual(["bin/ping"]);
  });

  test("keeps /etc/passwd and /etc/group, and where a guest mounts", async () => {
    const { facts } = await made(
      { name: "etc/", type: "5" },
      { name: "etc/passwd", body: "root:x:0:0::/root:/bin/sh\n" },
      { name: "etc/group", body: "root:x:0:\n" },
      { name: "dev", type: "2", link: "elsewhere" },
      { name: "proc/", type: "5" },
    );
    expect(facts.passwd).toBe("root:x:0:0::/root:/bin/sh\n");
    expect(facts.group).toBe("root:x:0:\n");
    expect(facts.places).toEqual({ etc: "directory", dev: "other", proc: "directory" });
  });

  test("clamps times that newc can't hold", async () => {
    const spoil = (header: Buffer) => header.fill(0xff, 136, 148);
    const { bytes } = await made(
      { name: "before", spoil },
      { type: "x", body: records({ mtime: "99999999999" }) },
      { name: "after" },
    );
    expect(readCpio(bytes).map(({ mtime }) => mtime)).toEqual([0, 0xffff_ffff]);
  });

  test.each<[string, readonly Made[]]>([
    ["a name that climbs", [{ name: "../etc/passwd" }]],
    ["a name that climbs in its middle", [{ name: "a/../../b" }]],
    ["a hard link that climbs", [{ name: "a", type: "1", link: "../../etc/shadow" }]],
    ["a hard link to what is not there", [{ name: "a", type: "1", link: "etc/shadow" }]],
    [
      "a hard link to a directory",
      [
        { name: "d", type: "5" },
        { name: "a", type: "1", link: "d" },
      ],
    ],
    ["a name that is there twice", [{ name: "a" }, { name: "./a" }]],
    ["a uid of 2^32", [{ type: "x", body: records({ uid: "4294967296" }) }, {}]],
    ["a device of no system", [{ name: "d", type: "3", major: 4_096 }]],
  ])("refuses %s", async (_, entries) => {
    expect(await trouble(made(...entries))).toMatchObject({ code: "hostile-image", where: "made" });
  });

  test("refuses a file that newc can't hold before it reads it", async () => {
    const header = entry({ type: "x", body: records({ size: String(2 ** 32) }) });
    const found = await trouble(convert(pieces(Buffer.concat([header, entry({ name: "disk.img" })]))));
    expect(found).toMatchObject({ code: "file-too-large", where: "disk.img" });
  });

  test("refuses what the guest has no room for, before it is written", async () => {
    // 1,000,000 in the archive and 1,003,520 unpacked: it takes 2,004,672 with both heads.
    const bytes = archive({ name: "big", body: "x".repeat(1_000_000) });
    expect((await convert(pieces(bytes), 2_010_000)).facts.entries).toBe(1);
    expect(await trouble(convert(pieces(bytes), 1_990_000))).toMatchObject({ code: "image-too-large" });
  });

  test("ends a million empty files where the guest's memory would end, having kept nothing of them but their names", async () => {
    async function* empties(many: number) {
      const block = entry({ name: "0000000" });
      for (let at = 0; at < many; at += 1_000) {
        const chunk = Buffer.concat(Array.from({ length: 1_000 }, () => block));
        for (let index = 0; index < 1_000; index++) {
          const header = chunk.subarray(index * 512, index * 512 + 512);
          header.write(String(at + index).padStart(7, "0"), 0, "latin1");
          header.fill(" ", 148, 156);
          const sum = header.reduce((total, byte) => total + byte, 0);
          header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
        }
        yield chunk;
      }
      yield end;
    }
    // Each takes 1,024 bytes in the guest and 120 in the archive: 20 MB are over after 17,482.
    expect(await trouble(convert(empties(1_000_000), 20_000_000))).toMatchObject({
      code: "image-too-large",
    });
  });

  test("gives an archive that can be read, or a trouble, for whatever an archive says", async () => {
    const name = fc.constantFrom(
      "a",
      "b",
      "a/b",
      "./c",
      "..",
      "/",
      "",
      ".tare/x",
      "etc/passwd",
      "TRAILER!!!",
      "n\nl",
    );
    const one = fc.record({
      name,
      link: name,
      type: fc.constantFrom("0", "1", "2", "3", "4", "5", "6", "7", "V", "Z"),
      mode: fc.nat(0o7777),
      mtime: fc.nat(2 ** 31),
      body: fc.string({ maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 8 }), async (entries) => {
        const sized = entries.map(({ body, ...rest }) => ({
          ...rest,
          body:
            "0567VZ".includes(rest.type) && rest.type !== "5" && rest.type !== "6" ? Buffer.from(body) : "",
        }));
        let result: { facts: ImageFacts; bytes: Buffer };
        try {
          result = await made(...sized);
        } catch (error) {
          expect(error).toBeInstanceOf(LabFailure);
          expect((error as LabFailure).trouble.code).toBe("hostile-image");
          return;
        }
        const found = readCpio(result.bytes);
        expect(found.length + result.facts.lost.entries).toBe(result.facts.entries);
        for (const record of found) expect(record.name.split("/")).not.toContain("..");
      }),
      { numRuns: 200 },
    );
  });
});
