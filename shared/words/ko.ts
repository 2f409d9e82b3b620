import type { en } from "./en.ts";
import { apply } from "./ko/apply.ts";
import { changes } from "./ko/changes.ts";
import { detail } from "./ko/detail.ts";
import { doors } from "./ko/doors.ts";
import { engines } from "./ko/engines.ts";
import { findings } from "./ko/findings.ts";
import { frame } from "./ko/frame.ts";
import { lab } from "./ko/lab.ts";
import { limits } from "./ko/limits.ts";
import { scale } from "./ko/scale.ts";
import { settings } from "./ko/settings.ts";
import { startup } from "./ko/startup.ts";
import { terminal } from "./ko/terminal.ts";
import { verdict } from "./ko/verdict.ts";

export const ko: typeof en = {
  apply,
  changes,
  findings,
  frame,
  scale,
  settings,
  startup,
  detail,
  engines,
  lab,
  limits,
  terminal,
  doors,
  verdict,
};
