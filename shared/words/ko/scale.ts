import type { scale as english } from "../en/scale.ts";

export const scale: typeof english = {};
