import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { type ChangeCalls, openChanges } from "../../electron/changes/changes.ts";
import type { DeskOptions } from "../../electron/changes/desk.ts";
import type { Door } from "../../electron/changes/question.ts";
import { systemClock } from "../../electron/machine/clock.ts";
import type { Change, ChangeTrouble, ChangeWish, Prepared } from "../../shared/model/change.ts";
import type { Instance } from "../../shared/model/instance.ts";
import { defaultSettings } from "../../shared/model/settings.ts";
import { facts } from "../fixtures/synthetic.ts";
import { instance } from "../unit/electron/history/play-source.ts";
import { busyboxImage } from "./busybox-image.ts";
import { dockerCommand } from "./docker-lab.ts";

export const mib = 1_048_576;

/** The calls of one door, with changes turned on, over containers of the test's own. */
export type Changing = ChangeCalls & {
  readonly directory: string;
  /** Makes an instance known, as the census would. Gives its id. */
  meet(id: string, name: string, more?: Partial<Instance>): string;
  /** Prepared, or the test fails. */
  prepared(wish: Partial<ChangeWish> & { readonly instance: string; readonly to: number }): Promise<Prepared>;
  close(): void;
};

export function changing(door: Door = { confirm: null }, options: Partial<DeskOptions> = {}): Changing {
  const directory = mkdtempSync(join(tmpdir(), "tare-changes-"));
  const stop = new AbortController();
  const known = new Map<string, Instance>();
  const calls = openChanges(
    {
      directory,
      clock: systemClock,
      settings: () => ({ ...defaultSettings, changes: true }),
      people: { instance: (id) => known.get(id) ?? null, sample: () => null },
      live: () => true,
      host: () => ({ ...facts, memory: totalmem(), threads: cpus().length }),
      ...options,
    },
    stop.signal,
  )(door);
  return {
    ...calls,
    directory: options.directory ?? directory,
    meet(id, name, more = {}) {
      known.set(id, instance(known.size, { id, name, ...more }));
      return id;
    },
    async prepared(wish) {
      const asked = { resource: "memory" as const, now: true, file: false, ...wish };
      const reply = await calls.prepareChange(asked);
      if ("trouble" in reply) throw new Error(JSON.stringify(reply.trouble));
      return reply;
    },
    close() {
      stop.abort();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A container of a test, without a network; gives its instance's id. */
export const runAs = async (name: string, options: readonly string[] = [], ...command: readonly string[]) => {
  const all = ["run", "-d", "--network", "none", "--name", name, ...options, busyboxImage];
  return `docker:${await dockerCommand([...all, ...(command.length > 0 ? command : ["sleep", "600"])])}`;
};

/** The kernel's own file, v1. */
export const memoryFile = (id: string, name = "memory.limit_in_bytes") =>
  Number(readFileSync(`/sys/fs/cgroup/memory/docker/${id.slice("docker:".length)}/${name}`, "latin1"));

export const troubleOf = (reply: object) => ("trouble" in reply ? (reply.trouble as ChangeTrouble) : null);
export const changeOf = (reply: { readonly trouble: ChangeTrouble } | { readonly change: Change }) => {
  if ("trouble" in reply) throw new Error(JSON.stringify(reply.trouble));
  return reply.change;
};

/** What Docker keeps of a container's limits: Memory, MemorySwap, NanoCpus, CpuQuota, PidsLimit. */
export const keptLimits = async (id: string) => {
  const { HostConfig } = JSON.parse(await dockerCommand(["inspect", id]))[0];
  const { Memory, MemorySwap, NanoCpus, CpuQuota, PidsLimit } = HostConfig;
  return { Memory, MemorySwap, NanoCpus, CpuQuota, PidsLimit };
};
