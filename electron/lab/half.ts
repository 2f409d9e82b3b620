import { join } from "node:path";
import type { Environment, LabTrouble, Wish } from "../../shared/model/race.ts";
import { nameOfContainer, ownContainerStarter } from "./container/own-container.ts";
import { containerStarter } from "./container/trial.ts";
import type { LabDaemon } from "./docker-daemon.ts";
import { chooseAccelerator, findQemu } from "./guest/accelerator.ts";
import { diskMachine, diskStarter } from "./guest/disk.ts";
import { daemons, domainStarter, uuidOf } from "./guest/domain.ts";
import { findDomain } from "./guest/domain-calls.ts";
import { chooseMachine } from "./guest/machine.ts";
import { guestStarter, vcpusOf } from "./guest/vm.ts";
import { guestHelper } from "./image/helper.ts";
import { initramfsFor } from "./image/initramfs.ts";
import { bootableKernel } from "./image/kernel.ts";
import type { Notes } from "./notes.ts";
import { LabFailure, type Starter } from "./trial.ts";
import type { Workload } from "./workload.ts";

/** What a race needs beside its wish. */
export type Ground = {
  /** Tare's data directory. */
  readonly directory: string;
  readonly notes: Notes;
  /** Docker, found when it is asked for: a VM of the user's needs none. Throws a LabFailure `no-docker`. */
  docker(): Promise<LabDaemon>;
  /** The kernel that the user chose for guests; null: the newest that can be read. */
  readonly kernel: string | null;
};

/** One kind of box, ready to be started as often as is asked. */
export type Half = {
  readonly starter: Starter;
  /** What the user calls it, where it is the user's own container or domain; null: it is ours. */
  readonly name: string | null;
  /** What it ran on. Asked at the end: an accelerator may turn out not to work. */
  facts(): Partial<Environment>;
  /** When no run of it is to come. */
  release(): void;
};

export async function containerHalf(workload: Workload, { docker, notes }: Ground): Promise<Half> {
  return {
    starter: containerStarter(await docker(), workload, notes),
    name: null,
    facts: () => ({}),
    release: () => undefined,
  };
}

/** A stopped container of the user's. */
export async function ownHalf(
  id: string,
  wish: Wish,
  { docker, notes }: Ground,
  signal: AbortSignal,
): Promise<Half> {
  const daemon = await docker();
  return {
    starter: ownContainerStarter(daemon, id, wish, notes),
    name: await nameOfContainer(daemon.docker, id, signal),
    facts: () => ({}),
    release: () => undefined,
  };
}

/**
 * Makes a guest of an image: what is missing is found out before the image is taken out of Docker. Throws a LabFailure, or
 * the signal's reason.
 */
export async function vmHalf(workload: Workload, ground: Ground, signal: AbortSignal): Promise<Half> {
  const { directory, notes } = ground;
  const { docker } = await ground.docker();
  const lab = labFolder(directory);
  const qemu = await findQemu(signal);
  const kernel = await bootableKernel({ chosen: ground.kernel, directory, signal });
  const lender = { docker, notes, signal };
  const helper = await guestHelper({ machine: process.arch, directory, lender });
  const chosen = await chooseAccelerator({ qemu, directory: lab }, signal);
  const vcpus = vcpusOf(workload);
  const machine = await chooseMachine({ qemu, chosen, kernel: kernel.path, vcpus, directory: lab }, signal);
  const initramfs = await initramfsFor(workload, { docker, notes, helper, directory, signal });
  const starter = guestStarter({
    qemu,
    directory: lab,
    workload,
    initramfs,
    kernel: kernel.path,
    chosen,
    machine,
  });
  return {
    starter,
    name: null,
    facts() {
      const { chosen: used, machine: on } = starter.runsOn();
      return {
        qemu: qemu.version,
        accelerator: used.accelerator,
        refused: used.refused,
        machine: on.machine,
        kernel: kernel.release ?? kernel.from,
        boot: "direct",
      };
    },
    release: initramfs.remove,
  };
}

/** A whole system from a disk image of the user's. */
export async function diskHalf(path: string, wish: Wish, ground: Ground, signal: AbortSignal): Promise<Half> {
  const directory = labFolder(ground.directory);
  const qemu = await findQemu(signal);
  const chosen = await chooseAccelerator({ qemu, directory }, signal);
  const { probe, memory, cpus } = wish;
  const { accelerator, refused } = chosen;
  return {
    starter: diskStarter({ path, probe, memory, cpus, qemu, chosen, directory }),
    name: null,
    facts: () => ({ qemu: qemu.version, accelerator, refused, machine: diskMachine, boot: "disk" }),
    release: () => undefined,
  };
}

/** A shut-off domain of the user's. */
export async function domainHalf(id: string, { probe, agreed }: Wish, signal: AbortSignal): Promise<Half> {
  const domain = await findDomain(uuidOf(id), daemons(), signal);
  const { accelerator, machine } = await domain.definition(signal);
  return {
    starter: domainStarter({ id, probe, agreed }),
    name: await domain.name(signal),
    facts: () => ({ accelerator, machine, boot: "domain" }),
    release: () => undefined,
  };
}

/** The lab's own folder in Tare's data directory. */
export const labFolder = (directory: string): string => join(directory, "lab");

/** Any failure inside the lab as data. */
export function labTroubleOf(error: unknown, where: string): LabTrouble {
  if (error instanceof LabFailure) return error.trouble;
  const { code, path, message } = error as NodeJS.ErrnoException;
  const full = code === "ENOSPC" || code === "EDQUOT";
  return {
    code: full ? "no-room" : "failed",
    where: path ?? where,
    cause: typeof message === "string" ? message : String(error),
    output: [],
  };
}
