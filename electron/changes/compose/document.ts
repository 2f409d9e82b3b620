import { isAlias, isMap, isScalar, LineCounter, type Pair, parseAllDocuments, type YAMLMap } from "yaml";
import { FileUnfit } from "./unclear.ts";

/** What compose makes of a value: aliases followed, merge keys merged. */
export type Plain = { readonly [key: string]: unknown };

/** A compose file, read: where each thing stands, and what it means. */
export type Compose = {
  readonly text: string;
  /** The service's own map. */
  readonly node: YAMLMap;
  /** The service with aliases and merge keys followed. */
  readonly service: Plain;
  /** The whole file, the same way. */
  readonly whole: Plain;
  lineOf(offset: number): number;
};

/** Reads the service of a compose file; null: the file has none of this name. Throws FileUnfit. */
export function readCompose(text: string, service: string): Compose | null {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { merge: true, lineCounter: lines, logLevel: "silent" });
  const lineOf = (offset: number) => lines.linePos(offset).line;
  const [document] = documents;
  if (document === undefined || !("contents" in document)) throw new FileUnfit("file-not-yaml", "", null);
  const [error] = document.errors;
  if (error) throw new FileUnfit("file-not-yaml", firstLine(error.message), lineOf(error.pos[0]));
  if (documents.length > 1) throw new FileUnfit("file-unclear", "---", lineOf(document.range[2]));
  if (!isMap(document.contents)) throw new FileUnfit("file-not-yaml", "services", null);
  const services = under(document.contents, "services");
  if (services === null) return null;
  if (!isMap(services)) throw new FileUnfit("file-unclear", "services", null);
  const pair = pairOf(services, service);
  if (pair === null) return null;
  const at = isScalar(pair.key) ? lineOf(pair.key.range?.[0] ?? 0) : null;
  if (isAlias(pair.value)) throw new FileUnfit("file-unclear", `*${pair.value.source}`, at);
  if (!isMap(pair.value)) throw new FileUnfit("file-unclear", service, at);
  const whole = plain(() => document.toJS({ maxAliasCount: 1_000 }) as unknown);
  const all = plain(() => whole.services);
  return { text, node: pair.value, service: plain(() => all[service]), whole, lineOf };
}

/** The pair that a map itself has under a key, not what it merges; null: none. */
export const pairOf = (map: YAMLMap, key: string): Pair | null =>
  map.items.find((pair) => isScalar(pair.key) && pair.key.value === key) ?? null;

const under = (map: YAMLMap, key: string): unknown => pairOf(map, key)?.value ?? null;

function plain(read: () => unknown): Plain {
  let value: unknown;
  try {
    value = read();
  } catch (error) {
    // Aliases that multiply without end.
    throw new FileUnfit("file-not-yaml", firstLine((error as Error).message), null);
  }
  if (typeof value !== "object" || value === null) throw new FileUnfit("file-unclear", "services", null);
  return value as Plain;
}

const firstLine = (text: string): string => text.split("\n")[0]?.replace(/ at line .*/, "") ?? "";

/** What stands under a path of keys; undefined: nothing. */
export function below(from: unknown, path: readonly string[]): unknown {
  let value = from;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Plain)[key];
  }
  return value;
}
