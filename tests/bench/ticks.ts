import { cgroups } from "../../electron/engines/cgroups/cgroups.ts";
import type { Engine } from "../../electron/engines/engine.ts";
import { libvirt } from "../../electron/engines/libvirt/libvirt.ts";
import { qemu } from "../../electron/engines/qemu/qemu.ts";
import { wait } from "./cpu.ts";
import type { Result } from "./result.ts";

const seconds = 15;
const settling = 5_000;

/** What a steady second of each engine costs this process, in us of CPU: each alone, less an idle process. */
export async function benchTicks(): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const engine of [qemu({}), cgroups({ services: false }), libvirt({})]) {
    // Beside each, since the rest of the machine changes; and not at once: a process that has just begun still compiles.
    await wait(settling);
    const idle = await microsASecond();
    const stop = new AbortController();
    const { ready, watching } = watch(engine, stop.signal);
    await Promise.race([ready, watching]);
    // The first seconds look at everything that is there.
    await wait(settling);
    const ours = (await microsASecond()) - idle;
    stop.abort();
    await watching;
    const what = `a steady second of the engine ${engine.name} (this process alone)`;
    results.push({
      what,
      ours,
      rival: null,
      unit: "us",
      bar: null,
      met: null,
      note: `idle: ${Math.round(idle)} us`,
    });
  }
  return results;
}

function watch(engine: Engine, signal: AbortSignal) {
  let isReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const watching = engine.watch((news) => "ready" in news && isReady(), signal).catch(() => undefined);
  return { ready, watching };
}

async function microsASecond(): Promise<number> {
  const before = process.cpuUsage();
  await wait(seconds * 1_000);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / seconds;
}
