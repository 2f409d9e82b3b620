import type { Handle } from "../../shared/model/instance.ts";
import { openCgroup } from "./cgroup/cgroup.ts";
import { openDockerStats } from "./docker-stats/docker-stats.ts";
import { openProcess } from "./process/process.ts";
import type { Reader } from "./reader.ts";

/** THE list of readers: the one for a handle, opened. Throws where the handle can't be opened (gone, denied). */
export function openReader(handle: Handle): Reader {
  switch (handle.via) {
    case "cgroup":
      return openCgroup(handle);
    case "process":
      return openProcess(handle);
    case "api":
      return openDockerStats(handle);
  }
}
