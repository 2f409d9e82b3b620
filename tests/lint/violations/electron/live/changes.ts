// What watches changes nothing.
import { openChanges } from "../changes/changes.ts";

export const opened = openChanges;
