import { basename } from "node:path";
import { visible } from "../../shared/format.ts";
import type { Millis } from "../../shared/model/units.ts";

/** EX_SOFTWARE of sysexits.h: an error of the program itself. */
export const faultCode = 70;

/** An error of Tare's own that nobody caught; its message is one line. A signal aborted by it ends everything as Ctrl-C does. */
export class OwnFault extends Error {}

/**
 * Calls `take` once, for the first error that nobody caught, be it thrown or a promise's: from then on this process is only
 * good for ending. What else goes wrong while it ends comes of the first one, and is not told.
 */
export function onOwnFault(take: (fault: OwnFault) => void): void {
  let fallen = false;
  process.on("uncaughtException", (error: unknown) => {
    if (fallen) return;
    fallen = true;
    take(new OwnFault(lineOf(error)));
  });
}

/** Resolves so long after `signal` was aborted by a fault, and never otherwise: what has not ended by then is left as it is. */
export const afterFault = (signal: AbortSignal, patience: Millis): Promise<void> =>
  new Promise((resolve) => {
    const wait = () => {
      if (signal.reason instanceof OwnFault) setTimeout(resolve, patience);
    };
    signal.addEventListener("abort", wait, { once: true });
    if (signal.aborted) wait();
  });

/**
 * What went wrong and where, in one line: "TypeError: x is not a function, feed.js:12:3". Of the stack only its first place of
 * ours: the rest is long, and that of WebAssembly without end.
 */
export function lineOf(error: unknown): string {
  if (!(error instanceof Error)) return visible(String(error), longest);
  const [, path = null, position = ""] = firstPlace.exec(error.stack ?? "") ?? [];
  const what = visible(`${error.name}: ${error.message}`, longest);
  return path === null ? what : `${what}, ${visible(basename(path))}${position}`;
}
const longest = 300;
/** "at take (file:///opt/tare/dist/electron/feed.js:12:3)": a file, neither Node's own `node:...` nor `wasm://...`. */
const firstPlace = /(?:at |\()(?:file:\/\/)?(\/?(?:[A-Z]:)?[^\s():]*[\\/][^\s():]+)(:\d+:\d+)\)?$/m;
