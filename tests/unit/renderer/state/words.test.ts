import { expect, test } from "vitest";
import { dayOf } from "../../../../renderer/state/words.ts";

test("a day is the user's: in Seoul it is the next one already", () => {
  const at = Date.UTC(2026, 10, 21, 20, 0);
  expect(dayOf(at, 0)).toEqual({ day: 21, month: 10 });
  expect(dayOf(at, 9 * 60)).toEqual({ day: 22, month: 10 });
});
