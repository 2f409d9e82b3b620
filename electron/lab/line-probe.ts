import { createContext, Script } from "node:vm";
import { LabFailure } from "./trial.ts";

/** What of one line is looked at: a workload may print a gigabyte without a line's end. */
const longest = 1_024;

/**
 * Bytes in, lines out: without their end, each cut after 1 KiB, decoded only when whole, since a chunk may end inside a
 * character. A carriage return counts as an end (a guest's console writes both); empty lines are left out.
 */
export function lineCutter(): { feed(bytes: Uint8Array): readonly string[]; rest(): readonly string[] } {
  const held = Buffer.alloc(longest);
  let length = 0;
  const take = () => {
    const line = held.toString("utf8", 0, length).replace(/\uFFFD$/, "");
    length = 0;
    return line === "" ? [] : [line];
  };
  return {
    feed(bytes) {
      const lines: string[] = [];
      let from = 0;
      for (let at = 0; at <= bytes.length; at++) {
        const ends = bytes[at] === 0x0a || bytes[at] === 0x0d;
        if (!ends && at < bytes.length) continue;
        const part = bytes.subarray(from, at);
        const room = Math.min(part.length, longest - length);
        held.set(part.subarray(0, room), length);
        length += room;
        from = at + 1;
        if (ends) lines.push(...take());
      }
      return lines;
    },
    rest: take,
  };
}

/** How long the lines of one chunk may be looked through, in ms of CPU. */
const patience = 100;
const look = new Script("lines.some((line) => pattern.test(line))");

/**
 * Whether any of some lines matches the user's regular expression: the same for a container's output and a guest's console.
 * An expression can take for ever ((a+)+$ on thirty letters), and no check of its form finds all that do: so it is run where
 * V8 can be told to stop, and what takes longer than 100 ms for a chunk's lines is refused. V8 counts the wall's time: on a
 * busy computer this process may have been put aside for all of it, so CPU time decides, and it is run again until then.
 * Throws a LabFailure for that and for what is no expression.
 */
export function lineMatcher(source: string): (lines: readonly string[]) => boolean {
  const refused = (why: string) => new LabFailure({ code: "failed", where: source, cause: why });
  let pattern: RegExp;
  try {
    pattern = new RegExp(source, "u");
  } catch {
    try {
      pattern = new RegExp(source); // \- and \_ are letters only without the flag
    } catch (error) {
      throw refused(error instanceof Error ? error.message : String(error));
    }
  }
  const sandbox = createContext({ pattern, lines: [] as readonly string[] });
  return (lines) => {
    if (lines.length === 0) return false;
    sandbox.lines = lines;
    for (const before = process.cpuUsage(); ; ) {
      try {
        return look.runInContext(sandbox, { timeout: patience }) === true;
      } catch (error) {
        // It comes from the other context, and is no Error of ours.
        const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
        if (code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw refused(String(error));
        const { user, system } = process.cpuUsage(before);
        if (user + system >= patience * 1_000)
          throw refused(`this expression takes longer than ${patience} ms`);
      }
    }
  };
}
