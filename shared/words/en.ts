import { detail } from "./en/detail.ts";
import { doors } from "./en/doors.ts";
import { engines } from "./en/engines.ts";
import { frame } from "./en/frame.ts";
import { lab } from "./en/lab.ts";
import { scale } from "./en/scale.ts";
import { startup } from "./en/startup.ts";
import { terminal } from "./en/terminal.ts";

export const en = { frame, scale, startup, detail, engines, lab, terminal, doors };
