import { expect, test, vi } from "vitest";
import { cursor } from "../../../../renderer/charts/cursor.ts";

test("charts that share a cursor hear of each move, and of nothing else", () => {
  const shared = cursor();
  const heard = vi.fn();
  const stop = shared.subscribe(heard);
  shared.set({ at: 5 });
  shared.set({ at: 5 });
  expect(heard).toHaveBeenCalledTimes(1);
  shared.set({ brush: { from: 1, to: 2 } });
  expect(shared.get()).toEqual({ at: 5, brush: { from: 1, to: 2 } });
  stop();
  shared.set({ at: null });
  expect(heard).toHaveBeenCalledTimes(2);
});
