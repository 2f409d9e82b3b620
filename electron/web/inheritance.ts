import type { Millis } from "../../shared/model/units.ts";
import type { KeptSessions } from "./session.ts";

/** What a browser door that fell leaves to the process that takes its place, so that open pages come back by themselves. */
export type Estate = {
  readonly port: number;
  readonly sessions: KeptSessions;
  /** When it fell. */
  readonly fell: Millis;
};

export type Inheritance = {
  readonly estate: Estate;
  /** Hands it back when this door falls too: the first one keeps it for the next. Resolves when it is on its way. */
  returnIt(estate: Estate): Promise<void>;
};

/** Set for a successor, and for nobody that it starts. */
export const successorMark = "TARE_SUCCESSOR";

/**
 * What a process that was started in the place of a fallen one takes over; null: nobody fell. It comes over the channel
 * between the two, and `end` is called when that closes: the one that waits for this one has gone, or wants it to go.
 */
export async function inheritance(end: () => void): Promise<Inheritance | null> {
  const marked = process.env[successorMark] !== undefined && process.send !== undefined;
  delete process.env[successorMark];
  if (!marked) return null;
  process.once("disconnect", end);
  const estate = await new Promise<Estate>((resolve) => process.once("message", resolve));
  return {
    estate,
    returnIt: (left) => new Promise((sent) => process.send?.(left, () => sent())),
  };
}
