import si from "systeminformation";
import { readHost } from "../../electron/live/host.ts";
import { systemClock } from "../../electron/machine/clock.ts";
import { microsOf, wait } from "./cpu.ts";
import { against, type Result } from "./result.ts";

/** The host strip of one second, beside the seven calls of systeminformation that a strip would need. */
export async function benchHost(): Promise<readonly Result[]> {
  const host = await readHost(systemClock);
  const ours = microsOf(() => host.sample(), 50);
  host.close();
  const seven = () =>
    Promise.all([
      si.currentLoad(),
      si.mem(),
      si.fsSize(),
      si.networkStats(),
      si.disksIO(),
      si.fsStats(),
      si.time(),
    ]);
  await seven();
  let used = 0;
  for (let n = 0; n < 5; n++) {
    await wait(1_050); // its answers are kept for half a second: asked sooner it would flatter itself
    const before = process.cpuUsage();
    await seven();
    const { user, system } = process.cpuUsage(before);
    used += user + system;
  }
  return [
    against(
      "host strip beside systeminformation's seven calls",
      ours,
      used / 5,
      "us",
      1 / 50,
      "its children not counted",
    ),
  ];
}
