import type { Handle } from "../../shared/model/instance.ts";
import type { Clock } from "../machine/clock.ts";
import { cgroupReaders } from "./cgroup/cgroup.ts";
import { openDockerStats } from "./docker-stats/docker-stats.ts";
import { helpersFinder } from "./helpers/helpers.ts";
import { openProcess } from "./process/process.ts";
import type { Reader } from "./reader.ts";

/** THE list of readers: opens the one for a handle. That throws where the handle can't be opened (gone, denied). */
export function readers(clock: Clock): (handle: Handle) => Reader {
  const openCgroup = cgroupReaders(clock, helpersFinder(clock));
  return (handle) => {
    switch (handle.via) {
      case "cgroup":
        return openCgroup(handle);
      case "process": {
        const { pid, paths } = handle;
        // A process reader knows no cgroups: the one around it is weighed by the reader of cgroups.
        const around = paths && openCgroup({ via: "cgroup", paths, pid, container: "" });
        return openProcess(handle, around, clock);
      }
      case "api":
        return openDockerStats(handle);
    }
  };
}
