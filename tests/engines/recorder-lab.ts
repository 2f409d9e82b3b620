import { expect } from "vitest";
import { record } from "../../electron/history/recorder.ts";
import { openRecording } from "../../electron/history/recording.ts";
import type { Trouble } from "../../shared/model/trouble.ts";
import { manualClock } from "../manual-clock.ts";
import { handSource, instance, sample, tick } from "../unit/electron/history/play-source.ts";

export const start = 1_795_500_000_000;
const many = Array.from({ length: 60 }, (_, slot) => instance(slot));
/** Figures that no packing makes small, so that a small disk is soon full. */
const noisy = (second: number) =>
  tick(start + second * 1000, {
    whole: second === 0,
    came: second === 0 ? many : [],
    samples: new Map(
      many.map(({ id }, n) => [
        id,
        sample({
          gross: Math.sin(second * 61 + n) * 1e9,
          net: Math.cos(second * 67 + n) * 1e9,
          cores: Math.abs(Math.sin(second * 71 + n)),
          cache: Math.cos(second * 73 + n) * 1e7,
        }),
      ]),
    ),
  });

/** A recording, a second a step; what it told, and when. */
export function recording(path: string) {
  const clock = manualClock(start);
  const source = handSource();
  const stop = new AbortController();
  const told: { readonly second: number; readonly code: string | null }[] = [];
  let second = 0;
  let saved = 0;
  const ended = record(path, source, {
    clock,
    version: "0.1.0",
    signal: stop.signal,
    for: null,
    name: null,
    keep: () => true,
    races: async () => [],
    onBegun: () => undefined,
    onSaved(until) {
      saved = (until - start) / 1000;
    },
    onTrouble: (trouble: Trouble | null) => told.push({ second, code: trouble?.code ?? null }),
  });
  return {
    path,
    told,
    saved: () => saved,
    /** The same as a moment of the clock. */
    savedAt: () => start + saved * 1000,
    second: () => second,
    async run(seconds: number) {
      for (const end = second + seconds; second < end; second++) {
        source.put(noisy(second));
        await clock.pass(1000);
      }
    },
    end() {
      stop.abort();
      return ended;
    },
  };
}

/** Every second from the first to `to` stands in the file, with its figures. */
export function expectAll(path: string, to: number): void {
  const file = openRecording(path);
  expect([file.from, file.to]).toEqual([start, start + to * 1000]);
  let seconds = 0;
  for (let frame = file.upTo(file.from); frame; frame = file.after(frame.at)) {
    expect(frame.rows.get(7)?.gross).toBe(Math.sin(seconds * 61 + 7) * 1e9);
    seconds++;
  }
  expect(seconds).toBe(to + 1);
  file.close();
}
