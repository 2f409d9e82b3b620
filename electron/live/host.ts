import { arch, cpus, hostname, release, totalmem, type } from "node:os";
import { cpu, osInfo } from "systeminformation";
import type { HostFacts, HostSample, SelfSample } from "../../shared/model/host.ts";
import { cgroupMounts } from "../machine/cgroup-paths.ts";
import type { Clock } from "../machine/clock.ts";
import { textOf } from "../machine/proc-files.ts";
import { deadline } from "./deadline.ts";
import { otherHost } from "./host-elsewhere.ts";
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
 * Opens the host. systeminformation is asked once, here, for the names of system and processor; nothing of it runs
 * afterwards on Linux (its networkInterfaces alone would block for seconds where containers run).
 */
export async function readHost(clock: Clock, platform: NodeJS.Platform = process.platform): Promise<Host> {
  const facts = await readFacts(platform);
  const reader = platform === "linux" ? linuxHost(facts.threads) : otherHost(facts.threads, clock);
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

async function readFacts(platform: NodeJS.Platform): Promise<HostFacts> {
  const linux = platform === "linux";
  const [system, processor] = await Promise.all([
    // Linux says it in one file, without osInfo's eight programs.
    linux ? null : deadline(osInfo(), patience).catch(() => null),
    deadline(cpu(), patience).catch(() => null),
  ]);
  const cores = cpus();
  const named = system?.distro ? `${system.distro} ${system.release}`.trim() : null;
  return {
    name: hostname(),
    os: parseOsName(linux ? textOf("/etc/os-release") : "") ?? named ?? type(),
    kernel: release(),
    cpu: [processor?.manufacturer, processor?.brand].filter(Boolean).join(" ") || cores[0]?.model || arch(),
    threads: cores.length,
    memory: totalmem(),
    cgroup: linux ? (cgroupMounts()?.version ?? null) : null,
  };
}
