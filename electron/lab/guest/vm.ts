import type { LabTrouble } from "../../../shared/model/race.ts";
import type { Bytes, Millis } from "../../../shared/model/units.ts";
import { type Clock, systemClock } from "../../machine/clock.ts";
import { guestArguments } from "../image/initramfs.ts";
import { LabFailure, type Outcome, type Starter, type TrialOptions } from "../trial.ts";
import type { Workload } from "../workload.ts";
import { type AcceleratorOptions, type Chosen, refuse } from "./accelerator.ts";
import { type Booted, bootGuest } from "./boot.ts";
import { directBoot } from "./command-line.ts";
import { checkKernel } from "./kernel-image.ts";
import { directListener } from "./listener.ts";
import { chooseMachine, type Machine } from "./machine.ts";
import type { Caps } from "./own-cgroup.ts";
import type { GuestProcess } from "./process.ts";
import { weighGuest } from "./weigh.ts";

/** What is booted: image/initramfs.ts makes it. */
export type GuestImage = {
  readonly path: string;
  readonly nonce: string;
  /** What the image's files take in the guest's memory. */
  readonly unpacked: Bytes;
  /** The least memory of a guest that boots it. */
  readonly needed: Bytes;
};

export type GuestOptions = Pick<AcceleratorOptions, "qemu" | "directory" | "device"> & {
  readonly workload: Pick<Workload, "image" | "memory" | "cpus" | "probe">;
  readonly initramfs: GuestImage;
  /** Path of a kernel that QEMU can boot; of the cached vmlinux rather than of the bzImage, which must unpack itself. */
  readonly kernel: string;
  readonly chosen: Chosen;
  readonly machine: Machine;
  readonly clock?: Clock;
};

/** What guests run on: stands with every result. */
export type RunsOn = { readonly chosen: Chosen; readonly machine: Machine };

/** A starter of guests. What they run on may change once, when the accelerator turns out not to work after all. */
export type GuestStarter = Starter & { runsOn(): RunsOn };

/**
 * The least time in which the kernel's first line must come on hardware: it comes within 0.1 s under TCG already. Fifteen
 * times the firmware's self-test, where that is more, since it shows how fast this machine is today.
 */
const kernelWithin = ({ accelerator, took }: Chosen): Millis | null =>
  accelerator === "tcg" ? null : Math.max(1_500, 15 * took);

/** `nginx` of `docker.io/library/nginx:1.25@sha256:…`, as a person would say it. */
export const shortName = (image: string): string =>
  (image.replace(/@.*$/, "").split("/").at(-1) ?? image).slice(0, 60);

/**
 * An image's workload in a guest that boots directly into it. Nothing is left of a trial but a guest that is to be kept,
 * which Tare's own engine then claims as `qemu:<pid>`.
 */
export function guestStarter(options: GuestOptions): GuestStarter {
  const { clock = systemClock } = options;
  let runsOn: RunsOn = { chosen: options.chosen, machine: options.machine };

  const bootOnce = (trial: TrialOptions, signal: AbortSignal) => boot(options, runsOn, clock, trial, signal);

  const run = async (trial: TrialOptions, signal: AbortSignal): Promise<Outcome> => {
    let booted = await bootOnce(trial, signal);
    if (booted.silent) {
      const { chosen } = runsOn;
      const why = `no "Linux version" within ${kernelWithin(chosen)} ms`;
      const next = refuse(options, chosen, why);
      const vcpus = vcpusOf(options.workload);
      runsOn = { chosen: next, machine: await chooseMachine({ ...options, chosen: next, vcpus }, signal) };
      booted = await bootOnce(trial, signal);
    }
    if (booted.trouble !== null)
      return { moments: booted.moments, memory: null, trouble: booted.trouble, kept: null };
    const { guest, moments } = booted;
    const { accelerator } = runsOn.chosen;
    const memory = trial.weigh ? weighGuest(guest, accelerator, options.initramfs.unpacked, clock) : null;
    if (!trial.keep) await guest.stop();
    signal.throwIfAborted();
    return { moments, memory, trouble: null, kept: trial.keep ? keptOf(guest) : null };
  };

  return {
    kind: "vm",
    runsOn: () => runsOn,
    run: (trial, signal) => asOutcome(run(trial, signal), signal),
  };
}

/** How whoever asked for it finds a guest that was left running, and ends it. */
export const keptOf = (guest: GuestProcess): NonNullable<Outcome["kept"]> => ({
  id: `qemu:${guest.pid}`,
  stop: guest.stop,
});

/** A failure that was thrown, as the outcome of the trial. Rejects when `signal` has aborted. */
export async function asOutcome(running: Promise<Outcome>, signal: AbortSignal): Promise<Outcome> {
  try {
    return await running;
  } catch (error) {
    signal.throwIfAborted();
    const trouble: LabTrouble =
      error instanceof LabFailure
        ? error.trouble
        : { code: "failed", where: "qemu", cause: String(error), output: [] };
    return { moments: {}, memory: null, trouble, kept: null };
  }
}

/** A guest has whole processors: at least what the container may use. */
export const vcpusOf = ({ cpus }: Pick<Workload, "cpus">) => Math.ceil(cpus);

/** Of QEMU itself, whatever the guest: generous, since a guest that is killed for it would be none of the workload's doing. */
const besideMemory: Bytes = 512 << 20;
/** TCG's cache of translated code may grow to so much (accel/tcg/translate-all.c). */
const translations: Bytes = 1 << 30;

/** The guest's RAM, QEMU beside it, and the part of a processor that its vCPUs alone can't keep to. */
export const capsOf = (
  { memory, cpus }: Pick<Workload, "memory" | "cpus">,
  accelerator: Chosen["accelerator"],
): Caps => ({
  memory: memory + besideMemory + (accelerator === "tcg" ? translations : 0),
  cpus: Number.isInteger(cpus) ? null : cpus,
});

function boot(
  { qemu, directory, workload, initramfs, kernel }: GuestOptions,
  { chosen, machine }: RunsOn,
  clock: Clock,
  { giveUp, saw }: TrialOptions,
  signal: AbortSignal,
): Promise<Booted> {
  const since = clock.monotonic();
  const { memory, image, probe } = workload;
  const { needed } = initramfs;
  if (memory < needed)
    throw new LabFailure({ code: "image-too-large", where: image, cause: `${needed} > ${memory} bytes` });
  checkKernel(kernel);
  const { accelerator, sandbox, group } = chosen;
  const name = `tare-race ${shortName(image)} as a VM`;
  const box = { name, accelerator, machine: machine.machine, memory, vcpus: vcpusOf(workload), sandbox };
  return bootGuest(
    {
      program: qemu.program,
      clock,
      directory,
      group,
      files: [kernel, initramfs.path],
      firmware: !machine.machine.startsWith("microvm"),
      agent: false,
      caps: capsOf(workload, accelerator),
      args: ([kernelPath = "", initramfsPath = ""]) =>
        directBoot(box, {
          kernel: kernelPath,
          initramfs: initramfsPath,
          guestArguments,
          firmware: true,
        }),
      listener: directListener(initramfs.nonce, probe),
      giveUp,
      kernelBy: kernelWithin(chosen),
      saw,
      since,
    },
    signal,
  );
}
