import { expect, test } from "vitest";
import { parseBoxName } from "../../../../../electron/lab/container/state.ts";

test.each([
  ["as Docker tells it", { Name: "/web-1" }, "web-1"],
  ["as Podman does", { Name: "web-1" }, "web-1"],
  ["no name", { Id: "3f9c" }, null],
  ["an empty one", { Name: "/" }, null],
  ["no such container", null, null],
])("a container's name: %s", (_, json, name) => {
  expect(parseBoxName(json)).toBe(name);
});
