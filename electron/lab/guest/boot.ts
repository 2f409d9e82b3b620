import type { LabTrouble, LabTroubleCode, Moments } from "../../../shared/model/race.ts";
import type { Millis, Nanos } from "../../../shared/model/units.ts";
import { LabFailure } from "../trial.ts";
import { lastLine } from "./accelerator.ts";
import type { Failed, Heard, Listener } from "./listener.ts";
import { type GuestPlan, type GuestProcess, startGuest } from "./process.ts";
import { prompts } from "./prompt.ts";
import { serialLines } from "./serial-lines.ts";

export type BootPlan = Omit<GuestPlan, "onSerial" | "onFirmware"> & {
  readonly listener: Listener;
  readonly giveUp: Millis;
  /** The kernel's first line must come within so much of the guest's own time; null: there is no telling when. */
  readonly kernelBy: Millis | null;
  readonly saw: (moment: keyof Moments) => void;
  /** Where the request counts from. */
  readonly since: Nanos;
  /** It is ready when it switched itself off, without a panic. */
  readonly readyAtEnd?: boolean;
  /** Another way to be ready than the console: resolves when it succeeded. */
  readonly alsoReady?: (guest: GuestProcess, signal: AbortSignal) => Promise<void>;
};

/** How a boot went. A guest that is not ready has been ended. */
export type Booted = { readonly moments: Moments } & (
  | { readonly guest: GuestProcess; readonly trouble: null; readonly silent: false }
  | {
      readonly guest: null;
      readonly trouble: LabTrouble;
      /** The kernel said nothing in time: perhaps the accelerator is to blame. */
      readonly silent: boolean;
    }
);

/** A guest that had no processor for longer than it had one is not waited for any longer: so many times its time. */
const mostPatience = 4;

const nothing: Heard = { moments: [], failed: null };

type End =
  | { readonly how: "ready" }
  | { readonly how: "failed"; readonly failed: Failed }
  | { readonly how: "ended"; readonly code: number | null }
  | { readonly how: "late" | "silent" | "aborted" }
  | { readonly how: "thrown"; readonly error: unknown };

/**
 * Boots a guest until it is ready, or can't be any more: it ended (whatever its exit code says: QEMU ends with 0 when the
 * guest's memory is too small, and after a panic), it told so, or its time is up. Times are of the host's monotonic
 * clock, taken when the line arrives. Rejects when `signal` aborts; then the guest is gone.
 */
export async function bootGuest(plan: BootPlan, signal: AbortSignal): Promise<Booted> {
  signal.throwIfAborted();
  const moments: { -readonly [name in keyof Moments]: Millis } = {};
  const stop = new AbortController();
  let finish: (end: End) => void = () => undefined;
  const end = new Promise<End>((resolve) => {
    finish = resolve;
  });
  const mark = (moment: keyof Moments, at: Nanos) => {
    if (moments[moment] !== undefined) return;
    moments[moment] = (at - plan.since) / 1e6;
    plan.saw(moment);
  };
  const hear = ({ moments: told, failed }: Heard, at: Nanos) => {
    for (const moment of told) mark(moment, at);
    if (moments.ready !== undefined) finish({ how: "ready" });
    else if (failed !== null) finish({ how: "failed", failed });
  };
  const { feed, unfinished, rest } = serialLines();
  const { listener } = plan;
  /** A line probe may refuse its expression half-way. */
  const listen = (told: () => Heard, at: Nanos) => {
    // One that is left running is drained, and not listened to.
    if (stop.signal.aborted) return;
    try {
      hear(told(), at);
    } catch (error) {
      finish({ how: "thrown", error });
    }
  };
  const prompt = prompts((line, at) => listen(() => listener.prompted?.(line) ?? nothing, at));
  const onSerial = (chunk: Uint8Array, at: Nanos) => {
    listen(() => listener.hear(feed(chunk)), at);
    if (listener.prompted) prompt.moved(at, unfinished());
  };
  /** The firmware's last byte counts: each one moves the moment, until the kernel speaks. */
  const onFirmware = (at: Nanos) => {
    if (moments.kernel !== undefined || moments.init !== undefined) return;
    if (moments.firmware === undefined) plan.saw("firmware");
    moments.firmware = (at - plan.since) / 1e6;
  };

  const guest = start(plan, { onSerial, onFirmware });
  mark("spawned", plan.clock.monotonic());
  void guest.ended.then(({ code }) => {
    const at = plan.clock.monotonic();
    listen(() => listener.hear(rest()), at);
    if (plan.readyAtEnd && code === 0) hear({ moments: ["ready"], failed: null }, at);
    finish({ how: "ended", code });
  });
  const abort = () => finish({ how: "aborted" });
  signal.addEventListener("abort", abort, { once: true });
  void plan.alsoReady?.(guest, stop.signal).then(
    () => {
      mark("ready", plan.clock.monotonic());
      finish({ how: "ready" });
    },
    (error) => stop.signal.aborted || finish({ how: "thrown", error }),
  );
  const guards = watchTime(plan, guest, () => moments.kernel !== undefined, finish);

  const how = await end;
  stop.abort();
  prompt.close();
  signal.removeEventListener("abort", abort);
  for (const guard of guards) guard();
  if (how.how === "ready" && !signal.aborted) return { moments, guest, trouble: null, silent: false };
  await guest.stop();
  signal.throwIfAborted();
  const trouble = troubleOf(how, plan, guest, moments);
  return { moments, guest: null, trouble, silent: how.how === "silent" };
}

function start(plan: BootPlan, hears: Pick<GuestPlan, "onSerial" | "onFirmware">): GuestProcess {
  try {
    return startGuest({ ...plan, ...hears });
  } catch (error) {
    const { code, path, message } = error as NodeJS.ErrnoException;
    const denied = code === "EACCES" || code === "EPERM";
    const ours: LabTroubleCode =
      path !== undefined && path === plan.files[0] && denied
        ? "kernel-unreadable"
        : code === "ENOSPC"
          ? "no-room"
          : "failed-to-start";
    throw new LabFailure({ code: ours, where: path ?? plan.program, cause: message });
  }
}

/** Calls `finish` when the guest's time is up, by its own time: what it waited for a processor does not count. */
function watchTime(
  { giveUp, kernelBy }: BootPlan,
  guest: GuestProcess,
  spoke: () => boolean,
  finish: (end: End) => void,
): readonly (() => void)[] {
  const guard = (limit: Millis, how: "late" | "silent", done: () => boolean) => {
    const began = performance.now();
    let timer = setTimeout(check, limit);
    function check(): void {
      if (done()) return;
      const left = Math.min(limit - guest.had(), limit * mostPatience - (performance.now() - began));
      if (left <= 0) finish({ how });
      else timer = setTimeout(check, Math.max(left, 10));
    }
    return () => clearTimeout(timer);
  };
  return [
    guard(giveUp, "late", () => false),
    ...(kernelBy === null ? [] : [guard(kernelBy, "silent", spoke)]),
  ];
}

/** QEMU's complaints about what it is to boot, hw/i386/x86.c and hw/core/loader.c. */
const aboutKernel =
  /could not load kernel|error loading uncompressed kernel|invalid (?:elf|kernel)|linux kernel too old|Cannot load/i;

function troubleOf(
  how: End,
  { listener, program, files }: BootPlan,
  guest: GuestProcess,
  { kernel, exec }: Moments,
): LabTrouble {
  const output = listener.output();
  const where = program;
  const said = lastLine(guest.complaints());
  switch (how.how) {
    case "failed":
      return { ...how.failed, where, output };
    case "ended": {
      const cause = said ?? (how.code === null ? "SIGKILL" : `exit ${how.code}`);
      if (kernel === undefined && said !== null && aboutKernel.test(said))
        return { code: "kernel-unusable", where: files[0] ?? program, cause, output };
      return { code: exec === undefined ? "failed-to-start" : "exited", where, cause, output };
    }
    case "thrown":
      if (how.error instanceof LabFailure) return { ...how.error.trouble, output };
      return { code: "failed", where, cause: String(how.error), output };
    default:
      return { code: "not-ready", where, cause: said, output };
  }
}
