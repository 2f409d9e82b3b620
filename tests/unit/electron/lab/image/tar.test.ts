import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTar, type TarEntry } from "../../../../../electron/lab/image/tar.ts";
import { BadArchive } from "../../../../../electron/lab/image/tar-header.ts";
import { archive, end, entry, type Made, pieces, records } from "./made-archives.ts";

type Read = Omit<TarEntry, "body"> & { readonly content: string };

async function read(bytes: Buffer, size?: number): Promise<readonly Read[]> {
  const found: Read[] = [];
  for await (const { body, ...rest } of readTar(pieces(bytes, size))) {
    let content = "";
    for await (const piece of body()) content += piece.toString("latin1");
    found.push({ ...rest, content });
  }
  return found;
}

const pax = (values: Readonly<Record<string, string>>, type = "x"): Made => ({ type, body: records(values) });
const long = (text: string, type: string): Made => ({ name: "././@LongLink", type, body: `${text}\0` });
const korean = Buffer.from("긴 이름").toString("latin1");

describe("readTar", () => {
  test("gives what each header says, in whatever pieces the stream comes", async () => {
    const bytes = archive(
      { name: "bin/", type: "5", mode: 0o755 },
      { name: "bin/su", body: "x".repeat(1_000), mode: 0o4755, uid: 12_345, gid: 33, mtime: 1_700_000_000 },
      { name: "dev/sda", type: "4", major: 8, minor: 17 },
      { name: "old/", type: "\0" },
    );
    for (const size of [1, 7, 511, 512, 513, 65_536]) {
      const [folder, su, disk, old] = await read(bytes, size);
      expect(folder).toMatchObject({ name: "bin/", type: "5", mode: 0o755 });
      expect(su).toMatchObject({ name: "bin/su", mode: 0o4755, uid: 12_345, gid: 33, mtime: 1_700_000_000 });
      expect(su?.content).toBe("x".repeat(1_000));
      expect(disk).toMatchObject({ type: "4", major: 8, minor: 17 });
      expect(old).toMatchObject({ type: "5" });
    }
  });

  test.each([
    ["ustar's prefix", { name: "b/c", prefix: "a".repeat(150) }, `${"a".repeat(150)}/b/c`],
    ["GNU's long name", [long("d/".repeat(200), "L"), { name: "cut" }], "d/".repeat(200)],
    ["PAX' path", [pax({ path: korean }), { name: "cut" }], korean],
    ["a common PAX header", [pax({ path: "common" }, "g"), { name: "cut" }], "common"],
    ["the nearer of two", [pax({ path: "far" }, "g"), pax({ path: "near" }), { name: "cut" }], "near"],
    ["bytes that are no UTF-8", { name: "\xff\xfe\x80" }, "\xff\xfe\x80"],
  ] as const)("takes a name from %s", async (_, made, name) => {
    const [found] = await read(archive(...[made].flat()));
    expect(found?.name).toBe(name);
  });

  test("takes the numbers of a PAX header before the header's own, once", async () => {
    const told = {
      size: "3",
      mtime: "1700000000.75",
      uid: "4000000",
      gid: "5",
      linkpath: "to",
      "SCHILY.xattr.security.capability": "\x01\n=",
    };
    const [first, second] = await read(archive(pax(told), { body: "abc", size: 0 }, { name: "next" }));
    expect(first).toMatchObject({
      content: "abc",
      mtime: 1_700_000_000,
      uid: 4_000_000,
      gid: 5,
      link: "to",
      attributes: true,
    });
    expect(second).toMatchObject({ name: "next", uid: 0, link: "", attributes: false });
  });

  test("takes a long link from GNU's K", async () => {
    const [found] = await read(archive(long("t".repeat(150), "K"), { type: "2", link: "t".repeat(100) }));
    expect(found?.link).toBe("t".repeat(150));
  });

  test("reads a size in base 256, and a time before 1970", async () => {
    const spoil = (header: Buffer) => {
      header.fill(0, 124, 136);
      header[124] = 0x80;
      header[135] = 5;
      header.fill(0xff, 136, 148);
    };
    const [found] = await read(archive({ body: "12345", size: 0, spoil }));
    expect(found).toMatchObject({ content: "12345", size: 5, mtime: -1 });
  });

  test("skips what is not read of a body", async () => {
    const names: string[] = [];
    const bytes = archive({ name: "a", body: "x".repeat(3_000) }, { name: "b", body: "y" });
    for await (const one of readTar(pieces(bytes, 100))) {
      names.push(one.name);
      if (one.name === "a")
        for await (const piece of one.body()) {
          expect(piece.length).toBeGreaterThan(0);
          break;
        }
    }
    expect(names).toEqual(["a", "b"]);
  });

  test("ignores a size where there can be no content, as Go's reader does", async () => {
    const found = await read(archive({ type: "5", size: 4_096 }, { name: "after", body: "z" }));
    expect(found.map(({ content }) => content)).toEqual(["", "z"]);
  });

  test("lets go of the stream when its reader stops", async () => {
    let closed = false;
    async function* source() {
      try {
        yield archive({ name: "a" }, { name: "b" });
      } finally {
        closed = true;
      }
    }
    for await (const _ of readTar(source())) break;
    expect(closed).toBe(true);
  });

  const negative = (header: Buffer) => header.fill(0xff, 124, 136);
  const absurd = (header: Buffer) => header.fill(0x7f, 125, 136).fill(0x80, 124, 125);
  test.each<[string, Buffer]>([
    ["nothing at all", Buffer.alloc(0)],
    ["no end", entry({ body: "abc" })],
    ["cut in a body", archive({ body: "x".repeat(2_000) }).subarray(0, 1_000)],
    ["cut in a header", archive({}).subarray(0, 300)],
    ["a wrong checksum", archive({ break: (header) => header.writeUInt8(0x41, 3) })],
    ["text", Buffer.from("<html>".repeat(200))],
    ["a negative size", archive({ spoil: negative })],
    ["a size of 2^88", archive({ spoil: absurd })],
    ["a size that is none", archive({ spoil: (header) => header.write("12x4", 124) })],
    ["a PAX size that is none", archive(pax({ size: "-1" }), {})],
    ["a PAX size of 2^70", archive(pax({ size: "1180591620717411303424" }), {})],
    ["a PAX header of 8 GiB", archive({ type: "x", size: 8 * 2 ** 30 })],
    ["a long name of 2 MiB", archive({ type: "L", size: 2 << 20 })],
    ["PAX headers without end", Buffer.concat(Array.from({ length: 50 }, () => entry(pax({ path: "a" }))))],
    ["a PAX record that is too long", archive({ type: "x", body: "99 path=a\n" }, {})],
    ["a PAX record without a length", archive({ type: "x", body: "path=a\n" }, {})],
    ["a PAX record of no length", archive({ type: "x", body: "0 path=a\n" }, {})],
    ["a PAX record without a value", archive({ type: "x", body: "7 path\n" }, {})],
    ["a NUL in a PAX path", archive(pax({ path: "a\0b" }), {})],
    ["a sparse file", archive({ type: "S" })],
    ["a sparse file by PAX", archive(pax({ "GNU.sparse.major": "1" }), {})],
  ])("refuses %s", async (_, bytes) => {
    await expect(read(bytes)).rejects.toThrow(BadArchive);
  });

  test("passes on what the stream itself throws", async () => {
    async function* broken() {
      yield archive({ body: "x".repeat(5_000) }).subarray(0, 1_000);
      throw new RangeError("gone");
    }
    const all = async () => {
      for await (const { body } of readTar(broken())) for await (const _ of body());
    };
    await expect(all()).rejects.toThrow(RangeError);
  });

  test("ends with entries or a BadArchive for whatever bytes come, and never holds more than a header", async () => {
    const seed = archive(
      pax({ path: "p/q", size: "700", mtime: "1.5" }),
      { body: "x".repeat(700) },
      long("l".repeat(300), "L"),
      { name: "n", type: "1", link: "p/q" },
      { name: "dev/x", type: "3", major: 1, minor: 3 },
    );
    const edits = fc.array(fc.tuple(fc.nat(seed.length - 1), fc.nat(255)), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(edits, fc.integer({ min: 1, max: 2_000 }), async (changes, size) => {
        const bytes = Buffer.from(seed);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          for (const found of await read(bytes, size)) {
            expect(found.size).toBeGreaterThanOrEqual(0);
            expect(Number.isSafeInteger(found.size)).toBe(true);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(BadArchive);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("noise whose sum is that of a header without a checksum is none", async () => {
    const noise = Buffer.from([225, 77, 234, 235, 147, 242, 249, 211, 107, 150, 171]);
    await expect(read(Buffer.concat([noise, end]))).rejects.toThrow(BadArchive);
  });

  test("ends with a BadArchive for noise", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 3_000 }), async (noise) => {
        if (noise.slice(0, 512).every((byte) => byte === 0)) return;
        await expect(read(Buffer.concat([noise, end]))).rejects.toThrow(BadArchive);
      }),
      { numRuns: 200 },
    );
  });
});
