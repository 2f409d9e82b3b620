import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { figures } from "../../../shared/figures.ts";

const root = new URL("../../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const page = read("docs/measuring.md");
const sections = page.split(/^## /m).slice(1);
/** As Markdown's hosts make it of a heading. */
const anchorOf = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(" ", "-")
    .replace(/[^a-z0-9-]/g, "");
const anchors = new Set(sections.map((section) => anchorOf(section.split("\n")[0] ?? "")));

test("every figure's doc is a heading", () => {
  expect(Object.entries(figures).filter(([, { doc }]) => !anchors.has(doc))).toEqual([]);
});

test("every heading works a case by hand", () => {
  const without = sections.filter((section) => !section.includes("*Case.*"));
  expect(without.map((section) => section.split("\n")[0])).toEqual([]);
});

test("links within the page, and from the comments of the formulas, lead somewhere", () => {
  const formulas = readdirSync(new URL("shared/measure/", root)).map((name) =>
    read(`shared/measure/${name}`),
  );
  const links = [
    ...[...page.matchAll(/\]\(#([a-z-]+)\)/g)].map(([, anchor]) => anchor),
    ...formulas.flatMap((text) => [...text.matchAll(/measuring\.md#([a-z-]+)/g)].map(([, anchor]) => anchor)),
  ];
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((anchor) => !anchors.has(anchor ?? ""))).toEqual([]);
});
