import { expect, test } from "vitest";
import {
  cpuPicture,
  memoryPicture,
  partsOf,
  showsOther,
} from "../../../../../renderer/views/detail/pictures.ts";
import { fromSeries } from "../../../../../renderer/views/detail/timeline.ts";
import type { FigureName } from "../../../../../shared/figures.ts";

const mib = 1024 * 1024;
const frame = { span: { from: 0, to: 10_000 }, moments: [], height: 184 };
const timelineOf = (figures: { readonly [name in FigureName]?: readonly (number | null)[] }) =>
  fromSeries({ at: [1_000, 5_000, 9_000], step: [1_000, 1_000, 1_000], figures, min: figures, max: figures });
const three = (value: number) => [value, value, value];

test("a limit far above all that was used stays outside, so that the plot is not flat", () => {
  const small = timelineOf({ gross: three(20 * mib), net: three(20 * mib), memoryLimit: three(8192 * mib) });
  const picture = memoryPicture("container", small, frame);
  expect(picture.limitAbove).toBe(true);
  expect(picture.high).toBeLessThan(40 * mib);
  const near = timelineOf({ gross: three(60 * mib), net: three(60 * mib), memoryLimit: three(200 * mib) });
  expect(memoryPicture("container", near, frame)).toMatchObject({ limitAbove: false });
});

test("an axis fits what is in sight, not what was an hour ago", () => {
  const early = timelineOf({ cores: [4, 0.1, 0.1] });
  expect(cpuPicture("container", early, { ...frame, span: { from: 4_000, to: 10_000 } }).high).toBeLessThan(
    0.2,
  );
});

test("how finely memory is told", () => {
  expect(partsOf("container", timelineOf({ gross: three(1), net: three(1) }))).toBe("split");
  expect(partsOf("container", timelineOf({ gross: three(1) }))).toBe("whole");
  expect(partsOf("vm", timelineOf({ gross: three(2), inUse: [null, 1, 1] }))).toBe("guest");
  expect(partsOf("vm", timelineOf({ gross: three(2) }))).toBe("whole");
});

test("other is shown over 1 %", () => {
  expect(showsOther(timelineOf({ gross: three(100), other: [0, 1, 1] }), frame.span)).toBe(false);
  expect(showsOther(timelineOf({ gross: three(100), other: [0, 1.1, 0] }), frame.span)).toBe(true);
});

test("unknown everywhere: a picture with one gap and an axis, no value", () => {
  const picture = memoryPicture("container", timelineOf({}), frame);
  expect(picture.gaps).toEqual([frame.span]);
  expect(picture.high).toBeGreaterThan(0);
});
