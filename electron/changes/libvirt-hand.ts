import { cores, wholeBytes } from "../../shared/format.ts";
import { kibibytes, period, quotaOf, virshCommands } from "../../shared/mends/commands.ts";
import { isSet, type Setting } from "../../shared/mends/setting.ts";
import type { Bytes, Millis } from "../../shared/model/units.ts";
import { libvirtPlaces } from "../engines/libvirt/places.ts";
import { failure } from "../engines/libvirt/virsh.ts";
import { systemClock } from "../machine/clock.ts";
import { findProgram, run } from "../machine/spawn.ts";
import { ChangeFailure } from "./failure.ts";
import type { Hand, Look } from "./hand.ts";

const deadline: Millis = 20_000;
/** The guest's balloon gives memory back as it finds it. */
const balloonPatience: Millis = 5_000;
const uuidForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A domain in the hand of libvirt, through virsh; by its uuid alone. Throws a ChangeFailure. */
export async function libvirtHand(uuid: string, name: string, signal: AbortSignal): Promise<Hand> {
  const program = findProgram("virsh");
  if (program === null) throw new ChangeFailure("unanswered", "virsh", "ENOENT");
  if (!uuidForm.test(uuid)) throw new ChangeFailure("gone", name, null);
  let refusal: ChangeFailure | null = null;
  for (const { uri } of libvirtPlaces(process.env, process.getuid?.() ?? 0)) {
    const ask = asking(program, uri, name, signal);
    try {
      await ask("domid", uuid);
      return handOf(uuid, ask);
    } catch (error) {
      signal.throwIfAborted();
      refusal ??= error instanceof ChangeFailure ? error : null;
    }
  }
  throw refusal ?? new ChangeFailure("gone", name, null);
}

type Ask = (command: string, ...args: readonly string[]) => Promise<string>;

/** One virsh a question: a change is rare, and its answer is worth a process. */
const asking =
  (program: string, uri: string, name: string, signal: AbortSignal): Ask =>
  async (command, ...args) => {
    const ran = await run(program, ["-q", "-c", uri, command, ...args], { deadline, signal });
    signal.throwIfAborted();
    if (ran.code === 0) return ran.stdout;
    const said = ran.stderr
      .replace(/^error: /gm, "")
      .trim()
      .slice(0, 500);
    if (ran.timedOut) throw new ChangeFailure("unanswered", uri, `> ${deadline} ms`);
    if (/failed to get domain|domain not found/i.test(said)) throw new ChangeFailure("gone", name, null);
    const { code } = failure(uri, ran.stderr, "failed");
    throw new ChangeFailure(code === "failed" ? "refused" : "unanswered", name, said);
  };

function handOf(uuid: string, ask: Ask): Hand {
  const look = async (): Promise<Look> => {
    const info = await ask("dominfo", uuid);
    const quota = await ask("schedinfo", "--domain", uuid);
    const state = /^State: +(.+)$/m.exec(info)?.[1]?.trim() ?? "";
    return {
      name: /^Name: +(.+)$/m.exec(info)?.[1]?.trim() ?? uuid,
      running: state === "running" || state === "paused",
      run: (await ask("domid", uuid)).trim(),
      setting(resource) {
        if (resource === "vmMemory") return { resource, limit: kibibytesIn(info, "Used memory") };
        return resource === "vmCpu" ? { resource, limit: quotaIn(quota) } : null;
      },
      lines: linesOf,
      handle: null,
      compose: null,
      most: kibibytesIn(info, "Max memory"),
    };
  };
  return {
    look,
    async set(setting, signal) {
      const { resource, limit } = setting;
      if (resource === "vmCpu") {
        const parameters = [
          `global_period=${period}`,
          `global_quota=${limit === null ? -1 : quotaOf(limit)}`,
        ];
        await ask("schedinfo", "--domain", uuid, "--live", ...parameters.flatMap((one) => ["--set", one]));
      }
      if (resource !== "vmMemory" || limit === null) return;
      await ask("setmem", "--domain", uuid, "--size", `${kibibytes(limit)}KiB`, "--live");
      // The hypervisor only asks; a guest without a balloon driver never follows, and that is read back then.
      const until = performance.now() + balloonPatience;
      while (performance.now() < until) {
        if (isSet(resource, limit, kibibytesIn(await ask("dominfo", uuid), "Used memory"))) return;
        await systemClock.after(250, signal);
      }
    },
    command: (setting, called) => virshCommands(called, setting, "live").join("\n"),
    close: () => undefined,
  };
}

/** `dominfo`: "Used memory:    131072 KiB" */
function kibibytesIn(info: string, what: string): Bytes | null {
  const [, count] = new RegExp(`^${what}: +(\\d{1,15}) KiB$`, "m").exec(info) ?? [];
  return count === undefined ? null : Number(count) * 1_024;
}

/** `schedinfo`: "global_period  : 100000", "global_quota   : 50000"; -1 and libvirt's largest number are no quota. */
function quotaIn(told: string): number | null {
  const of = (what: string) =>
    Number(new RegExp(`^${what} *: *(-?\\d{1,20})$`, "m").exec(told)?.[1] ?? Number.NaN);
  const [quota, each] = [of("global_quota"), of("global_period")];
  return quota > 0 && quota < 2 ** 53 && each > 0 ? quota / each : null;
}

function linesOf({ resource, limit }: Setting): readonly string[] {
  if (resource === "vmCpu")
    return [`global_quota ${limit === null ? -1 : `${quotaOf(limit)} (${cores(limit)})`}`];
  return limit === null ? [] : [`Used memory ${kibibytes(limit)} KiB (${wholeBytes(limit)})`];
}
