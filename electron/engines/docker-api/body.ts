import type { Readable } from "node:stream";

/** An answer that is longer than anything an engine sends, or is no JSON. */
export class GarbledError extends Error {
  override readonly name = "GarbledError";
}

/** A whole body as text; ends the stream and throws beyond `most` bytes, so that a lying engine can't fill the memory. */
export async function readBody(stream: Readable, most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > most) {
      stream.destroy();
      throw new GarbledError(`the answer is longer than ${most} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The JSON of a body; the start of what came instead is named, since it tells a proxy's page from an engine. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GarbledError(`not JSON: ${text.slice(0, 80)}`);
  }
}

const newline = 0x0a;
const recordSeparator = 0x1e;

/**
 * Lines of a stream, as text; `null` stands for one longer than `most` bytes, which is dropped whole while the stream
 * goes on. Cut at the byte 0x0A, which is part of no other UTF-8 character, and decoded only when whole: a chunk may end
 * inside a character. A record separator before a line (RFC 7464, Docker 1.52) and empty lines are skipped.
 */
export async function* readLines(stream: AsyncIterable<Buffer>, most: number): AsyncGenerator<string | null> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    for (let from = 0; from < chunk.length; ) {
      const end = chunk.indexOf(newline, from);
      const part = chunk.subarray(from, end < 0 ? chunk.length : end);
      from = end < 0 ? chunk.length : end + 1;
      length += part.length;
      if (length <= most) parts.push(part);
      else parts = [];
      if (end < 0) break;
      const tooLong = length > most;
      const line = Buffer.concat(parts);
      parts = [];
      length = 0;
      const text = (line[0] === recordSeparator ? line.subarray(1) : line).toString("utf8").trim();
      if (tooLong) yield null;
      else if (text !== "") yield text;
    }
  }
}
