import { existsSync } from "node:fs";
import type { ChangeCalls } from "./changes/changes.ts";
import type { DeskOptions } from "./changes/desk.ts";
import type { Door } from "./changes/question.ts";
import { journalPath } from "./machine/data-directory.ts";

/**
 * What a page asks for of limits. It costs nothing until it is used: its parts (the engines' clients, YAML) are loaded with
 * the first call, or at once where something was changed before, since a Tare that was killed may have left a change open.
 */
export function changeCalls(options: DeskOptions, ending: AbortSignal): (door: Door) => ChangeCalls {
  let opened: Promise<(door: Door) => ChangeCalls> | null = null;
  const open = (door: Door) => {
    opened ??= import("./changes/changes.ts").then(({ openChanges }) => openChanges(options, ending));
    return opened.then((calls) => calls(door));
  };
  if (existsSync(journalPath(options.directory))) void open({ confirm: null }).catch(() => undefined);
  return (door) => ({
    mends: async (wish) => (await open(door)).mends(wish),
    prepareChange: async (wish) => (await open(door)).prepareChange(wish),
    commitChange: async (word) => (await open(door)).commitChange(word),
    undoChange: async (word) => (await open(door)).undoChange(word),
    changes: async () => (await open(door)).changes({}),
  });
}
