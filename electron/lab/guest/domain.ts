import { setTimeout as pause } from "node:timers/promises";
import type { Moments, Probe } from "../../../shared/model/race.ts";
import type { Millis, Nanos } from "../../../shared/model/units.ts";
import { libvirtPlaces } from "../../engines/libvirt/places.ts";
import { type Clock, systemClock } from "../../machine/clock.ts";
import { LabFailure, type Outcome, type Starter, type TrialOptions } from "../trial.ts";
import { type Ask, listensInside } from "./agent.ts";
import { consoleListener } from "./disk.ts";
import { type Domain, findDomain, processOf } from "./domain-calls.ts";
import type { Heard } from "./listener.ts";
import { prompts } from "./prompt.ts";
import { serialLines } from "./serial-lines.ts";
import { readTerminal } from "./terminal.ts";
import { asOutcome } from "./vm.ts";
import { weighGuest } from "./weigh.ts";

export type DomainOptions = {
  /** Its instance's id, `libvirt:<uuid>`. */
  readonly id: string;
  readonly probe: Probe;
  /** The user was asked: it is started, and shut off again; by pulling its plug, if it does not listen. */
  readonly agreed: boolean;
  readonly uris?: readonly string[];
  /** How long the system inside may take to switch itself off. */
  readonly shutdownWithin?: Millis;
  readonly clock?: Clock;
};

/** What a system needs to end its services; libvirt's own guests service waits as long as the user says, 300 s at first. */
const patience: Millis = 60_000;
/** A system that is not up yet does not hear the button: it is pressed again. */
const pressEvery: Millis = 5_000;
const lookEvery: Millis = 100;

/**
 * A shut-off domain of the user's: started, and shut off again, so that it stands as before. One that runs, or that was saved,
 * is refused. Ready by what is seen from inside, as a disk is: its console (`line`), its agent (`health`; `port`: by the
 * guest's own table), or that it switched itself off (`exit`).
 */
export function domainStarter(options: DomainOptions): Starter {
  const { clock = systemClock } = options;
  return { kind: "vm", run: (trial, signal) => asOutcome(runDomain(options, clock, trial, signal), signal) };
}

async function runDomain(
  options: DomainOptions,
  clock: Clock,
  trial: TrialOptions,
  signal: AbortSignal,
): Promise<Outcome> {
  const uuid = uuidOf(options.id);
  if (!options.agreed) throw new LabFailure({ code: "not-agreed", where: uuid });
  const domain = await findDomain(uuid, options.uris ?? daemons(), signal);
  if ((await domain.state(signal)) !== "shut off") throw new LabFailure({ code: "running", where: uuid });
  if (await domain.isSaved(signal))
    throw new LabFailure({ code: "failed", where: uuid, cause: "managed save" });
  const { console, accelerator } = await domain.definition(signal);
  if (options.probe.kind === "line" && !console)
    throw new LabFailure({ code: "failed", where: uuid, cause: "no serial console of type pty" });
  const stop = () => shutOff(domain, options.shutdownWithin ?? patience);
  let kept = false;
  try {
    const outcome = await untilReady(domain, options.probe, accelerator, clock, trial, signal);
    kept = trial.keep && outcome.trouble === null;
    return { ...outcome, kept: kept ? { id: options.id, stop } : null };
  } finally {
    if (!kept) await stop();
  }
}

/** libvirt's own name of a domain, of an instance's id. */
export const uuidOf = (id: string): string => id.replace(/^libvirt:/, "");

/** Where libvirt's daemons would be. */
export const daemons = (): readonly string[] =>
  libvirtPlaces(process.env, process.getuid?.() ?? 0).map(({ uri }) => uri);

/** Shuts a domain off, whatever state it is in, and resolves when it is. By its own system first. */
async function shutOff(domain: Domain, within: Millis): Promise<void> {
  const began = performance.now();
  const isOff = async () => (await domain.state(AbortSignal.timeout(patience))) === "shut off";
  for (let pressed = Number.NEGATIVE_INFINITY; performance.now() - began < within; await pause(lookEvery)) {
    if (await isOff()) return;
    if (performance.now() - pressed < pressEvery) continue;
    pressed = performance.now();
    // It may be paused, or go in this very moment.
    await domain.shutdown(AbortSignal.timeout(patience)).catch(() => undefined);
  }
  if (await isOff()) return;
  await domain.destroy(AbortSignal.timeout(patience)).catch(async (error) => {
    if (!(await isOff())) throw error;
  });
}

/** Starts it and waits. With a console it is started paused: else what it prints before anybody reads would be lost. */
async function untilReady(
  domain: Domain,
  probe: Probe,
  accelerator: string | null,
  clock: Clock,
  { giveUp, weigh, saw }: TrialOptions,
  signal: AbortSignal,
): Promise<Omit<Outcome, "kept">> {
  const moments: { -readonly [name in keyof Moments]: Millis } = {};
  const since = clock.monotonic();
  const mark = (moment: keyof Moments, at = clock.monotonic()) => {
    if (moments[moment] !== undefined) return;
    moments[moment] = (at - since) / 1e6;
    saw(moment);
  };
  const listener = consoleListener(probe);
  const over = new AbortController();
  let tell: () => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const told = new Promise<void>((resolve, reject) => {
    tell = resolve;
    fail = reject;
  });
  const { feed, unfinished } = serialLines();
  const listen = (told: () => Heard, at: Nanos) => {
    try {
      const { moments: heard, failed } = told();
      for (const moment of heard) mark(moment, at);
      if (moments.ready !== undefined) tell();
      else if (failed) fail(new LabFailure({ ...failed, where: domain.uuid }));
    } catch (error) {
      fail(error);
    }
  };
  const prompt = prompts((line, at) => listen(() => listener.prompted(line), at));
  const hear = (chunk: Uint8Array) => {
    const at = clock.monotonic();
    listen(() => listener.hear(feed(chunk)), at);
    prompt.moved(at, unfinished());
  };
  let close: () => void = () => undefined;
  const timer = setTimeout(() => fail(new LabFailure({ code: "not-ready", where: domain.uuid })), giveUp);
  const abort = () => fail(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  // It may fail while nobody waits for it yet.
  told.catch(() => undefined);
  try {
    const speaks = probe.kind === "line";
    await domain.start(speaks, signal);
    mark("spawned");
    if (speaks) {
      close = readTerminal(await domain.terminal(signal), hear);
      await domain.resume(signal);
    }
    void watch(domain, probe, over.signal).then(
      () => {
        mark("ready");
        tell();
      },
      (error) => over.signal.aborted || fail(error),
    );
    await told;
    const guest = weigh ? processOf(domain.uuid) : null;
    const memory = guest && weighGuest(guest, accelerator, null, clock);
    return { moments, memory, trouble: null };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof LabFailure)) throw error;
    const output = listener.output();
    return { moments, memory: null, trouble: { ...error.trouble, output } };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
    over.abort();
    prompt.close();
    close();
  }
}

/** Resolves when the probe succeeded, if it is not its console's to tell; rejects when the domain ended before. */
async function watch(domain: Domain, probe: Probe, signal: AbortSignal): Promise<void> {
  const ask = domain.agent(signal);
  for (;;) {
    if ((await domain.state(signal)) === "shut off") {
      if (probe.kind === "exit") return;
      throw new LabFailure({ code: "exited", where: domain.uuid, cause: "shut off" });
    }
    if ((probe.kind === "health" || probe.kind === "port") && (await answers(ask))) {
      if (probe.kind === "port") await listensInside(ask, probe.port, signal);
      return;
    }
    await pause(lookEvery, null, { signal });
  }
}

const answers = (ask: Ask) =>
  ask("guest-ping", {}).then(
    () => true,
    () => false,
  );
