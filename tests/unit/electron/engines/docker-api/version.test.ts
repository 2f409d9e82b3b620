import { expect, test } from "vitest";
import { negotiate } from "../../../../../electron/engines/docker-api/version.ts";

test.each([
  ["older than ours: theirs", "1.41", "1.41"],
  ["ours", "1.51", "1.51"],
  ["newer than ours: ours", "1.99", "1.51"],
  ["another major: ours", "2.0", "1.51"],
  ["1.9 is not 1.90", "1.9", null],
  ["below the floor", "1.24", null],
  ["no version", "latest", null],
  ["a path", "1.41/../x", null],
] as const)("%s", (_, theirs, spoken) => {
  expect(negotiate(theirs)).toBe(spoken);
});
