import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import type { Bytes } from "../../../shared/model/units.ts";
import { LabFailure } from "../trial.ts";
import { isFull } from "./file-sink.ts";

/** What is to be fetched: all of it is known beforehand. */
export type Download = { readonly url: string; readonly bytes: Bytes; readonly sha256: string };

export type DownloadOptions = {
  /** Hears how much is here, of `bytes`. */
  readonly progress: (done: Bytes) => void;
  readonly signal: AbortSignal;
  /** A server that sends nothing for so long is given up, ms. */
  readonly still?: number;
};

/** Connections that brought nothing new, one after the other, until it is given up. */
const mostVain = 3;

/**
 * Fetches a file to `path`, which has the right hash or is not there. What was fetched before a cut stays in `path`.part, and
 * the next call goes on from there. Throws a LabFailure "failed" (the server, the hash), "no-room"; the signal's reason.
 */
export async function download(
  path: string,
  wanted: Download,
  { progress, signal, still = 30_000 }: DownloadOptions,
): Promise<void> {
  const part = `${path}.part`;
  const failed = (cause: string) => new LabFailure({ code: "failed", where: wanted.url, cause });
  let vain = 0;
  for (;;) {
    const before = sizeOf(part);
    if (before > wanted.bytes) await rm(part);
    if (before === wanted.bytes) break;
    progress(before > wanted.bytes ? 0 : before);
    const cause = await fetchRest(part, wanted, { progress, signal, still });
    signal.throwIfAborted();
    if (sizeOf(part) > wanted.bytes) {
      await rm(part);
      throw failed(`longer than ${wanted.bytes} bytes`);
    }
    vain = sizeOf(part) > before ? 0 : vain + 1;
    if (vain >= mostVain) throw failed(cause ?? "the connection was cut");
  }
  if ((await hashOf(part, signal)) !== wanted.sha256) {
    await rm(part);
    throw failed("its SHA-256 is not the one that it should have");
  }
  await rename(part, path);
  progress(wanted.bytes);
}

/** One request for what is missing. Gives why it ended early, or null. Throws only for our own disk, and no more answers. */
async function fetchRest(
  part: string,
  { url, bytes }: Download,
  { progress, signal, still }: Required<DownloadOptions>,
): Promise<string | null> {
  const watch = new AbortController();
  let timer = setTimeout(() => watch.abort(), still);
  const file = await open(part, "a", 0o600);
  try {
    let done = (await file.stat()).size;
    const answer = await fetch(url, {
      headers: { range: `bytes=${done}-`, "accept-encoding": "identity" },
      signal: AbortSignal.any([signal, watch.signal]),
    });
    if (answer.status === 200 && done > 0) {
      // It knows no ranges: from the start.
      await file.truncate(0);
      done = 0;
    }
    if (answer.status !== 200 && answer.status !== 206) return `HTTP ${answer.status}`;
    if (answer.status === 206 && !answer.headers.get("content-range")?.startsWith(`bytes ${done}-`))
      return "another range than was asked for";
    for await (const chunk of answer.body ?? []) {
      clearTimeout(timer);
      timer = setTimeout(() => watch.abort(), still);
      await file.appendFile(chunk);
      done += chunk.length;
      if (done > bytes) return null;
      progress(done);
    }
    return null;
  } catch (error) {
    if (isFull(error)) throw new LabFailure({ code: "no-room", where: part, cause: String(error) });
    const { cause } = error as { cause?: unknown };
    return String(cause ?? error);
  } finally {
    clearTimeout(timer);
    await file.close();
  }
}

const sizeOf = (path: string): Bytes => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

async function hashOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) hash.update(chunk);
  return hash.digest("hex");
}
