import { basename } from "node:path";
import type { Probe } from "../../../shared/model/race.ts";
import type { Bytes, Cores } from "../../../shared/model/units.ts";
import { type Clock, systemClock } from "../../machine/clock.ts";
import { lineMatcher } from "../line-probe.ts";
import { LabFailure, type Outcome, type Starter, type TrialOptions } from "../trial.ts";
import type { Chosen, Qemu } from "./accelerator.ts";
import { agentOn, listensInside } from "./agent.ts";
import { type Booted, bootGuest } from "./boot.ts";
import { diskBoot } from "./command-line.ts";
import { readDiskImage } from "./disk-image.ts";
import { firstLine, type Listener } from "./listener.ts";
import { hasDescriptors } from "./process.ts";
import { recentLines } from "./recent.ts";
import { asOutcome, capsOf, keptOf } from "./vm.ts";
import { weighGuest } from "./weigh.ts";

export type DiskOptions = {
  readonly path: string;
  readonly probe: Probe;
  readonly memory: Bytes;
  readonly cpus: Cores;
  readonly qemu: Qemu;
  readonly chosen: Chosen;
  /** The lab's own folder. */
  readonly directory: string;
  readonly clock?: Clock;
};

/** The machine of disks: boot loaders and installed systems know it, and it has a PCI bus for their drivers. */
export const diskMachine = "q35";

/**
 * A whole system from a disk image: firmware, boot loader, kernel, init, services. The image is read, and never written: what
 * the guest writes is gone with it. Ready by what is seen from inside, as for every other kind:
 * - line: a line of its serial console, from the firmware's on (a system that is told console=ttyS0, or its boot loader), or
 *   a prompt ("login: "), which is no line yet;
 * - port: something listens, by the guest's own /proc/net/tcp, which its agent (qemu-guest-agent) reads for us. Not by a
 *   connect through a forwarded port: QEMU's own network takes that before anything listens inside;
 * - health: its agent answers;
 * - exit: it switches itself off.
 */
export function diskStarter(options: DiskOptions): Starter {
  const { clock = systemClock, path, chosen } = options;
  const run = async (trial: TrialOptions, signal: AbortSignal): Promise<Outcome> => {
    const { guest, moments, trouble } = await boot(options, clock, trial, signal);
    if (trouble !== null) return { moments, memory: null, trouble: asDisk(trouble, path), kept: null };
    const memory = trial.weigh ? weighGuest(guest, chosen.accelerator, null, clock) : null;
    if (!trial.keep) await guest.stop();
    signal.throwIfAborted();
    return { moments, memory, trouble: null, kept: trial.keep ? keptOf(guest) : null };
  };
  return { kind: "vm", run: (trial, signal) => asOutcome(run(trial, signal), signal) };
}

type Trouble = NonNullable<Outcome["trouble"]>;

/** A disk that another VM has open is one of the user's that runs. */
const asDisk = (trouble: Trouble, path: string): Trouble =>
  /Failed to get (?:shared )?".*" lock|another process using/.test(trouble.cause ?? "")
    ? { ...trouble, code: "running", where: path }
    : trouble;

function boot(
  { path, probe, memory, cpus, qemu, chosen, directory }: DiskOptions,
  clock: Clock,
  { giveUp, saw }: TrialOptions,
  signal: AbortSignal,
): Promise<Booted> {
  const since = clock.monotonic();
  const { format, backed } = readDiskImage(path);
  const { accelerator, sandbox, group } = chosen;
  const byAgent = probe.kind === "port" || probe.kind === "health";
  if (byAgent && !hasDescriptors) throw new LabFailure({ code: "failed", where: path, cause: "guest agent" });
  const name = `tare-race ${basename(path)} as a VM`;
  const box = { name, accelerator, machine: diskMachine, memory, vcpus: Math.ceil(cpus), sandbox };
  // What stands behind a difference is named from its own folder: it can't be found from a descriptor.
  const open = hasDescriptors && !backed;
  return bootGuest(
    {
      program: qemu.program,
      clock,
      directory,
      group,
      files: open ? [path] : [],
      firmware: true,
      agent: byAgent,
      caps: capsOf({ memory, cpus }, accelerator),
      args: (_, [disk], agent) =>
        diskBoot(box, { disk: disk ?? path, format, firmware: hasDescriptors, agent }),
      listener: consoleListener(probe),
      giveUp,
      kernelBy: null,
      saw,
      since,
      readyAtEnd: probe.kind === "exit",
      ...(byAgent
        ? {
            alsoReady: async (guest, over) => {
              if (guest.agent === null) throw new Error("no channel to the guest agent");
              const ask = await agentOn(guest.agent, over);
              if (probe.kind === "port") await listensInside(ask, probe.port, over);
            },
          }
        : {}),
    },
    signal,
  );
}

/** The console of a system that is not ours. Its kernel and init are seen where it is told to speak there. */
export function consoleListener(probe: Probe): Required<Listener> {
  const matches = probe.kind === "line" ? lineMatcher(probe.pattern) : null;
  const recent = recentLines();
  return {
    hear(lines) {
      for (const line of lines) recent.add(line);
      const has = (words: RegExp | string) =>
        lines.some((line) => (typeof words === "string" ? line.includes(words) : words.test(line)));
      const panic = lines.find((line) => line.includes("Kernel panic - not syncing"));
      return {
        moments: [
          ...(has(firstLine) ? (["kernel"] as const) : []),
          // The kernel's own word, or systemd's, whichever is shown.
          ...(has(/Run \S+ as init process|systemd\[1\]: systemd \d/) ? (["init"] as const) : []),
          ...(matches?.(lines.filter((line) => line !== "")) ? (["ready"] as const) : []),
        ],
        failed: panic === undefined ? null : { code: "failed-to-start", cause: panic.trim() },
      };
    },
    prompted: (line) => ({ moments: matches?.([line]) ? ["ready"] : [], failed: null }),
    output: recent.lines,
  };
}
