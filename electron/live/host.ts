import { arch, cpus, hostname, release, totalmem, type } from "node:os";
import type { HostFacts, HostSample, SelfSample } from "../../shared/model/host.ts";
import { hostControllers } from "../machine/cgroup-controllers.ts";
import { cgroupMounts } from "../machine/cgroup-paths.ts";
import type { Clock } from "../machine/clock.ts";
import { textOf } from "../machine/proc-files.ts";
import { deadline } from "./deadline.ts";
import { linuxHost } from "./host-linux.ts";
import { parseOsName } from "./host-parse.ts";
import { rates } from "./host-rates.ts";

/** The computer that is watched: what seldom changes, and its figures and Tare's own each second. */
export type Host = {
  readonly facts: HostFacts;
  sample(): { readonly host: HostSample; readonly self: SelfSample };
  close(): void;
};

/** systeminformation starts some programs for these: the first figures don't wait longer for a processor's name. */
const patience = 1_000;

/**
 * Opens the host. On Linux the kernel says all of it in its own files; elsewhere systeminformation is asked for the names
 * of system and processor, and is loaded only there: 0.7 MB of source, and a dozen programs for two names.
 */
export async function readHost(clock: Clock, platform: NodeJS.Platform = process.platform): Promise<Host> {
  const facts = platform === "linux" ? linuxFacts() : await otherFacts();
  const reader = platform === "linux" ? linuxHost(facts.threads) : await openOther(facts.threads, clock);
  const own = rates(facts.threads);
  return {
    facts,
    sample() {
      const at = clock.monotonic();
      const { user, system } = process.cpuUsage();
      const { cores } = own({
        at,
        busy: (user + system) * 1e3,
        read: null,
        written: null,
        received: null,
        sent: null,
      });
      return { host: reader.sample(at), self: { cores, resident: process.memoryUsage.rss() } };
    },
    close: () => reader.close(),
  };
}

const openOther = async (threads: number, clock: Clock) =>
  (await import("./host-elsewhere.ts")).otherHost(threads, clock);

function linuxFacts(): HostFacts {
  return { ...everywhere(), os: parseOsName(textOf("/etc/os-release")) ?? type() };
}

async function otherFacts(): Promise<HostFacts> {
  const { cpu, osInfo } = await import("systeminformation");
  const [system, processor] = await Promise.all([
    deadline(osInfo(), patience).catch(() => null),
    deadline(cpu(), patience).catch(() => null),
  ]);
  const facts = everywhere();
  return {
    ...facts,
    os: system?.distro ? `${system.distro} ${system.release}`.trim() : facts.os,
    cpu: [processor?.manufacturer, processor?.brand].filter(Boolean).join(" ") || facts.cpu,
  };
}

function everywhere(): HostFacts {
  const cores = cpus();
  return {
    name: hostname(),
    os: type(),
    kernel: release(),
    cpu: cores[0]?.model || arch(),
    threads: cores.length,
    memory: totalmem(),
    cgroup: cgroupMounts()?.version ?? null,
    controllers: hostControllers(),
  };
}
