import type { ChangeTrouble } from "../../shared/model/change.ts";
import type { Handlers } from "../../shared/wire/calls.ts";

export type Changes = Pick<Handlers, "mends" | "prepareChange" | "changes"> & {
  commitChange: Handlers["commitChange"];
  undoChange: Handlers["undoChange"];
};
const off: ChangeTrouble = { code: "off", where: "settings", cause: null };
export const openChanges = (): Changes => ({
  mends: () => [],
  prepareChange: () => ({ trouble: off }),
  commitChange: () => ({ trouble: off }),
  undoChange: () => ({ trouble: off }),
  changes: () => [],
});
