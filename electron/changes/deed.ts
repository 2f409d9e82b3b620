import { isSet, type Setting } from "../../shared/mends/setting.ts";
import type { ChangeTrouble } from "../../shared/model/change.ts";
import type { Millis } from "../../shared/model/units.ts";
import { type FileEdits, writeChange } from "./compose/files.ts";
import type { Desk, Wanted } from "./desk.ts";
import { ChangeFailure, changeTroubleOf } from "./failure.ts";
import type { Hand } from "./hand.ts";
import type { Outcome } from "./journal.ts";

/** What is done once the user has said so: forth, or back. */
export type Deed = Wanted & {
  readonly target: Setting;
  /** The limit in force; null: it is left alone. */
  readonly hand: Hand | null;
  readonly file: FileEdits | null;
  readonly undo: boolean;
};

/** How long a daemon whose reply was lost is asked what is in force now. */
const lostFor: Millis = 15_000;
const again: Millis = 250;

/**
 * Does it: the limit in force first, which the engine may refuse, then the file. What came of it is read back, from the engine
 * and from the kernel, and that counts: a reply that is lost after the change was made is a change. Never rejects.
 */
export async function perform(deed: Deed, desk: Desk): Promise<Outcome> {
  const done = deed.undo ? "undone" : "applied";
  const inForce = deed.hand === null ? null : await setNow(deed, deed.hand, desk);
  if (inForce !== null && inForce.state !== "applied") return { ...inForce, file: null };
  const file = writeFile(deed);
  const trouble = inForce?.trouble ?? file.trouble;
  const state = inForce === null && file.trouble ? "failed" : done;
  return { state, readBack: inForce?.readBack ?? file.limit, file: file.path, trouble };
}

type Set = Pick<Outcome, "state" | "readBack" | "trouble">;

async function setNow(deed: Deed, hand: Hand, desk: Desk): Promise<Set> {
  const { target, name, resource } = deed;
  let trouble: ChangeTrouble | null = null;
  try {
    await hand.set(target, desk.ending);
  } catch (error) {
    trouble = changeTroubleOf(error, name);
  }
  // The connection that lost a reply is worth no second question.
  const back =
    trouble?.code === "unanswered"
      ? await readBack(deed, desk, lostFor)
      : await desk.see(hand, deed).then(
          ({ setting }) => ({ limit: setting.limit }),
          () => readBack(deed, desk, 0),
        );
  if (back === null) return { state: "unknown", readBack: null, trouble: trouble ?? lost(name) };
  const readBackAs = { readBack: back.limit };
  if (isSet(resource, target.limit, back.limit)) return { state: "applied", ...readBackAs, trouble };
  if (trouble !== null) return { state: "failed", ...readBackAs, trouble };
  // A balloon is only asked for: the guest may still follow, or have no driver that would.
  const state = resource === "vmMemory" ? "applied" : "failed";
  const cause = `${target.limit} -> ${back.limit}`;
  return {
    state,
    ...readBackAs,
    trouble: { code: state === "applied" ? "unanswered" : "failed", where: name, cause },
  };
}

const lost = (name: string): ChangeTrouble => ({ code: "unanswered", where: name, cause: null });

/**
 * The limit in force, read anew over a connection of its own, for as long as nobody answers and `most` ms allow; null: it
 * could not be read.
 */
export async function readBack(
  of: Wanted,
  desk: Desk,
  most: Millis,
): Promise<{ readonly limit: number | null } | null> {
  const until = desk.monotonic() + most;
  for (;;) {
    try {
      return await desk.withSeen(of, async ({ setting }) => ({ limit: setting.limit }));
    } catch (error) {
      const over = error instanceof ChangeFailure && error.trouble.code !== "unanswered";
      if (over || desk.ending.aborted || desk.monotonic() >= until) return null;
      await desk.clock.after(again, desk.ending).catch(() => undefined);
    }
  }
}

function writeFile({ file, undo, target, name }: Deed): {
  readonly path: string | null;
  readonly limit: number | null;
  readonly trouble: ChangeTrouble | null;
} {
  if (file === null) return { path: null, limit: null, trouble: null };
  try {
    writeChange(file, undo);
    return { path: file.path, limit: target.limit, trouble: null };
  } catch (error) {
    return { path: null, limit: null, trouble: changeTroubleOf(error, name) };
  }
}
