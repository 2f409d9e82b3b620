import type { Wish } from "../../../shared/model/race.ts";
import type { Notes } from "../notes.ts";
import { LabFailure, type Outcome, type Starter } from "../trial.ts";
import { requireHealth } from "../workload-of.ts";
import { cgroupPlaces } from "./phases.ts";
import { startBox } from "./start.ts";
import { parseBoxFacts, parseBoxName, parseBoxState } from "./state.ts";
import { type TrialDaemon, unseen } from "./trial.ts";
import { trialClock } from "./trial-clock.ts";

/** A stop takes what the container is allowed for it (10 s unless the user said otherwise), and what Docker needs besides. */
const stopping = 150_000;

/**
 * Starts a stopped container of the user's, waits until it is ready, and stops it again, so that it stands as before. It is
 * the user's: that they agreed is asked for here too, and one that runs, or that Docker would remove at its end, is
 * refused. `id`: whole, with or without its engine before it.
 */
export function ownContainerStarter(
  daemon: TrialDaemon,
  id: string,
  wish: Pick<Wish, "probe" | "agreed">,
  notes: Pick<Notes, "started">,
): Starter {
  const { docker, engine, native } = daemon;
  const bare = bareId(id);
  const places = cgroupPlaces();
  const refused = (trouble: ConstructorParameters<typeof LabFailure>[0]): Outcome => ({
    moments: {},
    memory: null,
    trouble: new LabFailure(trouble).trouble,
    kept: null,
  });
  return {
    kind: "container",
    async run(options, signal) {
      signal.throwIfAborted();
      if (!wish.agreed) return refused({ code: "not-agreed", where: bare });
      try {
        const json = await docker.inspect(bare, signal);
        if (parseBoxState(json, bare).running) return refused({ code: "running", where: bare });
        const facts = parseBoxFacts(json, bare);
        if (facts.autoRemove)
          return refused({ code: "failed", where: bare, cause: "made with --rm: Docker would remove it" });
        requireHealth(wish.probe, facts.health, facts.image);
        if (wish.probe.kind === "port" && !native) return unseen(daemon, facts.image);
        const note = notes.started(bare);
        const stop = async () => {
          await docker.stop(bare, AbortSignal.timeout(stopping));
          note.gone();
        };
        let keep = false;
        try {
          const { tty, sharedNet, health } = facts;
          const box = { docker, id: bare, native, places, tty, sharedNet, probe: wish.probe, health };
          const started = await startBox(box, options, {}, trialClock(), signal);
          keep = options.keep && started.trouble === null;
          return { ...started, kept: keep ? { id: `${engine}:${bare}`, stop } : null };
        } finally {
          // What can't be stopped now stays noted, and the next start of Tare does it.
          if (!keep) await stop().catch(() => undefined);
        }
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof LabFailure) return refused(error.trouble);
        throw error;
      }
    },
  };
}

/** What the user calls it; null: there is none of this id, which its first trial tells. */
export async function nameOfContainer(
  docker: TrialDaemon["docker"],
  id: string,
  signal: AbortSignal,
): Promise<string | null> {
  return parseBoxName(await docker.inspect(bareId(id), signal));
}

const bareId = (id: string): string => id.replace(/^(docker|podman):/, "");
