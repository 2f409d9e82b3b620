import { fromRow, toRow, width } from "../columns.ts";
import { type FigureName, figureNames, type Sample } from "../figures.ts";
import type { Event } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import type { HostFacts, HostSample, ReplayState, SelfSample } from "../model/host.ts";
import type { Instance } from "../model/instance.ts";
import type { EngineStatus } from "../model/status.ts";
import type { Millis } from "../model/units.ts";

/** Raised when a reader of the old form would misread the new one. */
export const frameVersion = 1;

/** One frame: what a page needs to be where the machine is. The first one of a page is the snapshot. */
export type Frame = {
  readonly sequence: number;
  readonly at: Millis;
  /** true: forget all that is known, this frame holds everything. */
  readonly whole: boolean;
  readonly came: readonly Instance[];
  readonly went: readonly string[];
  readonly events: readonly Event[];
  readonly host: HostSample;
  readonly self: SelfSample;
  /** Only in a snapshot, and when a status changed. */
  readonly engines: readonly EngineStatus[] | null;
  /** Only in a snapshot. */
  readonly facts: HostFacts | null;
  readonly replay: ReplayState | null;
  /**
   * Findings that opened, changed or cleared since the frame before (a cleared one has its `clearedAt`); of a whole frame all
   * that hold. Recordings keep none: they are found anew when one is played.
   */
  readonly findings: readonly Finding[];
  /** Samples by slot. */
  readonly rows: ReadonlyMap<number, Sample>;
};

/** A frame as a recording keeps it. */
export type RecordedFrame = Omit<Frame, "findings">;

const magic = 0x45524154; // "TARE", little-endian

/**
 * Frame to bytes: u32 magic, u16 version, u16 figures a row, u32 length of the JSON head, the head (UTF-8, padded with
 * spaces to a multiple of 8), then a row for each slot: f64 slot, f64 figures. All little-endian.
 */
export function encodeFrame(frame: RecordedFrame): Uint8Array {
  const { rows, ...rest } = frame;
  const head = new TextEncoder().encode(JSON.stringify(rest));
  const start = (12 + head.length + 7) & ~7;
  const bytes = new Uint8Array(start + rows.size * (width + 1) * 8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint16(4, frameVersion, true);
  view.setUint16(6, width, true);
  view.setUint32(8, start - 12, true);
  bytes.set(head, 12);
  bytes.fill(0x20, 12 + head.length, start);
  const numbers = new Float64Array(bytes.buffer, start);
  let offset = 0;
  for (const [slot, sample] of rows) {
    numbers[offset] = slot;
    toRow(sample, numbers, offset + 1);
    offset += width + 1;
  }
  return bytes;
}

/**
 * Bytes to frame. Throws a RangeError that says what is wrong: the length, magic and version are checked, the head is
 * JSON of our own making (a recording's head is checked by its reader as well).
 */
export function decodeFrame(bytes: Uint8Array): Frame {
  if (bytes.length < 12) throw new RangeError("frame: cut");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== magic) throw new RangeError("frame: not a frame");
  if (view.getUint16(4, true) !== frameVersion) throw new RangeError("frame: other version");
  const columns = view.getUint16(6, true);
  const start = 12 + view.getUint32(8, true);
  const stride = (columns + 1) * 8;
  if (start % 8 !== 0 || start > bytes.length || (bytes.length - start) % stride !== 0)
    throw new RangeError("frame: lengths do not add up");
  const head = parseHead(bytes.subarray(12, start));
  // A copy, since the carrier's bytes need not be aligned to 8 (and the slice of a Node Buffer would be none).
  const numbers = new Float64Array(new Uint8Array(bytes.subarray(start)).buffer);
  const rows = new Map<number, Sample>();
  for (let offset = 0; offset < numbers.length; offset += columns + 1) {
    const slot = numbers[offset] ?? Number.NaN;
    if (!Number.isSafeInteger(slot) || slot < 0) throw new RangeError("frame: not a slot");
    rows.set(slot, columns === width ? fromRow(numbers, offset + 1) : fewer(numbers, offset + 1, columns));
  }
  return { ...head, rows };
}

function parseHead(bytes: Uint8Array): Omit<Frame, "rows"> {
  let head: unknown;
  try {
    head = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new RangeError("frame: head is not JSON");
  }
  if (typeof head !== "object" || head === null || Array.isArray(head))
    throw new RangeError("frame: head is no object");
  return head as Omit<Frame, "rows">;
}

/** A row of a recording that knew fewer (or more) figures: by the registry's rule the first ones are the same. */
function fewer(numbers: Float64Array, offset: number, columns: number): Sample {
  const row = new Float64Array(width).fill(Number.NaN);
  row.set(numbers.subarray(offset, offset + Math.min(columns, width)));
  return fromRow(row, 0);
}

/** A sample in which nothing is known. */
export const nothingKnown = Object.fromEntries(
  figureNames.map((name: FigureName) => [name, null]),
) as unknown as Sample;
