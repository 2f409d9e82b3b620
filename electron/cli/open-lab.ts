import type { Lab } from "../lab/bench.ts";
import { openLab } from "../lab/lab.ts";
import { readHost } from "../live/host.ts";
import { systemClock } from "../machine/clock.ts";
import { openSettings } from "../settings.ts";

/** The lab without the app: nothing watches the computer while it races. */
export async function openLabHere(directory: string | null): Promise<Lab> {
  const settings = openSettings(directory);
  const host = await readHost(systemClock);
  host.close();
  return openLab({
    directory,
    clock: systemClock,
    host: host.facts,
    beside: () => null,
    kernel: () => process.env.TARE_KERNEL || settings.now().kernel,
  });
}
