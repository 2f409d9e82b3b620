import { execFileSync, spawn } from "node:child_process";

/** Runs a program to its end; gives its stdout. Throws with what it said on stderr. */
export function sh(program, ...args) {
  return execFileSync(program, args, {
    encoding: "utf8",
    maxBuffer: 1 << 26,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** The same where failing is no matter: what is to be removed may not be there. */
export function trySh(program, ...args) {
  try {
    return sh(program, ...args);
  } catch {
    return "";
  }
}

/** A shell line, for pipes; its output is ours. */
export const line = (command) =>
  execFileSync("bash", ["-euo", "pipefail", "-c", command], { stdio: "inherit" });

/** Starts a program that stays and is killed with this one, even by SIGKILL. */
export const stay = (program, ...args) =>
  spawn("setpriv", ["--pdeathsig", "KILL", program, ...args], { stdio: ["ignore", "ignore", "inherit"] });

/** Waits until `look` gives something true, asked every 200 ms; throws after `seconds`. */
export async function until(what, seconds, look) {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((next) => setTimeout(next, 200));
  }
}
