import { LabFailure } from "../trial.ts";

// /etc/passwd  name:password:uid:gid:comment:home:shell
// /etc/group   name:password:gid:member,member
// https://man7.org/linux/man-pages/man5/passwd.5.html

/** Who a workload runs as. */
export type Account = {
  readonly uid: number;
  readonly gid: number;
  /** Further groups that /etc/group gives to this name; always empty where a group is named in the image's user. */
  readonly groups: readonly number[];
  readonly home: string;
};

/**
 * An image's `user` (name, uid, name:group, uid:gid; empty: root) as numbers, in the way of Docker: a name must stand in the
 * image's own files, a number need not. Throws a LabFailure "failed-to-start" where a name does not.
 */
export function resolveUser(user: string, passwd: string, group: string): Account {
  const [name = "", groupName = null] = user.includes(":") ? splitOnce(user) : [user];
  const accounts = fields(passwd).filter((parts) => parts.length >= 4 && id(parts[2]) !== null);
  const wanted = name === "" ? "0" : latin1(name);
  const found =
    accounts.find((parts) => parts[0] === wanted) ?? accounts.find((parts) => id(parts[2]) === id(wanted));
  const uid = found ? id(found[2]) : id(wanted);
  if (uid === null) throw unknown("user", name, "passwd");
  const home = found?.[5] || "/";
  if (groupName !== null && groupName !== "")
    return { uid, gid: resolveGroup(groupName, group), groups: [], home };
  const gid = id(found?.[3]) ?? 0;
  const groups = fields(group)
    .filter((parts) => found !== undefined && (parts[3] ?? "").split(",").includes(found[0] ?? ""))
    .flatMap((parts) => id(parts[2]) ?? []);
  return { uid, gid, groups: [...new Set(groups)].filter((one) => one !== gid), home };
}

function resolveGroup(name: string, group: string): number {
  const wanted = latin1(name);
  const found = fields(group).find((parts) => parts[0] === wanted);
  const gid = id(found?.[2]) ?? id(wanted);
  if (gid === null) throw unknown("group", name, "group");
  return gid;
}

const fields = (text: string) => text.split("\n").map((line) => line.split(":"));
const latin1 = (text: string) => Buffer.from(text).toString("latin1");
const splitOnce = (user: string) =>
  [user.slice(0, user.indexOf(":")), user.slice(user.indexOf(":") + 1)] as const;

/** A user's or group's number, 0 to 2^32 - 2; null: it is none. */
function id(text: string | undefined): number | null {
  const number = /^\d{1,10}$/.test(text ?? "") ? Number(text) : null;
  return number !== null && number < 0xffff_ffff ? number : null;
}

const unknown = (what: string, name: string, file: string) =>
  new LabFailure({
    code: "failed-to-start",
    where: name,
    cause: `unable to find ${what} ${name}: no matching entries in ${file} file`,
  });
