import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** An answer that is longer than anything an engine sends, or is no JSON. */
export class GarbledError extends Error {
  override readonly name = "GarbledError";
}

/**
 * More objects and lists than the list of ten thousand containers holds. Each takes some hundred bytes once it is parsed,
 * so a dense answer of a few megabytes would fill the memory and hold up everything else for seconds.
 */
const mostParts = 250_000;
/** No name, label or command that an engine tells is as long; a text that is would be held three times while it is parsed. */
const mostWord = 1 << 20;

/**
 * A whole body as text; ends the stream and throws beyond `most` bytes or where it is too dense, so that a lying engine
 * can't fill the memory. Decoded as it comes: no second copy of it is held.
 */
export async function readBody(stream: Readable, most: number): Promise<string> {
  const decoder = new StringDecoder("utf8");
  let text = "";
  let length = 0;
  let parts = 0;
  /** Bytes since the last quotation mark. */
  let word = 0;
  const refuse = (why: string) => {
    stream.destroy();
    return new GarbledError(why);
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > most) throw refuse(`the answer is longer than ${most} bytes`);
    parts += opened(chunk);
    if (parts > mostParts) throw refuse(`the answer holds more than ${mostParts} objects and lists`);
    const [first, last] = [chunk.indexOf(quote), chunk.lastIndexOf(quote)];
    if (word + (first < 0 ? chunk.length : first) > mostWord)
      throw refuse(`the answer holds a text longer than ${mostWord} bytes`);
    word = last < 0 ? word + chunk.length : chunk.length - last;
    text += decoder.write(chunk);
  }
  return text + decoder.end();
}

const quote = 0x22;

/** Brackets that open an object or a list, those within texts too: it is a bound, no count. */
function opened(chunk: Buffer): number {
  let count = 0;
  for (const byte of chunk) if (byte === 0x7b || byte === 0x5b) count++;
  return count;
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
