import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { prompts } from "../../../../../electron/lab/guest/prompt.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function heard() {
  const told: (readonly [string, number])[] = [];
  return { told, prompt: prompts((line, at) => told.push([line, at])) };
}

test("a line that stands still is told once, with the moment of its last byte", () => {
  const { told, prompt } = heard();
  prompt.moved(1, "debian lo");
  vi.advanceTimersByTime(60);
  prompt.moved(2, "debian login: ");
  vi.advanceTimersByTime(99);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([["debian login: ", 2]]);
});

test("a line that was ended is none, nor is one of a console that is closed", () => {
  const { told, prompt } = heard();
  prompt.moved(1, "half of it");
  prompt.moved(2, "");
  vi.advanceTimersByTime(1_000);
  prompt.moved(3, "login: ");
  prompt.close();
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([]);
});
