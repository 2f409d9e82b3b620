import { readFileSync, writeFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { openRecording } from "../../../../electron/history/recording.ts";
import { RecordingRefused } from "../../../../electron/history/refused.ts";
import { encodeFrame, type Frame } from "../../../../shared/wire/frames.ts";
import { badFile, start } from "./bad-file.ts";
import { instance, sample, tick } from "./play-source.ts";

// Real files and SQLite: seconds, where other work has the machine.
vi.setConfig({ testTimeout: 60_000 });

const { files, changed, refused } = badFile();

/** A frame as ours, but for `change`. */
const frame = (change: Partial<Frame> & Record<string, unknown>): Uint8Array =>
  encodeFrame({
    sequence: 0,
    at: start,
    whole: false,
    came: [],
    went: [],
    events: [],
    engines: null,
    facts: null,
    replay: null,
    host: tick(start).host,
    self: tick(start).self,
    rows: new Map(),
    ...change,
  });

const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

describe("its frames", () => {
  const bomb = deflateSync(new Uint8Array(64 * 2 ** 20), { level: 9 });
  test.each<[string, Uint8Array]>([
    ["64 MiB packed into 64 KiB", bomb],
    ["a bomb in a bomb", deflateSync(bomb)],
    ["nothing", new Uint8Array()],
    ["noise", new Uint8Array(1_000).map((_, index) => index * 7)],
    ["no frame", deflateSync(new Uint8Array(64))],
    ["a head longer than the frame", deflateSync(withLength(frame({}), 2 ** 31))],
    ["a frame of another moment", deflateSync(frame({ at: start + 1 }))],
    ["10^6 rows", deflateSync(frame({ rows: many(20_000) }), { level: 0 })],
    ["exabytes", deflateSync(frame({ rows: new Map([[0, sample({ gross: 1e30 })]]) }))],
    ["a slot that is no number", deflateSync(frame({ rows: new Map([[Number.NaN, sample({})]]) }))],
    ["a host of text", deflateSync(frame({ host: "h" as never }))],
    ["who came, by the way", deflateSync(frame({ came: [instance(5)] }))],
    ["an unknown key", deflateSync(frame({ more: 1 }))],
    ["JSON 10^5 deep", deflateSync(frame({ more: JSON.parse(deep(3_000)) }), { level: 0 })],
  ])("%s", (_, bytes) => {
    changed((database) => database.run("UPDATE tick SET frame = ? WHERE at = ?", bytes, start));
    expect(refused().refusal).toBe("corrupt");
  });

  test("64 MiB are not unpacked to see what they are", () => {
    changed((database) => database.run("UPDATE tick SET frame = ? WHERE at = ?", bomb, start));
    expect(refused().detail).toBe("frame: unpacks to more than it may");
  });

  test("one that is right in everything but that it unpacks to more than a hundredfold", () => {
    changed((database) =>
      database.run("UPDATE tick SET frame = ? WHERE at = ?", deflateSync(padded(frame({}), 60_000)), start),
    );
    expect(refused().detail).toBe("frame: unpacks to more than it may");
  });

  test("infinity, which is as good as unknown, and never a figure", () => {
    const rows = new Map([[0, sample({ gross: Number.POSITIVE_INFINITY, net: 1 })]]);
    changed((database) =>
      database.run("UPDATE tick SET frame = ? WHERE at = ?", deflateSync(frame({ rows })), start),
    );
    const recording = openRecording(files.path);
    expect(recording.upTo(start)?.rows.get(0)).toMatchObject({ gross: null, net: 1 });
    recording.close();
  });

  test("a frame that is text", () => {
    changed((database) => database.run("UPDATE tick SET frame = ? WHERE at = ?", "text", start));
    expect(refused().refusal).toBe("corrupt");
  });
});

/** The same frame with so many spaces more after its head. */
const padded = (bytes: Uint8Array, spaces: number): Uint8Array => {
  const longer = new Uint8Array(bytes.length + spaces).fill(0x20);
  longer.set(bytes);
  return withLength(longer, bytes.length - 12 + spaces);
};
const withLength = (bytes: Uint8Array, length: number) => {
  new DataView(bytes.buffer).setUint32(8, length, true);
  return bytes;
};
const many = (count: number) =>
  new Map(Array.from({ length: count }, (_, slot) => [slot, sample({ gross: slot })]));

test("each byte of it wrong in turn: refused, or played, and never worse", () => {
  const whole = readFileSync(files.good);
  // A fixed seed, so that a failure is the same tomorrow.
  let seed = 42;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    return seed % below;
  };
  let played = 0;
  for (let n = 0; n < 150; n++) {
    const bytes = Buffer.from(whole);
    for (let flips = random(4) + 1; flips > 0; flips--) bytes[random(bytes.length)] = random(256);
    writeFileSync(files.path, bytes);
    try {
      const recording = openRecording(files.path);
      for (let frame = recording.upTo(recording.from); frame; frame = recording.after(frame.at))
        recording.events(frame.at - 1, frame.at);
      recording.close();
      played++;
    } catch (error) {
      expect(error).toBeInstanceOf(RecordingRefused);
    }
  }
  // Both happen: a flip may hit what nothing reads, and a check may see it.
  expect(played).toBeGreaterThan(0);
  expect(played).toBeLessThan(150);
}, 60_000);

test("a column that another registry knew by another place is read by its name", () => {
  const [first, second] = ["cores", "cpuLimit"];
  changed((database) => {
    const figures = JSON.parse(
      String(database.get("SELECT value FROM meta WHERE key = 'figures'")?.value),
    ) as string[];
    [figures[0], figures[1]] = [second ?? "", first ?? ""];
    database.run("UPDATE meta SET value = ? WHERE key = 'figures'", JSON.stringify(figures));
    const bytes = deflateSync(frame({ rows: new Map([[0, sample({ cores: 4, cpuLimit: 0.5 })]]) }));
    database.run("UPDATE tick SET frame = ? WHERE at = ?", bytes, start);
  });
  const recording = openRecording(files.path);
  expect(recording.upTo(start)?.rows.get(0)).toMatchObject({ cores: 0.5, cpuLimit: 4 });
  recording.close();
});
