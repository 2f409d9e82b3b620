import fc from "fast-check";
import { expect, test } from "vitest";
import type { Sample } from "../../../../shared/figures.ts";
import { decodeFrame, encodeFrame, type Frame, nothingKnown } from "../../../../shared/wire/frames.ts";
import { leaveOutStill, putBackStill, type SentFrame } from "../../../../shared/wire/still.ts";
import { unknownHost } from "../../../fixtures/made.ts";

const sample = (cores: number): Sample => ({ ...nothingKnown, cores });
const frame = (rows: Iterable<readonly [number, Sample]>, whole = false): Frame => ({
  sequence: 1,
  at: 1,
  whole,
  came: [],
  went: [],
  events: [],
  host: unknownHost,
  self: { cores: null, resident: 1 },
  engines: null,
  facts: null,
  replay: null,
  findings: [],
  rows: new Map(rows),
});

test("rows whose sample is the very one of the frame before are left out, runs of slots in two numbers", () => {
  const thin = leaveOutStill();
  const idle = sample(0);
  const first = thin(frame([0, 1, 2, 5, 7, 8].map((slot) => [slot, idle])));
  expect([first.rows.size, first.still]).toEqual([6, []]);
  const second = thin(frame([0, 1, 2, 5, 7, 8].map((slot) => [slot, slot === 1 ? sample(0) : idle])));
  expect([...second.rows.keys()]).toEqual([1]); // equal figures, another object: sent
  expect(second.still).toEqual([0, 1, 2, 1, 5, 1, 7, 2]);
});

test("who was not weighed for a frame is sent in full again, and a whole frame leaves nothing out", () => {
  const thin = leaveOutStill();
  const idle = sample(0);
  thin(frame([[3, idle]]));
  expect(thin(frame([])).still).toEqual([]);
  expect(thin(frame([[3, idle]])).rows.size).toBe(1);
  expect(thin(frame([[3, idle]], true)).rows.size).toBe(1);
});

/** Some seconds of some instances: each is missing, as before, or another one. */
const seconds = fc.array(
  fc.record({
    whole: fc.boolean(),
    fates: fc.array(fc.constantFrom("missing", "still", "changed"), { minLength: 12, maxLength: 12 }),
  }),
  { maxLength: 20 },
);

test("over bytes, every frame arrives as it was given", () => {
  fc.assert(
    fc.property(seconds, (steps) => {
      const [thin, whole] = [leaveOutStill(), putBackStill()];
      const now = new Map<number, Sample>();
      for (const [second, { whole: anew, fates }] of steps.entries()) {
        const rows = new Map<number, Sample>();
        for (const [slot, fate] of fates.entries()) {
          if (fate === "changed" || !now.has(slot)) now.set(slot, sample(second + slot / 100));
          const held = now.get(slot);
          if (fate !== "missing" && held) rows.set(slot, held);
        }
        const given = frame(rows, anew && second > 0);
        expect(whole(decodeFrame(encodeFrame(thin(given))) as SentFrame)).toEqual(given);
      }
    }),
  );
});

test("a row that stands still without having been there is refused", () => {
  const whole = putBackStill();
  whole({ ...frame([[0, sample(1)]]), still: [] });
  expect(() => whole({ ...frame([]), still: [0, 2] })).toThrow("stands still");
});
