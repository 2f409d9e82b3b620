import { createHash } from "node:crypto";

/** What something is known again by; an object by its JSON. */
export const hash = (what: unknown): string =>
  createHash("sha256")
    .update(typeof what === "string" ? what : JSON.stringify(what))
    .digest("hex");
