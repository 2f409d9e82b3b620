import { setMaxListeners } from "node:events";
import { readdirSync, writeSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { engines } from "../../electron/engines/engines.ts";
import { history } from "../../electron/history/memory.ts";
import { readHost } from "../../electron/live/host.ts";
import { live } from "../../electron/live/live.ts";
import { systemClock } from "../../electron/machine/clock.ts";

// What collects, derives and keeps, in a process of its own: what a fault does to it can be told from what it does to the
// test. One line a tick, and only of instances whose id or name holds the word given: others run here too.
const word = process.argv[2] ?? "";
setFlagsFromString("--semi-space-growth-factor=1"); // as start.mjs does
const { signal } = new AbortController();
setMaxListeners(0, signal); // as app.ts does

const source = live(engines({ services: false }), await readHost(systemClock), systemClock, signal);
// The test need not wait for the pause after a failure.
process.on("SIGUSR2", () => source.retry());
const hour = history();
const ours = new Map<string, string>();
source.listen((tick) => {
  hour.take(tick);
  for (const { id, name } of tick.came) if (`${id} ${name}`.includes(word)) ours.set(id, name);
  const line = {
    at: tick.at,
    steady: performance.now(),
    came: tick.came.filter(({ id }) => ours.has(id)),
    went: tick.went.filter((id) => ours.delete(id)),
    samples: [...tick.samples].filter(([id]) => ours.has(id)),
    events: tick.events.filter(({ instance }) => instance !== null && ours.has(instance)),
    engines: tick.engines,
    descriptors: readdirSync("/proc/self/fd").length - 1,
  };
  writeSync(1, `${JSON.stringify(line)}\n`);
}, signal);
