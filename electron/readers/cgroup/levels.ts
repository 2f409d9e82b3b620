/** A limit along the ancestors: the value, who sets it (null: the cgroup itself), the file; all null: none. */
export type Found = {
  readonly value: number | null;
  readonly ancestor: string | null;
  readonly from: string | null;
};

export const none: Found = { value: null, ancestor: null, from: null };

/** One level of the tree: its folder, its path below the mount (null for the cgroup itself). */
export type Level = { readonly folder: string; readonly ancestor: string | null };

/** The cgroup and its ancestors, nearest first, without the root: the root has no limits. */
export function levelsOf(folder: string, mount: string | null): readonly Level[] {
  const levels: Level[] = [{ folder, ancestor: null }];
  const root = mount !== null && folder.startsWith(`${mount}/`) ? mount : null;
  if (root === null) return levels;
  for (let up = parent(folder); up.length > root.length; up = parent(up))
    levels.push({ folder: up, ancestor: asText(up.slice(root.length)) });
  return levels;
}

const parent = (folder: string) => folder.slice(0, folder.lastIndexOf("/"));
/** Paths inside are a byte a character; what people read is UTF-8. */
export const asText = (path: string) => Buffer.from(path, "latin1").toString("utf8");
