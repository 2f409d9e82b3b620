import type { terminal as english } from "../en/terminal.ts";

export const terminal: typeof english = {};
