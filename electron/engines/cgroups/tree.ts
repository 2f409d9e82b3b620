import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { type Recognised, recogniseGroup } from "./recognise.ts";

/** A cgroup that stands for something: where it is, and which one (a path may be taken again, by another inode). */
export type Node = { readonly path: string; readonly inode: number; readonly recognised: Recognised };

/** One hierarchy, kept up to date by the kernel's own news of it. Paths are relative to its mount, a byte a character. */
export type Tree = {
  /** All that is recognised now: instances, and services where nothing is recognised below them. */
  nodes(): readonly Node[];
  /** Takes in what was told since; true: something may have changed. */
  refresh(): boolean;
  /** Looks at everything anew. */
  rescan(): void;
  /** false: the kernel would not tell (no inotify left): only rescan sees what changes. */
  readonly watched: boolean;
  close(): void;
};

export type TreeOptions = {
  /** Where the hierarchy is mounted. */
  readonly mount: string;
  /** Recognises what the table of paths does not. */
  readonly otherwise: (path: string) => Recognised | null;
  /** false: no inotify, as on a machine that has none left. */
  readonly inotify?: boolean;
};

/** Deeper there is nothing that we know. */
const deepest = 14;
/** More directories than any machine has; each costs a watch of the kernel's. */
const mostWatches = 8_000;

type Folder = {
  readonly inode: number;
  readonly recognised: Recognised | null;
  readonly children: Map<string, Folder>;
  watcher: FSWatcher | null;
};

/**
 * Opens a hierarchy: every directory that is not an instance itself is watched (an instance's inner groups are part of
 * it: a container inside of a container is counted once, in the outer one).
 */
export function openTree({ mount, otherwise, inotify = true }: TreeOptions): Tree {
  /** Directories of which something was told, and of which names in them; null: of any. */
  const dirty = new Map<string, { readonly folder: Folder; names: Set<string> | null }>();
  let watched = inotify;
  let watches = 0;
  const root: Folder = { inode: 0, recognised: null, children: new Map(), watcher: null };

  const observe = (path: string, folder: Folder) => {
    if (!watched) return;
    if (watches >= mostWatches) {
      watched = false;
      return;
    }
    try {
      const watcher = watch(bytesOf(mount + path), { persistent: false, encoding: "latin1" });
      watches++;
      folder.watcher = watcher;
      // "change" is a file's content (limits, memory.events under pressure): no birth, no death.
      watcher.on("change", (what, name) => what === "rename" && note(path, folder, name));
      // Its directory is gone: whoever watches the one above tells that.
      watcher.on("error", () => forget(folder));
    } catch (error) {
      // ENOSPC and EMFILE: the user's watches are used up, by whomever. ENOENT: gone already.
      const { code } = error as { readonly code?: unknown };
      if (code !== "ENOENT") watched = false;
    }
  };

  const note = (path: string, folder: Folder, name: string | Buffer | null) => {
    const known = dirty.get(path);
    const names = known?.folder === folder ? known.names : new Set<string>();
    if (name === null || names === null) dirty.set(path, { folder, names: null });
    else dirty.set(path, { folder, names: names.add(name.toString("latin1")) });
  };

  const forget = (folder: Folder) => {
    if (folder.watcher) {
      folder.watcher.close();
      folder.watcher = null;
      watches--;
    }
    for (const child of folder.children.values()) forget(child);
  };

  /** Compares one name in a directory with what is known of it. `whole`: and all that is below it. */
  const compare = (path: string, folder: Folder, name: string, depth: number, whole: boolean) => {
    const inside = `${path}/${name}`;
    const inode = inodeOf(mount + inside);
    const known = folder.children.get(name);
    // What could not be named at its birth is asked for again, now and then.
    const named = whole && known?.recognised === null && otherwise(inside) !== null;
    if (known && known.inode === inode && !named) {
      if (whole && enters(known)) visit(inside, known, depth + 1);
      return;
    }
    if (known) forget(known);
    folder.children.delete(name);
    if (inode === null) return;
    const recognised = recogniseGroup(inside);
    const fresh: Folder = {
      inode,
      recognised:
        recognised && recognised.what !== "service" ? recognised : (otherwise(inside) ?? recognised),
      children: new Map(),
      watcher: null,
    };
    folder.children.set(name, fresh);
    if (!enters(fresh) || depth >= deepest) return;
    // Watched before it is read, so that nothing is born in between.
    observe(inside, fresh);
    visit(inside, fresh, depth + 1);
  };

  const visit = (path: string, folder: Folder, depth: number) => {
    const names = new Set([...readFolders(mount + path), ...folder.children.keys()]);
    for (const name of names) compare(path, folder, name, depth, true);
  };

  const collect = (path: string, folder: Folder, into: Node[]): number => {
    let below = 0;
    for (const [name, child] of folder.children) below += collect(`${path}/${name}`, child, into);
    const { recognised, inode } = folder;
    const stands = recognised?.what === "instance" || (recognised?.what === "service" && below === 0);
    if (stands && recognised) into.push({ path, inode, recognised });
    return below + (stands ? 1 : 0);
  };

  observe("", root);
  visit("", root, 0);
  return {
    get watched() {
      return watched;
    },
    nodes() {
      const found: Node[] = [];
      collect("", root, found);
      return found;
    },
    refresh() {
      const told = [...dirty];
      dirty.clear();
      for (const [path, { folder, names }] of told) {
        if (!folder.watcher) continue;
        const depth = path.split("/").length - 1;
        if (names === null) visit(path, folder, depth);
        else for (const name of names) compare(path, folder, name, depth, false);
      }
      return told.length > 0;
    },
    rescan() {
      dirty.clear();
      visit("", root, 0);
    },
    close() {
      forget(root);
    },
  };
}

/** What is a whole of its own is not entered; a service may hold containers (snap's Docker, Podman's Quadlet). */
const enters = ({ recognised }: Folder) => recognised === null || recognised.what === "service";

const bytesOf = (path: string) => Buffer.from(path, "latin1");

/** Names of the directories in one, a byte a character. None where it is gone, or not ours to read. */
export function readFolders(path: string): readonly string[] {
  try {
    return readdirSync(bytesOf(path), { withFileTypes: true, encoding: "latin1" })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

/** Null: not there, no directory, or not ours to see. */
function inodeOf(path: string): number | null {
  try {
    const found = statSync(bytesOf(path), { throwIfNoEntry: false });
    return found?.isDirectory() ? found.ino : null;
  } catch {
    return null;
  }
}
