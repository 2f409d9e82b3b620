import { BadArchive } from "./tar-header.ts";

/**
 * A name in an archive as a path below the root: no slash before, after or twice, no ".". "." is the root itself. Throws a
 * BadArchive for one that leads out of it: no engine writes such a name. `./usr//bin/` is `usr/bin`.
 */
export function entryPath(name: string): string {
  if (plain.test(name)) return name;
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) throw new BadArchive("a name that leads out of the image");
  return parts.length === 0 ? "." : parts.join("/");
}

/** No part begins with a dot or is empty: nearly all names. */
const plain = /^[^./\0][^/\0]*(\/[^./\0][^/\0]*)*$/;
