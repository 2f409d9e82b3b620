import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sectionsOf } from "../../../renderer/meaning/markdown.ts";
import { figureNames, figures } from "../../../shared/figures.ts";
import { words } from "../../../shared/words/words.ts";

const root = new URL("../../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const page = read("docs/measuring.md");
const korean = read("docs/measuring.ko.md");
const sections = page.split(/^## /m).slice(1);
const anchors = new Set(sectionsOf(page).map(({ anchor }) => anchor));

test("every figure's doc is a heading", () => {
  expect(Object.entries(figures).filter(([, { doc }]) => !anchors.has(doc))).toEqual([]);
});

test("every heading works a case by hand", () => {
  const without = sections.filter((section) => !section.includes("*Case.*"));
  expect(without.map((section) => section.split("\n")[0])).toEqual([]);
});

test("links within the page, and from the comments of the formulas, lead somewhere", () => {
  const formulas = ["shared/measure", "shared/rules"].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root)).map((name) => read(`${folder}/${name}`)),
  );
  const links = [
    ...[...page.matchAll(/\]\(#([a-z-]+)\)/g)].map(([, anchor]) => anchor),
    ...formulas.flatMap((text) => [...text.matchAll(/measuring\.md#([a-z-]+)/g)].map(([, anchor]) => anchor)),
  ];
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((anchor) => !anchors.has(anchor ?? ""))).toEqual([]);
});

test("the Korean page has the same headings in the same order, works the same cases and names the same files", () => {
  const anchorsOf = (text: string) => sectionsOf(text).map(({ anchor }) => anchor);
  expect(anchorsOf(korean)).toEqual(anchorsOf(page));
  const of = (text: string, pattern: RegExp) =>
    text
      .split(/^## /m)
      .slice(1)
      .map((section) => new Set(section.match(pattern) ?? []));
  expect(of(korean, /<https:[^>]+>/g)).toEqual(of(page, /<https:[^>]+>/g));
  const withCase = korean.split(/^## /m).filter((section) => section.includes("*예.*"));
  expect(withCase).toHaveLength(sections.length);
});

test("what is read from where names files and fields as they are, and our own words in every language", () => {
  const sources = figureNames.flatMap((name) => Object.values(figures[name].from) as string[]);
  const terms = sources.flatMap((source) => [...source.matchAll(/\{(\w+)\}/g)].map(([, term]) => term));
  for (const { detail } of Object.values(words)) {
    expect(Object.keys(detail.facts.terms).sort()).toEqual([...new Set(terms)].sort());
    expect(Object.keys(detail.facts.figures)).toEqual(figureNames);
  }
  // A plain word beside them that is no name of a field would be English in Korean.
  const plain = sources
    .flatMap((source) => source.replaceAll(/\{\w+\}/g, "").match(/[\w./]+/g) ?? [])
    .filter((word) => /^[a-z]{2,}$/.test(word) && !fields.has(word));
  expect(plain).toEqual([]);
});

const fields = new Set(
  "anon shmem file kernel some utime stime max resident domstats inspect balloon net block networks available usable rbytes usage wbytes full high rbps wbps".split(
    " ",
  ),
);
