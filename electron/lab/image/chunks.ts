import type { Readable } from "node:stream";

/** Chunks that wait at most; beyond them the stream is held up. */
const mostWaiting = 32;

/**
 * A stream's chunks as they come. A stream's own iterator joins all that waits into one new buffer each time: of a large
 * image that copies every byte, and leaves the collector a megabyte at a time. Destroys the stream when its reader stops, and throws
 * what the stream throws, also an end that comes too early.
 */
export async function* chunksOf(stream: Readable): AsyncGenerator<Buffer, void, undefined> {
  const waiting: Buffer[] = [];
  let over: { readonly error: Error | null } | null = null;
  let wake = () => {};
  stream.on("data", (chunk: Buffer) => {
    if (waiting.push(chunk) >= mostWaiting) stream.pause();
    wake();
  });
  const end = (error: Error | null) => {
    over ??= { error };
    wake();
  };
  stream.once("end", () => end(null));
  stream.once("error", end);
  stream.once("close", () => end(new Error("the stream was closed before its end")));
  try {
    for (;;) {
      const chunk = waiting.shift();
      if (chunk !== undefined) {
        yield chunk;
        continue;
      }
      const ended = over as { readonly error: Error | null } | null;
      if (ended?.error) throw ended.error;
      if (ended) return;
      stream.resume();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    stream.destroy();
  }
}
