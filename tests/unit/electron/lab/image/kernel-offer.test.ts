import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bootableKernel } from "../../../../../electron/lab/image/kernel.ts";
import { kernelOffers, takeKernel } from "../../../../../electron/lab/image/kernel-offer.ts";
import { openNotes } from "../../../../../electron/lab/notes.ts";
import { archive } from "./made-archives.ts";
import { bzImage, storedLz4, vmlinux } from "./made-kernels.ts";

const raw = vmlinux("6.6.6");
const kernel = bzImage(storedLz4(raw), raw.length, "6.6.6");
const sha256 = createHash("sha256").update(kernel).digest("hex");
const pin = { machine: "x64", release: "6.6.6", bytes: kernel.length, sha256 } as const;
const image = { ...pin, from: "image", image: `made@sha256:${"a".repeat(64)}`, path: "/kernel" } as const;

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tare-offer-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const lender = (body: Buffer) => ({
  docker: {
    create: async () => "a".repeat(64),
    export: async () => Readable.from([archive({ name: "kernel", body })]),
    remove: async () => undefined,
  },
  notes: openNotes(directory),
  signal: new AbortController().signal,
});
const found = () =>
  bootableKernel({
    chosen: null,
    directory,
    boot: join(directory, "none"),
    signal: new AbortController().signal,
  });

test("nothing is offered while nothing is pinned, and only what fits the processor", () => {
  expect(kernelOffers("x64")).toEqual([]);
  expect(kernelOffers("x64", [image])).toEqual([image]);
  expect(kernelOffers("arm64", [image])).toEqual([]);
});

test("a kernel out of an image of the user's own Docker is found from then on", async () => {
  const told: number[] = [];
  const path = await takeKernel(image, directory, lender(kernel), (done) => told.push(done));
  expect(readFileSync(path)).toEqual(kernel);
  expect(told).toEqual([kernel.length]);
  expect(await found()).toMatchObject({ from: path, release: "6.6.6", format: "elf" });
});

test("one with another hash is not taken", async () => {
  const other = Buffer.from(kernel);
  other[other.length - 1] = 0x55;
  for (const body of [other, Buffer.alloc(0)])
    await expect(takeKernel(image, directory, lender(body), () => undefined)).rejects.toThrow("SHA-256");
  await expect(found()).rejects.toThrow("no-kernel");
});

test("a kernel from a server is found from then on", async () => {
  const server = createServer((_, response) => void response.end(kernel));
  await new Promise<void>((up) => void server.listen(0, "127.0.0.1", up));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const path = await takeKernel(
      { ...pin, from: "download", url },
      directory,
      lender(kernel),
      () => undefined,
    );
    expect(await found()).toMatchObject({ from: path, format: "elf" });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
