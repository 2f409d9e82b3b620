import { accessSync, constants, statSync } from "node:fs";
import * as z from "zod/mini";
import type { Millis } from "../../../shared/model/units.ts";
import { textOf } from "../../machine/proc-files.ts";
import { findProgram, keep, run } from "../../machine/spawn.ts";
import { LabFailure } from "../trial.ts";
import { type Accelerator, selfTest } from "./command-line.ts";
import { keyOf, recall, remember } from "./known.ts";
import { readWaited } from "./waited.ts";
import { wrapped } from "./wrapped.ts";

/** The program of guests like this machine. Other processors' guests would not be the same race. */
const programs: Readonly<Record<string, string>> = { x64: "qemu-system-x86_64" };

export type Qemu = { readonly program: string; readonly version: string };

/** QEMU and its version. Throws a LabFailure where it is missing or does not tell. */
export async function findQemu(signal: AbortSignal): Promise<Qemu> {
  const name = programs[process.arch] ?? `qemu-system-${process.arch}`;
  const program = process.arch in programs ? findProgram(name) : null;
  if (program === null) throw new LabFailure({ code: "no-qemu", where: name });
  const { stdout, stderr } = await run(program, ["--version"], { deadline: 10_000, signal });
  signal.throwIfAborted();
  // QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)
  const version = /version (\S{1,40})/.exec(stdout)?.[1];
  if (version === undefined)
    throw new LabFailure({ code: "no-qemu", where: program, cause: lastLine(stderr || stdout) });
  return { program, version };
}

/** An accelerator that is not used. `why` is in the system's, QEMU's or the test's own terms. */
export type Refused = { readonly accelerator: Accelerator; readonly why: string };

const chosen = z.object({
  accelerator: z.enum(["kvm", "hvf", "whpx", "tcg"]),
  /** What the self-test took, in ms. */
  took: z.number(),
  sandbox: z.boolean(),
  refused: z.readonly(
    z.array(z.object({ accelerator: z.enum(["kvm", "hvf", "whpx", "tcg"]), why: z.string() })),
  ),
});
export type Chosen = Readonly<z.infer<typeof chosen>> & {
  /** Group of the accelerator's device, that a guest which is nobody must be in; null: none needed. */
  readonly group: number | null;
};

export type AcceleratorOptions = {
  readonly qemu: Qemu;
  /** The lab's own folder, where what was found out is kept. */
  readonly directory: string;
  /** Linux's device of KVM; another one in tests. */
  readonly device?: string;
  readonly platform?: NodeJS.Platform;
};

/** The firmware says that there is nothing to boot: 0.1 s under TCG, and 3.5 s under a KVM that is itself emulated. */
const patience: Millis = 1_000;
/** TCG is the last resort: it may take its time on a busy machine. */
const lastPatience: Millis = 15_000;
const file = "accelerator.json";

/**
 * The accelerator that guests run with: the hardware's where the firmware runs on it at a useful speed, else TCG. Found out
 * once for a boot of this machine and a version of QEMU. Throws a LabFailure where not even TCG runs the firmware.
 */
export async function chooseAccelerator(options: AcceleratorOptions, signal: AbortSignal): Promise<Chosen> {
  const { qemu, directory, device = "/dev/kvm", platform = process.platform } = options;
  const hardware = ofPlatform[platform] ?? null;
  const denied = hardware === "kvm" ? readDenied(device) : null;
  const group = (one: Accelerator) => (one === "kvm" ? groupOf(device) : null);
  const key = keyOf(qemu.program, qemu.version, hardware ?? "", denied ?? "");
  const known = recall(directory, file, key, chosen);
  if (known) return { ...known, group: group(known.accelerator) };

  const refused: Refused[] = [];
  for (const accelerator of [hardware, "tcg" as const]) {
    if (accelerator === null) continue;
    const why = accelerator === "kvm" ? denied : null;
    const tested = why === null ? await test(qemu, accelerator, group(accelerator), signal) : { why };
    signal.throwIfAborted();
    if (tested.why === null) {
      const { took, sandbox } = tested;
      remember(directory, file, key, { accelerator, took, sandbox, refused });
      return { accelerator, took, sandbox, refused, group: group(accelerator) };
    }
    const hint = accelerator === "kvm" && denied === null ? readHint() : null;
    refused.push({ accelerator, why: hint === null ? tested.why : `${tested.why}; ${hint}` });
  }
  const [last] = refused.slice(-1);
  throw new LabFailure({ code: "no-accelerator", where: qemu.program, cause: last?.why ?? null });
}

/** The next one, after the self-test's choice turned out to be wrong in a trial. Kept like a choice of the self-test. */
export function refuse(options: AcceleratorOptions, before: Chosen, why: string): Chosen {
  const { qemu, directory, device = "/dev/kvm", platform = process.platform } = options;
  const hardware = ofPlatform[platform] ?? "";
  const denied = hardware === "kvm" ? readDenied(device) : null;
  const refused = [...before.refused, { accelerator: before.accelerator, why }];
  const next = { accelerator: "tcg" as const, took: before.took, sandbox: before.sandbox, refused };
  remember(directory, file, keyOf(qemu.program, qemu.version, hardware, denied ?? ""), next);
  return { ...next, group: null };
}

const ofPlatform: Partial<Record<NodeJS.Platform, Accelerator>> = {
  linux: "kvm",
  darwin: "hvf",
  win32: "whpx",
};

/** Why KVM's device can't be used, as the system says it: not there (no module, no hardware), or not for this user. */
function readDenied(device: string): string | null {
  try {
    accessSync(device, constants.R_OK | constants.W_OK);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function groupOf(device: string): number | null {
  try {
    return statSync(device).gid;
  } catch {
    return null;
  }
}

/** A KVM without the processor's extensions is one in software: it works, and is slower than TCG. */
function readHint(): string | null {
  const flags = /^flags\s*:(.*)$/m.exec(textOf("/proc/cpuinfo"))?.[1] ?? "";
  return / (?:vmx|svm)\b/.test(flags) || flags === "" ? null : "/proc/cpuinfo: no vmx, no svm";
}

type Tested =
  | { readonly why: null; readonly took: Millis; readonly sandbox: boolean }
  | { readonly why: string };

async function test(
  qemu: Qemu,
  accelerator: Accelerator,
  group: number | null,
  signal: AbortSignal,
): Promise<Tested> {
  const limit = accelerator === "tcg" ? lastPatience : patience;
  const first = await runFirmware(qemu, accelerator, group, process.platform === "linux", limit, signal);
  // A QEMU that was built without it refuses the option, whatever the accelerator.
  if (!/seccomp|-sandbox/i.test(first.why ?? "")) return first;
  return runFirmware(qemu, accelerator, group, false, limit, signal);
}

/** Runs the firmware until it says that there is nothing to boot. */
async function runFirmware(
  { program }: Qemu,
  accelerator: Accelerator,
  group: number | null,
  sandbox: boolean,
  limit: Millis,
  signal: AbortSignal,
): Promise<Tested> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  signal.addEventListener("abort", abort, { once: true });
  const whole = wrapped(program, selfTest(accelerator, sandbox), { group });
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  try {
    signal.throwIfAborted();
    const child = keep(whole.program, whole.args, stop.signal);
    // Only the time counts in which it had a processor, or wanted none: a busy machine is no reason to refuse KVM.
    const check = (most: number) => {
      const left = limit - (performance.now() - began - readWaited(child.pid));
      if (left <= 0 || most === 0) abort();
      else timer = setTimeout(check, left, most - 1);
    };
    timer = setTimeout(check, limit, 5);
    let words = "";
    let complaints = "";
    let took: Millis | null = null;
    child.stdout.on("data", (chunk: Uint8Array) => {
      words = (words + Buffer.from(chunk).toString("latin1")).slice(-65_536);
      if (took !== null || !words.includes("No bootable device")) return;
      took = performance.now() - began;
      abort();
    });
    child.stderr.on("data", (chunk: Uint8Array) => {
      complaints = (complaints + Buffer.from(chunk).toString("utf8")).slice(-4_096);
    });
    const { code } = await child.ended;
    if (took !== null) return { why: null, took, sandbox };
    if (stop.signal.aborted) return { why: `firmware: > ${limit} ms` };
    return { why: lastLine(complaints) ?? `exit ${code ?? "signal"}` };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}

/** The last line that says something; null: none does. */
export const lastLine = (text: string): string | null =>
  text.trim().split("\n").at(-1)?.trim().slice(0, 300) || null;
