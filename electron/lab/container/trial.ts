import { randomUUID } from "node:crypto";
import type { Moments } from "../../../shared/model/race.ts";
import type { Millis } from "../../../shared/model/units.ts";
import type { LabDocker } from "../docker.ts";
import type { LabDaemon } from "../docker-daemon.ts";
import { type Notes, trialLabel } from "../notes.ts";
import { findNoted } from "../sweep.ts";
import { LabFailure, type Outcome, type Starter } from "../trial.ts";
import type { Workload } from "../workload.ts";
import { cgroupPlaces } from "./phases.ts";
import { startBox } from "./start.ts";
import { trialClock } from "./trial-clock.ts";

/** A daemon that trials ask, and whether its containers are processes of this machine. */
export type TrialDaemon = Pick<LabDaemon, "docker" | "engine" | "where" | "native">;

/**
 * To be waited between a trial and the next one, of either kind: Docker still takes things down after a forced removal has
 * returned, which cost the next guest up to 200 ms (1,634 ms right after one, 1,436 ms without; alone they differ by 0 to 50).
 */
export const settle: Millis = 300;

/** A removal gets that long, also when the trial was cancelled. */
const cleaning: Millis = 30_000;

/** Starts a workload as a container, as often as asked, each time a new one; nothing of it stays but what is to be kept. */
export function containerStarter(
  daemon: TrialDaemon,
  workload: Workload,
  notes: Pick<Notes, "run" | "container">,
): Starter {
  const { docker, engine, native } = daemon;
  const places = cgroupPlaces();
  return {
    kind: "container",
    async run(options, signal) {
      signal.throwIfAborted();
      const { probe, health, image, memory, cpus } = workload;
      if (probe.kind === "port" && !native) return unseen(daemon, image);
      const name = `tare-trial-${randomUUID()}`;
      const labels = { [trialLabel]: notes.run };
      const note = notes.container(name);
      const clean = cleaner(docker, notes.run, name, note);
      const clock = trialClock();
      let keep = false;
      try {
        // Not ended by the signal: who is not told the id of what is being made can't take it away.
        const id = await docker.create({ image, name, labels, memory, cpus }, new AbortController().signal);
        const created: Moments = { created: clock.since() };
        options.saw("created");
        clean.made(id);
        signal.throwIfAborted();
        const box = { docker, id, native, places, tty: false, sharedNet: false, probe, health };
        const started = await startBox(box, options, created, clock, signal);
        keep = options.keep && started.trouble === null;
        const trouble = started.trouble && about(started.trouble, id, image);
        const kept = keep ? { id: `${engine}:${id}`, stop: () => clean.now() } : null;
        return { ...started, trouble, kept };
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof LabFailure)
          return { moments: {}, memory: null, trouble: error.trouble, kept: null };
        throw error;
      } finally {
        // What can't be taken away now stays noted, and the next start of Tare does it.
        if (!keep) await clean.now().catch(() => undefined);
      }
    },
  };
}

/** Troubles name the image, which the user knows, not the id of a container that is gone. */
const about = <Told extends { readonly where: string }>(trouble: Told, id: string, image: string): Told =>
  trouble.where === id ? { ...trouble, where: image } : trouble;

/** A port can be looked at from inside only where the inside is on this machine. */
export const unseen = ({ where }: TrialDaemon, image: string): Outcome => ({
  moments: {},
  memory: null,
  trouble: new LabFailure({
    code: "no-docker",
    where,
    cause: `containers of this daemon run on another machine or in its VM, where the ports of ${image} can't be seen`,
  }).trouble,
  kept: null,
});

/** Takes a trial's container away: killed, removed, no longer noted. */
function cleaner(docker: LabDocker, run: string, name: string, note: ReturnType<Notes["container"]>) {
  let id: string | null = null;
  return {
    made(given: string) {
      id = given;
      note.made(given);
    },
    async now(): Promise<void> {
      const signal = AbortSignal.timeout(cleaning);
      // A create whose answer was lost may have come true.
      const ids = id === null ? await findNoted(docker, run, [{ what: name, id: null }], signal) : [{ id }];
      for (const one of ids) await docker.remove(one.id, signal);
      note.gone();
    },
  };
}
