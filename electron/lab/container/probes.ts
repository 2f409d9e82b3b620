import { setTimeout as after } from "node:timers/promises";
import type { Probe } from "../../../shared/model/race.ts";
import type { LabDocker } from "../docker.ts";
import { healthPause } from "../health-pace.ts";
import { lineMatcher } from "../line-probe.ts";
import { LabFailure } from "../trial.ts";
import type { HealthCheck } from "../workload.ts";
import type { Heard } from "./heard.ts";
import { isListeningAmong, portWatch } from "./listening.ts";
import type { Phases } from "./phases.ts";

/** Looks whether a container is ready; asked each ms, so a look is quick. */
export type OpenProbe = {
  look(): boolean;
  /** Why it can never succeed; null: it may. */
  failure(): unknown;
};

/** What a probe looks at. */
export type Surface = {
  readonly heard: Heard;
  readonly phases: Phases;
  /** Ends with the trial. */
  readonly own: AbortSignal;
  /** The workload runs. */
  runs(): boolean;
};

type Probed = {
  readonly docker: LabDocker;
  readonly id: string;
  readonly sharedNet: boolean;
  readonly probe: Probe;
  readonly health: HealthCheck | null;
};

/** Throws a LabFailure for what can't be probed: a pattern that is none, a check that is not there. */
export function openProbe(box: Probed, surface: Surface): OpenProbe {
  const { probe } = box;
  switch (probe.kind) {
    case "port": {
      let watch: (() => boolean) | null = null;
      return simple(() => {
        const { exec, pid } = surface.phases;
        if (!exec || pid === null) return false;
        if (box.sharedNet) return isListeningAmong(surface.phases.pids(), probe.port);
        watch ??= portWatch(pid, probe.port);
        return watch();
      });
    }
    case "line": {
      const matches = lineMatcher(probe.pattern);
      return simple(() => matches(surface.heard.fresh()));
    }
    case "exit":
      return simple(() => false); // only its end tells
    case "health":
      if (box.health === null) throw new LabFailure({ code: "no-healthcheck", where: box.id });
      return healthProbe(box, box.health, surface);
  }
}

const simple = (look: () => boolean): OpenProbe => ({ look, failure: () => null });

/**
 * The image's own check, by Docker's exec as Docker runs it, but from the first moment on and at a pace of ours: Docker's
 * interval of 30 s would be what is measured. Ready is when the first check ends that succeeds; what an exec costs Docker
 * (60 to 100 ms here, a fork in the guest) is in it, and is the truth about checks from outside.
 */
function healthProbe(box: Probed, health: HealthCheck, surface: Surface): OpenProbe {
  const argv = health.shell ? ["/bin/sh", "-c", ...health.argv] : health.argv;
  const pause = healthPause(health);
  let healthy = false;
  let failure: unknown = null;
  const check = async () => {
    while (!healthy) {
      if (surface.runs()) {
        try {
          healthy = (await box.docker.exec(box.id, argv, health.timeout, surface.own)) === 0;
        } catch (error) {
          // It may have ended: then exec is refused, and its end tells why. A daemon that is gone ends the trial.
          if (error instanceof LabFailure && error.trouble.code === "no-docker") throw error;
        }
      }
      if (!healthy) await after(surface.runs() ? pause : 1, undefined, { signal: surface.own });
    }
  };
  check().catch((error: unknown) => {
    if (!surface.own.aborted) failure = error;
  });
  return { look: () => healthy, failure: () => failure };
}
