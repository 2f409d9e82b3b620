import { setTimeout as tick } from "node:timers/promises";
import type { LabTrouble, Moments, Probe, TrialMemory } from "../../../shared/model/race.ts";
import type { Millis } from "../../../shared/model/units.ts";
import type { LabDocker } from "../docker.ts";
import { LabFailure, type TrialOptions } from "../trial.ts";
import type { HealthCheck } from "../workload.ts";
import { hear } from "./heard.ts";
import { type CgroupPlaces, watchPhases } from "./phases.ts";
import { openProbe } from "./probes.ts";
import { type BoxState, parseBoxState } from "./state.ts";
import type { TrialClock } from "./trial-clock.ts";
import { weighContainer } from "./weigh.ts";

/** A container that is there and stands still, and how to tell that it is ready. */
export type Box = {
  readonly docker: LabDocker;
  readonly id: string;
  /** Its processes are this machine's: phases and ports can be seen. */
  readonly native: boolean;
  readonly places: CgroupPlaces;
  readonly tty: boolean;
  readonly sharedNet: boolean;
  readonly probe: Probe;
  readonly health: HealthCheck | null;
};

export type Started = {
  readonly moments: Moments;
  readonly memory: TrialMemory | null;
  readonly trouble: LabTrouble | null;
};

/**
 * How often is looked, ms. A timer and no spin: on a computer of two cores the spin would take one from what it watches.
 * A look costs some 50 us, the timer as much: together 7 % of a core while a container starts.
 */
const look: Millis = 1;
/** Docker is asked that seldom whether it still runs: the end of its output says so first, but for a daemon that died. */
const ask: Millis = 500;

/**
 * Starts a container and follows it until it is ready, has failed, or `giveUp` ms have passed since the request. Resolves
 * in all three cases, and leaves it as it then is: its caller takes it away. Rejects only when `signal` aborts.
 */
export async function startBox(
  box: Box,
  options: Pick<TrialOptions, "giveUp" | "weigh" | "saw">,
  before: Moments,
  clock: TrialClock,
  signal: AbortSignal,
): Promise<Started> {
  const stop = new AbortController();
  const own = AbortSignal.any([signal, stop.signal]);
  const moments: { -readonly [name in keyof Moments]: Moments[name] } = { ...before };
  const saw = (moment: keyof Moments, at: Millis | null) => {
    if (at === null || moments[moment] !== undefined) return;
    moments[moment] = at;
    options.saw(moment);
  };
  let tail: () => readonly string[] = () => [];
  try {
    const heard = hear(await box.docker.output(box.id, box.tty, own));
    tail = () => heard.tail;
    const phases = watchPhases(
      box.id,
      box.native ? box.places : { ...box.places, of: () => [] },
      box.sharedNet,
    );
    let failure: unknown = null;
    let started = false;
    const runs = () => phases.exec || (started && !box.native);
    const probe = openProbe(box, { heard, phases, own, runs });
    const start = async () => {
      try {
        await box.docker.start(box.id, own);
        started = true;
      } catch (error) {
        failure = error;
      }
    };
    const starting = start();

    let asked = clock.since();
    let ready: Millis | null = null;
    while (ready === null) {
      signal.throwIfAborted();
      phases.look();
      if (phases.netns) saw("netns", clock.since());
      if (phases.exec) saw("exec", clock.since());
      // Asked before the end is looked at: who prints its line and ends with it was ready.
      const ended = heard.ended;
      if (probe.look()) {
        ready = clock.since();
        break;
      }
      if (failure !== null) throw failure;
      if (probe.failure() !== null) throw probe.failure();
      if (started && (ended || clock.since() - asked > ask)) {
        asked = clock.since();
        const state = await stateOf(box, own);
        if (!state.running) {
          await settled(heard.end);
          if (probe.look()) ready = clock.since();
          else ready = exited(box, state, clock);
          break;
        }
      }
      if (clock.since() > options.giveUp) throw new LabFailure({ code: "not-ready", where: box.id });
      await tick(look);
    }

    await starting;
    if (failure !== null) throw failure;
    const state = await stateOf(box, own);
    if (box.native && state.startedAt !== null) saw("startedAt", clock.sinceOf(state.startedAt));
    if (state.pid !== null && box.native) box.places.learn(box.id, state.pid);
    saw("ready", ready);
    const pid = state.pid ?? phases.pid;
    const memory = options.weigh && box.native && pid !== null ? weighContainer(box.id, pid) : null;
    return { moments, memory, trouble: null };
  } catch (error) {
    signal.throwIfAborted();
    const trouble =
      error instanceof LabFailure
        ? error.trouble
        : new LabFailure({ code: "failed", where: box.id, cause: String(error) }).trouble;
    delete moments.ready;
    return { moments, memory: null, trouble: { ...trouble, output: [...tail()] } };
  } finally {
    stop.abort();
  }
}

const stateOf = async ({ docker, id }: Box, signal: AbortSignal): Promise<BoxState> =>
  parseBoxState(await docker.inspect(id, signal), id);

/** Its output comes over another connection than the news of its end. */
const settled = (end: Promise<void>) => Promise.race([end, tick(200)]);

/**
 * When it was ready, where that is to exit with 0: by FinishedAt, which is the shim's clock when it reaped it. The `wait`
 * call returns only when the network is taken down too, 27 ms and more later. Throws where it is no success.
 */
function exited(box: Box, state: BoxState, clock: TrialClock): Millis {
  if (box.probe.kind === "exit" && state.exitCode === 0 && state.error === null) {
    const seen = clock.since();
    const finished = box.native && state.finishedAt !== null ? clock.sinceOf(state.finishedAt) : null;
    return finished !== null && finished >= 0 && finished <= seen ? finished : seen;
  }
  const code = `exit code ${state.exitCode ?? "unknown"}`;
  const cause = state.error ?? (state.killedForMemory ? `out of memory, ${code}` : code);
  throw new LabFailure({ code: "exited", where: box.id, cause });
}
