import type { Sample } from "../../shared/figures.ts";
import type { Setting } from "../../shared/mends/setting.ts";
import type { ChangeTrouble, Resource } from "../../shared/model/change.ts";
import type { HostFacts } from "../../shared/model/host.ts";
import type { Instance } from "../../shared/model/instance.ts";
import type { Settings } from "../../shared/model/settings.ts";
import type { Millis } from "../../shared/model/units.ts";
import type { Clock } from "../machine/clock.ts";
import { ChangeFailure, changeTroubleOf } from "./failure.ts";
import type { Hand, Look } from "./hand.ts";
import { openHand } from "./hands.ts";
import { hash } from "./hash.ts";
import { type Journal, openJournal } from "./journal.ts";
import type { Door, Question } from "./question.ts";
import { inForce, isDangerous, usedOf, type Weighed, weigh } from "./weigh.ts";

export type DeskOptions = {
  /** Where Tare keeps its files; null: the system's own place. */
  readonly directory: string | null;
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly people: People;
  /** false: a recording is shown. */
  readonly live: () => boolean;
  readonly host: () => HostFacts;
};

/** Who exists now, and the newest sample of each. */
export type People = {
  instance(id: string): Instance | null;
  sample(id: string): Sample | null;
};

/** An instance read anew, its limit in force among it. */
export type Seen = {
  readonly hand: Hand;
  readonly look: Look;
  readonly weighed: Weighed;
  readonly setting: Setting;
  /** What it is known again by: the same run of the same instance, with the same limits. */
  readonly mark: string;
  /** Whether another limit could harm what runs. */
  harms(to: number | null): boolean;
};

/** What preparing, committing and undoing share. */
export type Desk = {
  readonly clock: Clock;
  readonly ending: AbortSignal;
  readonly journal: Journal;
  readonly people: People;
  readonly monotonic: () => Millis;
  /** Reads an instance anew, over the connection that is open. Throws a ChangeFailure. */
  see(hand: Hand, of: Wanted): Promise<Seen>;
  /** Opens a connection, reads an instance anew, and hands it on. Throws a ChangeFailure. */
  withSeen<Result>(of: Wanted, then: (seen: Seen) => Promise<Result>): Promise<Result>;
  /** `work` where changes are on, and this computer is shown; each failure as a trouble. */
  told<Told>(where: string, work: () => Promise<Told>): Promise<Answer<Told>>;
};

/** Whose limit; `name` is what it is to be called now. */
export type Wanted = { readonly instance: string; readonly name: string; readonly resource: Resource };
export type Answer<Told> = Told | { readonly trouble: ChangeTrouble };

export function openDesk(options: DeskOptions, ending: AbortSignal): Desk {
  const { clock, settings, people, live, host } = options;
  const see: Desk["see"] = async (hand, { instance: id, name, resource }) => {
    const look = await hand.look(ending);
    const instance = people.instance(id);
    const weighed = instance
      ? weigh(look, instance, people.sample(id), host(), clock)
      : { sample: null, limits: null };
    const told = look.setting(resource);
    if (told === null) throw new ChangeFailure("unsupported", name, null);
    const setting = inForce(told, weighed, host());
    const used = usedOf(resource, weighed.sample);
    return {
      hand,
      look,
      weighed,
      setting,
      mark: hash([id, look.run, look.running, told, setting]),
      harms: (to) => isDangerous(resource, { from: setting.limit, to, use: used, running: look.running }),
    };
  };

  return {
    clock,
    ending,
    people,
    see,
    journal: openJournal(options.directory, () => clock.now()),
    monotonic: () => clock.monotonic() / 1e6,
    async withSeen(of, then) {
      const hand = await openHand(of.instance, of.name, ending);
      try {
        return await then(await see(hand, of));
      } finally {
        hand.close();
      }
    },
    async told(where, work) {
      try {
        if (!live()) throw new ChangeFailure("replay", where, null);
        if (!settings().changes) throw new ChangeFailure("off", "settings", null);
        return await work();
      } catch (error) {
        return { trouble: changeTroubleOf(error, where) };
      }
    },
  };
}

/**
 * The user's word: the name, to the letter, where it has to be typed, and then the door's dialog, where it has one. Throws a
 * ChangeFailure: `without` where no name was given at all.
 */
export async function askUser(
  door: Door,
  question: Question,
  typed: string | null,
  without: "name" | "below-use",
): Promise<void> {
  checkName(door, question, typed, without);
  if (door.confirm && !(await door.confirm(question)))
    throw new ChangeFailure("declined", question.name, null);
}

export function checkName(
  { confirm }: Door,
  { name, dangerous }: Pick<Question, "name" | "dangerous">,
  typed: string | null,
  without: "name" | "below-use",
): void {
  if (!dangerous && confirm !== null) return;
  if (typed === null) throw new ChangeFailure(without, name, null);
  if (typed.trim() !== name) throw new ChangeFailure("name", name, null);
}

/** Runs what it is given one after the other: two changes at once would each see the other's as somebody else's. */
export function inTurns(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
