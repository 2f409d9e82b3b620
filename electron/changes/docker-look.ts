import { z } from "zod/mini";
import { wholeBytes } from "../../shared/format.ts";
import { period, quotaOf } from "../../shared/mends/commands.ts";
import type { Setting } from "../../shared/mends/setting.ts";
import type { Resource } from "../../shared/model/change.ts";
import type { Bytes } from "../../shared/model/units.ts";
import type { ComposeLabels } from "./compose/files.ts";

const number = z.catch(z.nullish(z.number()), null);
const Inspect = z.object({
  Id: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  State: z.object({ StartedAt: z.catch(z.nullish(z.string()), null) }),
  HostConfig: z.object({
    Memory: number,
    MemorySwap: number,
    NanoCpus: number,
    CpuQuota: number,
    CpuPeriod: number,
    PidsLimit: number,
  }),
  Config: z.catch(
    z.nullish(z.object({ Labels: z.catch(z.nullish(z.record(z.string(), z.string())), null) })),
    null,
  ),
});
export type Inspected = z.infer<typeof Inspect>;

/** What of GET /containers/{id}/json a change needs; null: this is no container. */
export function parseInspected(json: unknown): Inspected | null {
  const parsed = Inspect.safeParse(json);
  return parsed.success ? parsed.data : null;
}

/** 0, -1, null and the kernel's largest number are all "no limit". */
const told = (value: number | null | undefined): number | null =>
  value != null && value > 0 && value < 2 ** 62 ? value : null;

/** A container's limit as its engine keeps it. */
export function settingOf({ HostConfig: kept }: Inspected, resource: Resource): Setting | null {
  switch (resource) {
    case "memory": {
      const limit = told(kept.Memory);
      // 0 beside a limit: the kernel counts no swap, so there is none to be limited.
      const withSwap = limit !== null && kept.MemorySwap === 0 ? limit : told(kept.MemorySwap);
      return { resource, limit, withSwap };
    }
    case "cpu": {
      const nano = told(kept.NanoCpus);
      if (nano !== null) return { resource, limit: nano / 1e9, by: "cpus" };
      const quota = told(kept.CpuQuota);
      return { resource, limit: quota && quota / (told(kept.CpuPeriod) ?? period), by: "quota" };
    }
    case "pids":
      return { resource, limit: told(kept.PidsLimit) };
    case "vmMemory":
    case "vmCpu":
      return null;
  }
}

/** What the kernel takes for "no limit" of memory: Docker refuses -1, and this is the largest that cgroup v1 shows. */
const boundless = 2 ** 63 - 4_096;
/** More than that, and the largest that both JSON's numbers here and Docker's there hold. */
const vast = 2 ** 63 - 1_024;

type Update = Readonly<Record<string, number>>;

/**
 * The bodies of POST /containers/{id}/update, one after the other,
 * https://docs.docker.com/reference/api/engine/ (ContainerUpdate). Only to lift a limit of memory takes more than one number:
 * Docker keeps a MemorySwap of -1 to itself (daemon/update_linux.go passes on what is above 0), so a limit of swap that was
 * set has to go by a number that is as good as none. cgroup v1 (`v1`) counts both together and takes them at once; v2 keeps
 * swap apart, as the difference of the two, and needs `memory`, the limit that is kept now, to tell it from.
 */
export function dockerUpdates(setting: Setting, v1: boolean, memory: Bytes | null): readonly Update[] {
  switch (setting.resource) {
    case "memory": {
      const { limit, withSwap } = setting;
      if (limit !== null) return [{ Memory: limit, MemorySwap: withSwap ?? -1 }];
      if (memory === null) return [];
      return v1
        ? [{ Memory: boundless, MemorySwap: boundless }]
        : [{ Memory: memory, MemorySwap: vast }, { Memory: boundless }];
    }
    case "cpu":
      if (setting.limit !== null && setting.by === "cpus")
        return [{ NanoCpus: Math.round(setting.limit * 1e9) }];
      return [{ CpuPeriod: period, CpuQuota: setting.limit === null ? -1 : quotaOf(setting.limit) }];
    case "pids":
      return [{ PidsLimit: setting.limit ?? -1 }];
    case "vmMemory":
    case "vmCpu":
      return [];
  }
}

/** A limit as `docker inspect` shows it, a line a word: "Memory      335544320 (320 MiB)"; no limit is its 0. */
export function linesOf(setting: Setting): readonly string[] {
  const { resource, limit } = setting;
  if (resource !== "memory") {
    const [update = {}] = dockerUpdates(setting, true, null);
    return Object.entries(update).map(([word, value]) => lineOf(word, String(Math.max(0, value))));
  }
  const size = (value: Bytes | null) => (value === null ? "0" : `${value} (${wholeBytes(value)})`);
  const both = limit !== null && setting.withSwap === null ? "-1" : size(setting.withSwap);
  return [lineOf("Memory", size(limit)), lineOf("MemorySwap", both)];
}

const lineOf = (word: string, value: string): string => `${word.padEnd(11)} ${value}`;

/** The body of Podman's POST /libpod/containers/{id}/update: the OCI runtime's LinuxResources. */
export function podmanUpdate(setting: Setting): object {
  switch (setting.resource) {
    case "memory":
      return { memory: { limit: setting.limit ?? -1, swap: setting.withSwap ?? -1 } };
    case "cpu":
      return { cpu: { period, quota: setting.limit === null ? -1 : quotaOf(setting.limit) } };
    case "pids":
      return { pids: { limit: setting.limit ?? -1 } };
    case "vmMemory":
    case "vmCpu":
      return {};
  }
}

/** What compose leaves on a container of where it came from; null: it was not made by compose, or says too little. */
export function composeLabels({ Config }: Inspected): ComposeLabels | null {
  const labels = new Map(Object.entries(Config?.Labels ?? {}));
  const of = (name: string) => labels.get(`com.docker.compose.${name}`) ?? "";
  const [files, folder, service] = [of("project.config_files"), of("project.working_dir"), of("service")];
  return files === "" || service === "" ? null : { files, folder, service };
}
