import { clockTime } from "../../../shared/format.ts";
import type { Millis } from "../../../shared/model/units.ts";
import type { Words } from "../../../shared/words/words.ts";
import { dayOf } from "../../state/words.ts";

/** "21 Nov 17:40" of a moment, at `offset` minutes east of UTC. */
export const dayAndTime = (at: Millis, offset: number, day: Words["frame"]["day"]): string =>
  `${day(dayOf(at, offset))} ${clockTime(at, offset).slice(0, 5)}`;
