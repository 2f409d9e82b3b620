import { isDeepStrictEqual } from "node:util";
import type { Setting } from "../../../shared/mends/setting.ts";
import { below, type Compose, type Plain, readCompose } from "./document.ts";
import { type Edit, edited } from "./edit.ts";
import { alongWith, type Key, type Keys, keysOf } from "./keys.ts";
import { editFor, without } from "./place.ts";
import { FileUnfit } from "./unclear.ts";

/** A compose file with a new limit: all its other bytes are as they were. */
export type Patch = { readonly edits: readonly Edit[]; readonly text: string };

/**
 * Sets a limit of one service in the text of a compose file. The edit is made where the value stands, and proven: the result
 * is read again, and must mean what the file meant before, but for this service's limit. So a value that others share through
 * an anchor is found out, whatever the way it is shared. Null: there is no such service. Throws FileUnfit where it can't be
 * written safely: a variable, an alias or merge of more than this value, another service that extends this one.
 */
export function patchCompose(text: string, service: string, setting: Setting): Patch | null {
  const keys = keysOf(setting.resource);
  const { limit } = setting;
  if (keys === null || limit === null) throw new FileUnfit("file-unclear", setting.resource, null);
  const compose = readCompose(text, service);
  if (compose === null) return null;
  refuseOthers(compose, service, keys);
  const along = alongWith(setting, below(compose.service, ["memswap_limit"]));
  const wanted = [...placesIn(compose, keys).map((key) => ({ key, to: limit })), ...(along ? [along] : [])];
  const edits = wanted.map(({ key, to }) => editFor(compose, key, to));
  const next = edited(text, edits);
  const after = next === null ? null : readCompose(next, service);
  if (next === null || after === null || !onlyChanged(compose, after, service, wanted))
    throw new FileUnfit("file-unclear", "&", null);
  return { edits, text: next };
}

/** Whether the file sets this limit for this service. */
export function hasLimit(text: string, service: string, setting: Setting): boolean | null {
  const keys = keysOf(setting.resource);
  const compose = keys === null ? null : readCompose(text, service);
  return keys && compose && standing(compose, keys).length > 0;
}

/** The limit that the file gives the service, in base units; null: none, or none that can be read. */
export function limitIn(text: string, service: string, setting: Setting): number | null {
  const keys = keysOf(setting.resource);
  const compose = keys === null ? null : readCompose(text, service);
  const [key] = keys && compose ? standing(compose, keys) : [];
  return key && compose ? key.parse(below(compose.service, key.path)) : null;
}

const standing = ({ service }: Compose, { short, deploy }: Keys): readonly Key[] =>
  [short, deploy].filter(({ path }) => below(service, path) !== undefined);

/** Where the limit stands; for a new one where this file keeps its limits: below deploy, or on the service itself. */
function placesIn(compose: Compose, keys: Keys): readonly Key[] {
  const found = standing(compose, keys);
  if (found.length > 0) return found;
  const base = baseOf(compose);
  const inDeploy =
    below(compose.service, ["deploy", "resources", "limits"]) !== undefined ||
    (base !== null && below(base, ["deploy", "resources", "limits"]) !== undefined) ||
    // The old format 3 knows no mem_limit; today's compose reads both.
    /^3/.test(String(below(compose.whole, ["version"]) ?? ""));
  return [inDeploy ? keys.deploy : keys.short];
}

/** The service that this one extends; null: none. Throws where that is in another file, whose limits nobody sees here. */
function baseOf({ service, whole }: Compose): unknown {
  const { extends: base } = service;
  if (base === undefined) return null;
  if (below(base, ["file"]) !== undefined)
    throw new FileUnfit("file-unclear", `extends: ${String(below(base, ["file"]))}`, null);
  const name = typeof base === "string" ? base : String(below(base, ["service"]));
  return below(whole, ["services", name]) ?? null;
}

function refuseOthers({ service, whole }: Compose, name: string, { others }: Keys): void {
  const other = others.find((key) => service[key] !== undefined);
  if (other) throw new FileUnfit("file-unclear", other, null);
  for (const [user, definition] of Object.entries((whole.services ?? {}) as Plain)) {
    const base = below(definition, ["extends"]);
    if (base === name || (below(base, ["service"]) === name && below(base, ["file"]) === undefined))
      throw new FileUnfit("file-unclear", `${user}: extends: ${name}`, null);
  }
}

/** The same meaning but for the limits, which are the wanted ones. */
function onlyChanged(
  before: Compose,
  after: Compose,
  service: string,
  wanted: readonly { readonly key: Key; readonly to: number }[],
): boolean {
  const set = wanted.every(({ key, to }) => {
    const value = key.parse(below(after.service, key.path));
    return value !== null && Math.abs(value - to) < 0.001;
  });
  const rest = ({ whole }: Compose) =>
    wanted.reduce<unknown>((all, { key }) => without(all, ["services", service, ...key.path]), whole);
  return set && isDeepStrictEqual(rest(before), rest(after));
}
