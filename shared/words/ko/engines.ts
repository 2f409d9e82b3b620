import type { engines as english } from "../en/engines.ts";

export const engines: typeof english = {};
