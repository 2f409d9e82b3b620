import { apply } from "./en/apply.ts";
import { changes } from "./en/changes.ts";
import { detail } from "./en/detail.ts";
import { doors } from "./en/doors.ts";
import { engines } from "./en/engines.ts";
import { findings } from "./en/findings.ts";
import { frame } from "./en/frame.ts";
import { lab } from "./en/lab.ts";
import { limits } from "./en/limits.ts";
import { scale } from "./en/scale.ts";
import { settings } from "./en/settings.ts";
import { startup } from "./en/startup.ts";
import { terminal } from "./en/terminal.ts";
import { verdict } from "./en/verdict.ts";

export const en = {
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
