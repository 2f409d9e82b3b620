import { statSync } from "node:fs";
import { expect, test } from "vitest";
import { parseNamespace, readNamespaces } from "../../../../electron/machine/namespaces.ts";

test.each([
  ["net:[4026531833]", 4_026_531_833],
  ["net:[]", null],
  ["net:4026531833", null],
  ["/etc/passwd", null],
  ["", null],
])("%j", (link, inode) => expect(parseNamespace(link)).toBe(inode));

test("this process's own, as stat tells them", () => {
  const inodes = readNamespaces("self");
  if (!(inodes instanceof Map)) throw new Error("not read");
  for (const [kind, inode] of inodes) expect(statSync(`/proc/self/ns/${kind}`).ino, kind).toBe(inode);
  expect([...inodes.keys()]).toEqual(expect.arrayContaining(["pid", "net", "mnt", "uts", "ipc", "user"]));
});

test("no such process", () => expect(readNamespaces(4_194_304)).toBeNull());
