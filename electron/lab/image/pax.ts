import { BadArchive } from "./tar-header.ts";

// The body of a PAX header ("x" for the next entry, "g" for all that follow), UTF-8 as bytes:
//   30 mtime=1700000000.123456789
//   24 path=opt/긴 이름/…
// The number is the record's length, itself and the line's end included.
// https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_03

/** What the records say, of what we use. Absent: not told. */
export type Pax = {
  readonly path?: string;
  readonly link?: string;
  readonly size?: number;
  readonly mtime?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** It has extended attributes, which a newc archive can't hold. */
  readonly attributes?: boolean;
};

/** Reads the records of one header; an empty value says nothing. Throws a BadArchive. */
export function parsePax(body: Buffer): Pax {
  const pax: { -readonly [name in keyof Pax]: Pax[name] } = {};
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(0x20, at);
    const digits = space < 0 || space - at > 8 ? "" : body.toString("latin1", at, space);
    const end = at + Number(digits);
    if (!/^[1-9]\d*$/.test(digits) || end <= space + 1 || end > body.length || body[end - 1] !== 0x0a)
      throw new BadArchive("a PAX record is cut or too long");
    const equals = body.indexOf(0x3d, space);
    if (equals < 0 || equals >= end) throw new BadArchive("a PAX record has no value");
    const key = body.toString("latin1", space + 1, equals);
    const value = body.toString("latin1", equals + 1, end - 1);
    at = end;
    if (key.startsWith("SCHILY.xattr.") || key.startsWith("SCHILY.acl.")) pax.attributes = true;
    else if (key.startsWith("GNU.sparse.")) throw new BadArchive("a sparse file, which no engine exports");
    else if (value === "") continue;
    else if (key === "path") pax.path = named(value);
    else if (key === "linkpath") pax.link = named(value);
    else if (key === "size" || key === "uid" || key === "gid") pax[key] = whole(value);
    else if (key === "mtime") pax.mtime = seconds(value);
  }
  return pax;
}

function named(value: string): string {
  if (value.includes("\0")) throw new BadArchive("a name with a NUL in it");
  return value;
}

function whole(value: string): number {
  const number = Number(value);
  if (!/^\d{1,16}$/.test(value) || !Number.isSafeInteger(number))
    throw new BadArchive("a PAX number is none");
  return number;
}

function seconds(value: string): number {
  if (!/^-?\d{1,15}(\.\d*)?$/.test(value)) throw new BadArchive("a PAX time is none");
  return Math.floor(Number(value));
}
