import type { Bytes, Cores } from "../model/units.ts";
import { coresText, dockerBytes } from "./amounts.ts";
import type { Setting } from "./setting.ts";

/** The period of a CPU quota that Tare sets, us: the kernel's own. */
export const period = 100_000;
/** A quota in us of that period: 1.5 cores are 150,000. */
export const quotaOf = (cores: Cores): number => Math.round(cores * period);

/**
 * `docker update` and `podman update`, https://docs.docker.com/reference/cli/docker/container/update/. `name` is quoted
 * already.
 *   docker update --memory 320m --memory-swap 320m observ-loki-1
 */
export function updateCommand(program: "docker" | "podman", name: string, setting: Setting): string {
  return `${program} update ${flags(program, setting).join(" ")} ${name}`;
}

function flags(program: "docker" | "podman", setting: Setting): readonly string[] {
  switch (setting.resource) {
    case "memory": {
      const [memory, swap] = [bytesOr(setting.limit), bytesOr(setting.withSwap)];
      return ["--memory", memory, "--memory-swap", swap];
    }
    case "cpu":
      if (setting.limit === null) return ["--cpu-quota", "-1"];
      return setting.by === "cpus" || program === "podman"
        ? ["--cpus", coresText(setting.limit)]
        : ["--cpu-period", String(period), "--cpu-quota", String(quotaOf(setting.limit))];
    case "pids":
      return ["--pids-limit", String(setting.limit ?? -1)];
    case "vmMemory":
    case "vmCpu":
      return [];
  }
}

const bytesOr = (limit: Bytes | null): string => (limit === null ? "-1" : dockerBytes(limit));

/**
 * What virsh is told, https://libvirt.org/manpages/virsh.html. `--live`: the VM that runs now; `--config`: from its next start
 * on. `domain` is quoted already.
 *   virsh setmem --domain win11-dev --size 2048MiB --live
 */
export function virshCommands(
  domain: string,
  setting: Setting,
  when: "live" | "config",
  most: Bytes | null = null,
): readonly string[] {
  const { resource, limit } = setting;
  const of = `--domain ${domain}`;
  if (resource === "vmCpu") {
    const quota = limit === null ? -1 : quotaOf(limit);
    return [`virsh schedinfo ${of} --${when} --set global_period=${period} global_quota=${quota}`];
  }
  if (resource !== "vmMemory" || limit === null) return [];
  const size = `--size ${kibibytes(limit)}KiB --${when}`;
  // More than its size can't be given to a VM that runs, nor less than what it is given be its size.
  const larger = when === "config" && (most === null || limit > most);
  return [...(larger ? [`virsh setmaxmem ${of} ${size}`] : []), `virsh setmem ${of} ${size}`];
}

/** libvirt's own unit. */
export const kibibytes = (bytes: Bytes): number => Math.round(bytes / 1_024);
