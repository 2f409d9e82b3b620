import type { en } from "./en.ts";
import { detail } from "./ko/detail.ts";
import { doors } from "./ko/doors.ts";
import { engines } from "./ko/engines.ts";
import { frame } from "./ko/frame.ts";
import { lab } from "./ko/lab.ts";
import { scale } from "./ko/scale.ts";
import { startup } from "./ko/startup.ts";
import { terminal } from "./ko/terminal.ts";

export const ko: typeof en = { frame, scale, startup, detail, engines, lab, terminal, doors };
