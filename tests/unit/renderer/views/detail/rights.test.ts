import { expect, test } from "vitest";
import {
  hostsNotes,
  rightsNotes,
  rightsRows,
  sharersNotes,
} from "../../../../../renderer/views/detail/rights.ts";
import type { Namespace, Security } from "../../../../../shared/model/detail.ts";
import { words } from "../../../../../shared/words/words.ts";

const kept = words.en.detail.kept;
const fourteen = Array.from({ length: 14 }, (_, index) => `CAP_${index}`);
const ordinary: Security = {
  capabilities: fourteen,
  beyondDefault: [],
  everyCapability: false,
  seccomp: "filter",
  noNewPrivileges: false,
  readOnlyRoot: false,
  user: 0,
};
const told = (change: Partial<Security>) =>
  rightsRows(kept, { ...ordinary, ...change }).map(({ value, loud }) => (loud ? `! ${value}` : value));

test("a container as Docker makes it: nothing is loud", () =>
  expect(told({})).toEqual([
    "root",
    "what Docker gives",
    "filtered (seccomp)",
    "give new rights",
    "writable",
  ]));

test.each([
  ["none", { capabilities: [] }, "none"],
  ["some dropped", { capabilities: ["CHOWN", "KILL"] }, "2, no more than Docker gives"],
  ["one added", { beyondDefault: ["NET_ADMIN"] }, "! 1 more than Docker gives"],
  ["privileged", { everyCapability: true, beyondDefault: ["SYS_ADMIN"] }, "! all of them"],
] as const)("rights of root: %s", (_, change, value) => expect(told(change)[1]).toBe(value));

test("the rest of the borders", () => {
  const strict = { seccomp: "off", noNewPrivileges: true, readOnlyRoot: true, user: 1000 } as const;
  expect(told(strict).filter((_, row) => row !== 1)).toEqual([
    "user 1000",
    "! not filtered",
    "give no new rights",
    "read-only",
  ]);
});

test("what is not known has no row, and is not said to be none", () => {
  const unknown = {
    capabilities: null,
    seccomp: null,
    noNewPrivileges: null,
    readOnlyRoot: null,
    user: null,
  };
  expect(told(unknown)).toEqual([]);
});

test("what is beyond is named; of all rights there is one thing to say", () => {
  const added = { ...ordinary, beyondDefault: ["NET_ADMIN", "SYS_TIME"] };
  expect(rightsNotes(kept, added)).toEqual(["Beyond what Docker gives: NET_ADMIN, SYS_TIME."]);
  expect(rightsNotes(kept, { ...added, everyCapability: true })).toEqual([kept.everyNote]);
  expect(rightsNotes(kept, ordinary)).toEqual([]);
});

test("only what a container does not ordinarily share with the host is told in a sentence", () => {
  const of = (kind: Namespace["kind"], sharing: Namespace["sharing"]): Namespace => ({
    ...{ kind, inode: 1, sharing, sharers: [], more: 0 },
  });
  const notes = hostsNotes(kept, [
    of("pid", "host"),
    of("net", "shared"),
    of("user", "host"),
    of("mnt", "own"),
  ]);
  expect(notes).toEqual([kept.hostsNotes.pid]);
});

test("with whom it shares, in one sentence for all that are shared with the same", () => {
  const of = (kind: Namespace["kind"], ...sharers: readonly string[]): Namespace => ({
    ...{ kind, inode: 1, sharing: sharers.length > 0 ? "shared" : "own", sharers, more: 0 },
  });
  const shared = [of("net", "a", "b"), of("pid"), of("ipc", "a", "b"), of("uts", "c")];
  expect(sharersNotes(kept, shared, (id) => `name-${id}`)).toEqual([
    "Shares net, ipc with name-a and 1 more.",
    "Shares uts with name-c.",
  ]);
});
