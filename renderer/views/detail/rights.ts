import { count, visible } from "../../../shared/format.ts";
import type { Namespace, Security } from "../../../shared/model/detail.ts";
import type { Words } from "../../../shared/words/words.ts";

type W = Words["detail"]["kept"];
/** `loud`: less of a border than a container has by itself. */
export type RightsRow = { readonly name: string; readonly value: string; readonly loud: boolean };

/** What an instance may do, a row a thing; what is not known has none. */
export function rightsRows(words: W, security: Security): readonly RightsRow[] {
  const { capabilities, beyondDefault, everyCapability, seccomp, noNewPrivileges, readOnlyRoot, user } =
    security;
  const rows: (RightsRow | null)[] = [
    user === null
      ? null
      : { name: words.runsAs, value: user === 0 ? words.root : words.user(String(user)), loud: false },
    capabilities === null
      ? null
      : {
          name: words.capabilities,
          value: everyCapability
            ? words.every
            : beyondDefault.length > 0
              ? words.more(count(beyondDefault.length))
              : capabilities.length === 0
                ? words.noCapabilities
                : capabilities.length === ofDocker
                  ? words.asDocker
                  : words.fewer(count(capabilities.length)),
          loud: everyCapability || beyondDefault.length > 0,
        },
    seccomp === null
      ? null
      : {
          name: words.calls,
          value: { filter: words.filtered, strict: words.strict, off: words.unfiltered }[seccomp],
          loud: seccomp === "off",
        },
    noNewPrivileges === null
      ? null
      : { name: words.gains, value: noNewPrivileges ? words.noGains : words.canGain, loud: false },
    readOnlyRoot === null
      ? null
      : { name: words.rootFiles, value: readOnlyRoot ? words.readOnly : words.writable, loud: false },
  ];
  return rows.filter((row) => row !== null);
}

/** How many capabilities Docker gives by itself. */
const ofDocker = 14;

/** What more there is to say of its rights, in sentences. */
export function rightsNotes(words: W, { everyCapability, beyondDefault }: Security): readonly string[] {
  if (everyCapability) return [words.everyNote];
  return beyondDefault.length === 0 ? [] : [words.moreNote(beyondDefault.join(", "))];
}

/** What it means that it lives in namespaces of the host, where a container ordinarily does not. */
export const hostsNotes = (words: W, namespaces: readonly Namespace[]): readonly string[] =>
  namespaces.flatMap(({ kind, sharing }) =>
    sharing === "host" && Object.hasOwn(words.hostsNotes, kind)
      ? [words.hostsNotes[kind as keyof W["hostsNotes"]]]
      : [],
  );

/** With whom it shares namespaces: one sentence for all that are shared with the same. `nameOf` gives a name by id. */
export function sharersNotes(
  words: W,
  namespaces: readonly Namespace[],
  nameOf: (id: string) => string,
): readonly string[] {
  const bySharers = new Map<string, { kinds: string[]; sharers: readonly string[]; more: number }>();
  for (const { kind, sharing, sharers, more } of namespaces) {
    if (sharing !== "shared") continue;
    const same = bySharers.get(sharers.join()) ?? { kinds: [], sharers, more };
    same.kinds.push(kind);
    bySharers.set(sharers.join(), same);
  }
  return [...bySharers.values()].map(({ kinds, sharers, more }) =>
    words.sharedWith(kinds.join(", "), visible(nameOf(sharers[0] ?? ""), 60), sharers.length - 1 + more),
  );
}

/** Ordinary in a container: every one lives in the host's unless somebody sets it apart. */
export const ordinary: ReadonlySet<Namespace["kind"]> = new Set(["user", "time"]);
