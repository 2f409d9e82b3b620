import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { findProgram, keep } from "../../machine/spawn.ts";
import type { BzImage, Packing } from "./bzimage.ts";
import { bootsByPvh } from "./elf.ts";
import { unpackLz4 } from "./lz4-legacy.ts";

/** No kernel is that large unpacked; a file that says so is none. */
const largest = 512 << 20;

/**
 * The uncompressed kernel in a bzImage, which QEMU starts at once instead of letting the guest unpack it: 200 to 400 ms of
 * CPU less in each trial. null: it can't be unpacked here (xz and zstd need their programs), or it has no entry for QEMU.
 */
export async function unpackKernel(
  bytes: Buffer,
  { payload }: BzImage,
  signal: AbortSignal,
): Promise<Buffer | null> {
  if (payload === null || payload.packing === null || payload.unpacked > largest) return null;
  const packed = bytes.subarray(payload.at, payload.at + payload.size);
  const out = await unpack(packed, payload.packing, payload.unpacked, signal);
  signal.throwIfAborted();
  return out !== null && bootsByPvh(out) ? out : null;
}

async function unpack(
  packed: Buffer,
  packing: Packing,
  size: number,
  signal: AbortSignal,
): Promise<Buffer | null> {
  if (packing === "gzip")
    return promisify(gunzip)(packed, { maxOutputLength: Math.max(size, 1) }).catch(() => null);
  if (packing !== "lz4") return byProgram(packing, packed, size, signal);
  const steps = unpackLz4(packed, size);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await setImmediate();
    if (signal.aborted) return null;
  }
}

async function byProgram(
  program: string,
  packed: Buffer,
  size: number,
  signal: AbortSignal,
): Promise<Buffer | null> {
  const path = findProgram(program);
  if (path === null) return null;
  const stop = new AbortController();
  const { stdin, stdout, stderr, ended } = keep(path, ["-dc"], AbortSignal.any([signal, stop.signal]));
  stderr.resume();
  stdin.end(packed);
  const chunks: Buffer[] = [];
  let length = 0;
  stdout.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length > size) stop.abort();
    else chunks.push(chunk);
  });
  // Its end is not the programs' word alone: what counts is that all came that was told.
  await ended;
  return length === size ? Buffer.concat(chunks, length) : null;
}
