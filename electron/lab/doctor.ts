import type { LabPart } from "../../shared/model/race.ts";
import { findLabDaemon } from "./docker-daemon.ts";
import { chooseAccelerator, findQemu } from "./guest/accelerator.ts";
import { chooseMachine } from "./guest/machine.ts";
import { labFolder, labTroubleOf } from "./half.ts";
import { guestHelper } from "./image/helper.ts";
import { bootableKernel } from "./image/kernel.ts";

type Found = { readonly value: string; readonly note: string | null };

/**
 * What this computer can race with, looked at anew: what is found out by booting something is kept for a boot of this
 * computer. What depends on a part that is missing is not tried.
 */
export async function labParts(
  { directory, kernel: chosenKernel }: { readonly directory: string; readonly kernel: string | null },
  signal: AbortSignal,
): Promise<readonly LabPart[]> {
  const parts: LabPart[] = [];
  const lab = labFolder(directory);
  const look = async <Result>(
    part: LabPart["part"],
    find: () => Promise<Result>,
    told: (result: Result) => Found,
  ): Promise<Result | null> => {
    try {
      const result = await find();
      parts.push({ part, state: "ready", ...told(result), trouble: null });
      return result;
    } catch (error) {
      signal.throwIfAborted();
      parts.push({ part, state: "missing", value: null, note: null, trouble: labTroubleOf(error, part) });
      return null;
    }
  };
  const untried = (part: LabPart["part"]) =>
    parts.push({ part, state: "untried", value: null, note: null, trouble: null });

  await look(
    "docker",
    async () => {
      const daemon = await findLabDaemon(signal);
      try {
        return { ...(await daemon.docker.facts(signal)), where: daemon.where };
      } finally {
        daemon.close();
      }
    },
    ({ version, storage, cgroup, where }) => ({
      value: version,
      note: `${storage}, cgroup ${cgroup}, ${where}`,
    }),
  );
  const qemu = await look(
    "qemu",
    () => findQemu(signal),
    ({ version, program }) => ({ value: version, note: program }),
  );
  const chosen = qemu
    ? await look(
        "accelerator",
        () => chooseAccelerator({ qemu, directory: lab }, signal),
        ({ accelerator, took, refused }) => ({
          value: accelerator,
          note: [
            `${Math.round(took)} ms`,
            ...refused.map(({ accelerator: one, why }) => `${one}: ${why}`),
          ].join("; "),
        }),
      )
    : untried("accelerator") && null;
  const kernel = await look(
    "kernel",
    () => bootableKernel({ chosen: chosenKernel, directory, signal }),
    ({ release, from }) => ({ value: release ?? from, note: from }),
  );
  await look(
    "helper",
    () => guestHelper({ machine: process.arch, directory, lender: null }),
    (path) => ({ value: path, note: null }),
  );
  if (qemu && chosen && kernel)
    await look(
      "machine",
      () => chooseMachine({ qemu, chosen, kernel: kernel.path, vcpus: 1, directory: lab }, signal),
      ({ machine, init }) => ({ value: machine, note: `${Math.round(init)} ms` }),
    );
  else untried("machine");
  return parts;
}
