import { inflateSync } from "node:zlib";
import { type FigureName, figureNames, type Sample } from "../../shared/figures.ts";
import { bounds, headSchema, parseRecorded } from "../../shared/model/recording.ts";
import { decodeFrame, type Frame, nothingKnown } from "../../shared/wire/frames.ts";

/** A figure of more than this is an error or a trick, not a weight. */
const most = Number.MAX_SAFE_INTEGER;

/**
 * Reads the packed frames of one recording, whose columns are `figures`. Anything that does not add up is thrown as what
 * `wrong` makes of it; nothing is unpacked beyond a hundredfold or `bounds.frame`.
 */
export function frameReader(
  figures: readonly string[],
  wrong: (what: string) => Error,
): (packed: unknown) => { readonly frame: Frame; readonly unpacked: number } {
  const rename = renamed(figures);
  return (packed) => {
    if (!(packed instanceof Uint8Array)) throw wrong("frame: missing or too large");
    const bytes = unpack(packed, wrong);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < 12) throw wrong("frame: cut");
    const columns = view.getUint16(6, true);
    const head = view.getUint32(8, true);
    if (columns !== figures.length) throw wrong("frame: columns");
    if (head > bounds.json || 12 + head > bytes.length) throw wrong("frame: head");
    const rows = (bytes.length - 12 - head) / ((columns + 1) * 8);
    if (rows > bounds.rowsInFrame) throw wrong(`frame: more than ${bounds.rowsInFrame} rows`);
    const checked = checkedHead(bytes.subarray(12, 12 + head), wrong);
    const samples = new Map<number, Sample>();
    for (const [slot, sample] of decodeFrame(bytes).rows) {
      if (!Number.isSafeInteger(slot) || slot < 0) throw wrong("frame: slot");
      for (const name of figureNames) {
        const value = sample[name];
        if (value !== null && !(Math.abs(value) <= most)) throw wrong(`frame: ${name}`);
      }
      samples.set(slot, rename ? rename(sample) : sample);
    }
    return { frame: { ...checked, findings: [], rows: samples }, unpacked: bytes.length };
  };
}

function unpack(packed: Uint8Array, wrong: (what: string) => Error): Uint8Array {
  try {
    return inflateSync(packed, { maxOutputLength: Math.min(bounds.frame, packed.length * bounds.ratio) });
  } catch (error) {
    const tooMuch = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw wrong(tooMuch ? "frame: unpacks to more than it may" : "frame: can't be unpacked");
  }
}

function checkedHead(bytes: Uint8Array, wrong: (what: string) => Error) {
  const head = headSchema.safeParse(parseRecorded(new TextDecoder().decode(bytes)));
  if (!head.success) throw wrong(`frame: ${head.error.issues[0]?.path.join(".")}`);
  return head.data;
}

/**
 * Columns by name, for a file whose registry was another one. decodeFrame goes by position; null: the positions are the
 * same. A figure that is not known here is dropped, one that the file lacks is unknown.
 */
function renamed(figures: readonly string[]): ((sample: Sample) => Sample) | null {
  const shared = Math.min(figures.length, figureNames.length);
  if (figures.slice(0, shared).every((name, column) => name === figureNames[column])) return null;
  const known: ReadonlySet<string> = new Set(figureNames);
  return (sample) => {
    const named: Record<FigureName, number | null> = { ...nothingKnown };
    for (const [column, name] of figures.slice(0, shared).entries())
      if (known.has(name)) named[name as FigureName] = sample[figureNames[column] as FigureName];
    return named;
  };
}
