import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { guestHelper, helperImage } from "../../../../../electron/lab/image/helper.ts";
import { openNotes } from "../../../../../electron/lab/notes.ts";
import { LabFailure } from "../../../../../electron/lab/trial.ts";
import { archive, type Made } from "./made-archives.ts";
import { elf } from "./made-kernels.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tare-helper-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const put = (name: string, bytes: Buffer) => {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
};
/** A daemon that has one image, or none, and lends its files. */
const daemon = (files: readonly Made[] | null) => {
  const calls: string[] = [];
  const notes = openNotes(directory);
  const docker = {
    image: async (name: string) => {
      calls.push(`image ${name}`);
      if (files === null) throw new LabFailure({ code: "no-image", where: name });
      return {};
    },
    create: async () => {
      calls.push("create");
      return "a".repeat(64);
    },
    export: async () => Readable.from([archive(...(files ?? []))]),
    remove: async () => void calls.push("remove"),
  };
  return { calls, lender: { docker, notes, signal: new AbortController().signal } };
};
const code = async (work: Promise<unknown>) => {
  const error = await work.catch((reason: unknown) => reason);
  return error instanceof LabFailure ? error.trouble.code : error;
};
const fitting = elf({ types: [1, 2] });

describe("guestHelper", () => {
  test("takes the system's own where it is static and of the guest's processor", async () => {
    const places = [
      join(directory, "absent"),
      put("dynamic", elf({ types: [1, 3] })),
      put("other", elf({ machine: 183 })),
      put("text", Buffer.from("#!/bin/sh\n")),
      put("fits", fitting),
    ];
    const found = await guestHelper({ machine: "x64", directory, lender: null, places });
    expect(found).toBe(join(directory, "fits"));
    expect(await guestHelper({ machine: "arm64", directory, lender: null, places })).toBe(
      join(directory, "other"),
    );
  });

  test("takes it out of an image that the user has, once; its container is gone", async () => {
    // As in Docker's own image: the program is named by its first applet, the others are hard links.
    const { calls, lender } = daemon([
      { name: "bin/", type: "5" },
      { name: "bin/[", body: fitting, mode: 0o755 },
      { name: "bin/busybox", type: "1", link: "bin/[" },
    ]);
    const wish = { machine: "x64", directory, lender, places: [] };
    const found = await guestHelper(wish);
    expect(readFileSync(found)).toEqual(fitting);
    expect(statSync(found).mode & 0o777).toBe(0o700);
    expect(await guestHelper(wish)).toBe(found);
    expect(calls).toEqual([`image ${helperImage}`, "create", "remove"]);
  });

  test.each<[string, readonly Made[] | null]>([
    ["has not", null],
    ["has with another processor's", [{ name: "bin/busybox", body: elf({ machine: 183 }) }]],
    ["has without it", [{ name: "bin/sh" }]],
  ])("says that there is none in an image that the user %s", async (_, files) => {
    const { lender } = daemon(files);
    expect(await code(guestHelper({ machine: "x64", directory, lender, places: [] }))).toBe("no-helper");
  });

  test("says that there is none without Docker, and does not trip over a folder", async () => {
    chmodSync(directory, 0o700);
    expect(await code(guestHelper({ machine: "x64", directory, lender: null, places: [directory] }))).toBe(
      "no-helper",
    );
  });
});
