import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import type { Millis } from "../../../shared/model/units.ts";
import { type Clock, systemClock } from "../../machine/clock.ts";
import { LabFailure } from "../trial.ts";
import type { Chosen, Qemu } from "./accelerator.ts";
import { bootGuest } from "./boot.ts";
import { type Accelerator, directBoot } from "./command-line.ts";
import { checkKernel } from "./kernel-image.ts";
import { keyOf, recall, remember } from "./known.ts";
import { firstLine, type Listener } from "./listener.ts";
import { recentLines } from "./recent.ts";

/**
 * Machines that a kernel can be booted on directly. Plain microvm, which has ACPI, hangs under TCG whenever the host is busy:
 * the guest then has no clock that it trusts. A probe on a quiet machine would not notice, so it is not even tried.
 * Without ACPI microvm has one processor, whatever -smp says.
 */
const candidates = (accelerator: Accelerator, vcpus: number): readonly string[] => {
  const small = accelerator === "tcg" ? [] : ["microvm"];
  return [...small, ...(vcpus === 1 ? ["microvm,acpi=off"] : []), "q35"];
};

const found = z.object({
  machine: z.string(),
  /** Own time until the kernel's first line, and until it starts its init, in ms. */
  kernel: z.number(),
  init: z.number(),
});
export type Machine = Readonly<z.infer<typeof found>>;

export type MachineOptions = {
  readonly qemu: Qemu;
  readonly chosen: Chosen;
  readonly kernel: string;
  readonly vcpus: number;
  readonly directory: string;
  readonly clock?: Clock;
};

/** A boot takes a tenth of it on a quiet machine. */
const patience: Millis = 20_000;

/**
 * The machine on which this kernel starts its init soonest, found by booting it once on each; kept for a boot of this
 * computer, a QEMU, an accelerator and a kernel. Throws a LabFailure where it boots on none.
 */
export async function chooseMachine(options: MachineOptions, signal: AbortSignal): Promise<Machine> {
  const { qemu, chosen, kernel, vcpus, directory } = options;
  checkKernel(kernel);
  const { size, mtimeMs } = statSync(kernel);
  const key = keyOf(qemu.version, chosen.accelerator, kernel, `${size} ${mtimeMs}`);
  const file = `machine-${chosen.accelerator}-${vcpus === 1 ? "one" : "many"}.json`;
  const known = recall(directory, file, key, found);
  if (known) return known;
  const image = join(directory, `empty-${process.pid}.cpio`);
  let best: Machine | null = null;
  let failure: LabFailure | null = null;
  try {
    write(image);
    for (const machine of candidates(chosen.accelerator, vcpus)) {
      const one = await tryMachine(options, machine, image, best?.init ?? patience, signal);
      if (one instanceof LabFailure) failure ??= one;
      else if (best === null || one.init < best.init) best = one;
    }
  } finally {
    rmSync(image, { force: true });
  }
  if (best === null) throw failure ?? new LabFailure({ code: "kernel-unusable", where: kernel });
  remember(directory, file, key, best);
  return best;
}

function write(path: string): void {
  try {
    mkdirSync(join(path, ".."), { recursive: true, mode: 0o700 });
    writeFileSync(path, emptyInitramfs, { mode: 0o644 });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new LabFailure({ code: code === "ENOSPC" ? "no-room" : "failed", where: path, cause: message });
  }
}

/** `most`: what the best one took; one that is not there by then is not better. */
async function tryMachine(
  { qemu, chosen, kernel, vcpus, directory, clock = systemClock }: MachineOptions,
  machine: string,
  image: string,
  most: Millis,
  signal: AbortSignal,
): Promise<Machine | LabFailure> {
  const { accelerator, sandbox, group } = chosen;
  const box = { name: "tare-lab machine", accelerator, machine, memory: 128 << 20, vcpus, sandbox };
  const since = clock.monotonic();
  const booted = await bootGuest(
    {
      program: qemu.program,
      clock,
      directory,
      group,
      files: [kernel, image],
      firmware: false,
      agent: false,
      caps: null,
      args: ([kernel = "", initramfs = ""]) =>
        directBoot(box, {
          kernel,
          initramfs,
          guestArguments: "rdinit=/init rootfstype=ramfs panic=-1",
          firmware: false,
        }),
      listener: emptyListener(),
      giveUp: most,
      kernelBy: null,
      saw: () => undefined,
      since,
    },
    signal,
  );
  if (booted.trouble !== null) {
    const { trouble } = booted;
    return new LabFailure(
      booted.moments.kernel === undefined ? { ...trouble, code: "kernel-unusable", where: kernel } : trouble,
    );
  }
  const init = booted.guest.had();
  await booted.guest.stop();
  return { machine, kernel: booted.moments.kernel ?? init, init };
}

/** Ready where the kernel says that it starts its init: all of its own start is over then. */
function emptyListener(): Listener {
  const recent = recentLines();
  return {
    hear(lines) {
      for (const line of lines) recent.add(line);
      return {
        moments: [
          ...(lines.some((line) => line.includes(firstLine)) ? (["kernel"] as const) : []),
          ...(lines.some((line) => line.includes("Run /init as init process")) ? (["ready"] as const) : []),
        ],
        failed: null,
      };
    },
    output: recent.lines,
  };
}

/** An archive with one empty file, /init: the kernel starts it, and no program is needed for that. */
const emptyInitramfs = ["init", "TRAILER!!!"]
  .map((name, index) => {
    const fields = [index + 1, index === 0 ? 0o100755 : 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, name.length + 1, 0];
    const head = `070701${fields.map((field) => field.toString(16).padStart(8, "0")).join("")}${name}\0`;
    return head.padEnd(Math.ceil(head.length / 4) * 4, "\0");
  })
  .join("");
