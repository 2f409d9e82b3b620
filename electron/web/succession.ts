import { join } from "node:path";
import { terminalWords } from "../../shared/words/terminal-words.ts";
import type { Terminal } from "../cli/terminal.ts";
import { home } from "../machine/home.ts";
import { faultCode } from "../machine/own-fault.ts";
import { mostStarts, startsAgain } from "../machine/starts-again.ts";
import { startSuccessor } from "../machine/successor.ts";
import { type Estate, successorMark } from "./inheritance.ts";

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
  const say = terminalWords[language].doors;
  const again = startsAgain();
  for (let left = estate; ; ) {
    if (!again()) {
      remark(say.fellTooOften({ times: mostStarts + 1 }));
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
