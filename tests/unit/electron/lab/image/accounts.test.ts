import { describe, expect, test } from "vitest";
import { resolveUser } from "../../../../../electron/lab/image/accounts.ts";
import { LabFailure } from "../../../../../electron/lab/trial.ts";

const passwd = `root:x:0:0:root:/root:/bin/sh
# a comment
broken
www-data:x:33:34:www:/var/www:/sbin/nologin
1000:x:7:8::/home/odd:
${Buffer.from("지현").toString("latin1")}:x:1001:1001::/home/j:/bin/sh
`;
const group = `root:x:0:
www-data:x:34:
video:x:44:other,www-data
audio:x:29:www-data
wheel:x:10:www-dat
`;

describe("resolveUser", () => {
  test.each([
    ["", { uid: 0, gid: 0, groups: [], home: "/root" }],
    ["www-data", { uid: 33, gid: 34, groups: [44, 29], home: "/var/www" }],
    ["33", { uid: 33, gid: 34, groups: [44, 29], home: "/var/www" }],
    ["www-data:video", { uid: 33, gid: 44, groups: [], home: "/var/www" }],
    ["www-data:7", { uid: 33, gid: 7, groups: [], home: "/var/www" }],
    ["12345", { uid: 12_345, gid: 0, groups: [], home: "/" }],
    ["12345:54321", { uid: 12_345, gid: 54_321, groups: [], home: "/" }],
    ["1000", { uid: 7, gid: 8, groups: [], home: "/home/odd" }], // a name before a number, as Docker has it
    ["지현", { uid: 1_001, gid: 1_001, groups: [], home: "/home/j" }],
    [":video", { uid: 0, gid: 44, groups: [], home: "/root" }],
  ])("%s", (user, account) => {
    expect(resolveUser(user, passwd, group)).toEqual(account);
  });

  test("knows root, and numbers, in an image without accounts", () => {
    expect(resolveUser("", "", "")).toEqual({ uid: 0, gid: 0, groups: [], home: "/" });
    expect(resolveUser("65534:65534", "", "")).toEqual({ uid: 65_534, gid: 65_534, groups: [], home: "/" });
  });

  test.each(["nobody", "-1", "4294967295", "99999999999", "root:nobody", "a b"])("refuses %s", (user) => {
    expect(() => resolveUser(user, passwd, group)).toThrow(LabFailure);
  });
});
