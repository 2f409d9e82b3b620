import { join } from "node:path";
import type { Millis } from "../../shared/model/units.ts";
import { words } from "../../shared/words/words.ts";
import type { Terminal } from "../cli/terminal.ts";
import { home } from "../machine/home.ts";
import { faultCode } from "../machine/own-fault.ts";
import { startSuccessor } from "../machine/successor.ts";
import { type Estate, successorMark } from "./inheritance.ts";

/** Starts within so long: whatever falls so often does not get better by it. */
const most = 3;
const within: Millis = 60_000;

/**
 * After a fall: starts the browser door anew in a process of its own, and again where that falls too, at most three times in
 * a minute. This process does nothing more but wait, so that its terminal and its parent see one program going on. Gives the
 * exit code of the last one.
 */
export async function succeed(
  args: readonly string[],
  estate: Estate,
  { language, remark }: Pick<Terminal, "language" | "remark">,
): Promise<number> {
  const say = words[language].doors;
  let starts: Millis[] = [];
  for (let left = estate; ; ) {
    const now = performance.now();
    starts = [...starts.filter((at) => now - at < within), now];
    if (starts.length > most) {
      remark(say.fellTooOften({ times: most + 1 }));
      return faultCode;
    }
    const successor = startSuccessor(
      join(home, "dist/electron/cli.js"),
      args,
      { [successorMark]: "1" },
      left,
    );
    const leave = () => successor.leave();
    for (const signal of signals) process.on(signal, leave);
    const end = await successor.end;
    for (const signal of signals) process.off(signal, leave);
    if (end.code !== faultCode || end.left === null) return end.code;
    left = end.left as Estate;
  }
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
