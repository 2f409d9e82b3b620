import { isAlias, isMap, isScalar, type Pair, type Scalar, type YAMLMap } from "yaml";
import { below, type Compose, type Plain, pairOf } from "./document.ts";
import type { Edit } from "./edit.ts";
import type { Key } from "./keys.ts";
import { FileUnfit } from "./unclear.ts";

/** The edit that gives `key` its limit, in the service's own lines. Throws FileUnfit where no such edit is safe. */
export function editFor(compose: Compose, key: Key, to: number): Edit {
  let map = compose.node;
  let meaning: unknown = compose.service;
  for (const [depth, name] of key.path.entries()) {
    const rest = key.path.slice(depth);
    const pair = pairOf(map, name);
    if (pair === null) {
      // Merged in from elsewhere: of a value of its own the service's line comes first, of a map it would hide the rest.
      if (rest.length > 1 && below(meaning, [name]) !== undefined) throw unfit(compose, "<<", map);
      return insertion(compose, map, rest, key.write(to, null));
    }
    if (rest.length === 1) return replacement(compose, pair, key, to);
    if (isAlias(pair.value)) throw unfit(compose, `*${pair.value.source}`, pair);
    if (!isMap(pair.value)) throw unfit(compose, name, pair);
    map = pair.value;
    meaning = below(meaning, [name]);
  }
  throw unfit(compose, key.path.join("."), map);
}

/** Only the value's own characters, in the quotes that it has. An alias gives way to a value of this service's own. */
function replacement(compose: Compose, pair: Pair, key: Key, to: number): Edit {
  const { value } = pair;
  if (isAlias(value) && value.range) {
    const [at, end] = value.range;
    return { at, removed: compose.text.slice(at, end), added: key.write(to, null) };
  }
  if (!isScalar(value) || !value.range || value.tag !== undefined) throw unfit(compose, labelOf(pair), pair);
  const [at, end] = value.range;
  const removed = compose.text.slice(at, end);
  if (/(^|[^$])(\$\$)*\$[{A-Za-z_]/.test(removed)) throw unfit(compose, removed, pair);
  const inner = /^(["']?)([^"'\n]*)\1$/.exec(removed);
  if (!inner || key.parse(inner[2]) === null) throw unfit(compose, removed, pair);
  const [, mark = "", written = ""] = inner;
  return { at, removed, added: `${mark}${key.write(to, written)}${mark}` };
}

/** A new line (or lines) in a map: behind its image, as people write it, or behind what else stands on one line, or first. */
function insertion(compose: Compose, map: YAMLMap, path: readonly string[], value: string): Edit {
  if (map.flow) return flowInsertion(compose, map, path, value);
  const { text } = compose;
  const first = map.items[0]?.key;
  if (!isScalar(first) || !first.range) throw unfit(compose, path.join("."), map);
  const start = text.lastIndexOf("\n", first.range[0] - 1) + 1;
  const indent = text.slice(start, first.range[0]);
  if (!/^ *$/.test(indent)) throw unfit(compose, path.join("."), map);
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const step = stepOf(compose, indent.length);
  const lines = path.map(
    (name, depth) => `${indent}${step.repeat(depth)}${name}:${depth === path.length - 1 ? ` ${value}` : ""}`,
  );
  const behind = onOneLine(text, pairOf(map, "image")) ?? onOneLine(text, map.items.at(-1) ?? null);
  if (behind === null) return { at: start, removed: "", added: lines.map((line) => line + eol).join("") };
  return { at: behind, removed: "", added: lines.map((line) => eol + line).join("") };
}

/** The end of a pair's line, its comment included, without the line's own end; null: it is none, or not on one line. */
function onOneLine(text: string, pair: Pair | null): number | null {
  if (!pair || !isScalar(pair.key) || !isScalar(pair.value) || isBlock(pair.value)) return null;
  const [from, to] = [pair.key.range?.[0], pair.value.range?.[1]];
  if (from === undefined || to === undefined || text.slice(from, to).includes("\n")) return null;
  const end = text.indexOf("\n", to);
  if (end < 0) return text.length;
  return text[end - 1] === "\r" ? end - 1 : end;
}

const isBlock = ({ type }: Scalar): boolean => type === "BLOCK_FOLDED" || type === "BLOCK_LITERAL";

/** `{ cpus: "0.5" }` -> `{ cpus: "0.5", memory: 192m }`; quoted where the others are (JSON is YAML too). */
function flowInsertion(compose: Compose, map: YAMLMap, path: readonly string[], value: string): Edit {
  const last = map.items.at(-1);
  const json = isScalar(last?.key) && last.key.type === "QUOTE_DOUBLE";
  const word = (text: string) => (json ? JSON.stringify(text) : text);
  const written = json && !/^\d+(\.\d+)?$/.test(value) ? JSON.stringify(value) : value;
  const pair = path.reduceRight(
    (inside, name, depth) => `${word(name)}: ${depth === path.length - 1 ? inside : `{ ${inside} }`}`,
    written,
  );
  const [from] = map.range ?? [];
  if (from === undefined) throw unfit(compose, path.join("."), map);
  if (!last) return { at: from + 1, removed: "", added: ` ${pair} ` };
  const end = (last.value as { range?: readonly [number, number, number] } | null)?.range?.[1];
  if (end === undefined) throw unfit(compose, path.join("."), map);
  return { at: end, removed: "", added: `, ${pair}` };
}

/** How far a level is set in, here: the service's keys under its name. */
function stepOf({ text, node }: Compose, indent: number): string {
  const first = node.items[0]?.key;
  if (!isScalar(first) || !first.range) return "  ";
  const start = text.lastIndexOf("\n", first.range[0] - 1) + 1;
  const own = first.range[0] - start;
  for (let line = start; line > 0; ) {
    const before = text.lastIndexOf("\n", line - 2) + 1;
    const [spaces = ""] = /^ */.exec(text.slice(before, line)) ?? [];
    // The first line above that is set in less is the service's name.
    if (spaces.length < own && text.slice(before, line).trim() !== "") return " ".repeat(own - spaces.length);
    line = before;
  }
  return " ".repeat(Math.max(2, Math.min(indent, 4)));
}

const labelOf = (pair: Pair): string => (isScalar(pair.key) ? String(pair.key.value) : "?");

function unfit({ lineOf, text }: Compose, cause: string, at: Pair | YAMLMap): FileUnfit {
  const offset = "items" in at ? at.range?.[0] : isScalar(at.key) ? at.key.range?.[0] : undefined;
  return new FileUnfit("file-unclear", cause, lineOf(Math.min(offset ?? 0, text.length)));
}

/** `service` without what stands under `path`; a map that is empty then was made for it, and goes too. */
export function without(service: unknown, [name, ...rest]: readonly string[]): unknown {
  if (typeof service !== "object" || service === null || name === undefined) return service;
  const { [name]: inner, ...others } = service as Plain;
  if (rest.length === 0 || inner === undefined) return others;
  const left = without(inner, rest);
  return typeof left === "object" && left !== null && Object.keys(left).length === 0
    ? others
    : { ...others, [name]: left };
}
