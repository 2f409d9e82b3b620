import type { detail as english } from "../en/detail.ts";

export const detail: typeof english = {};
