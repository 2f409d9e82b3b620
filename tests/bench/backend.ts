import { startApp } from "../../electron/app.ts";
import { openChannel } from "../../shared/wire/channel.ts";
import { pipePair } from "../../shared/wire/pipe.ts";

// The whole back end in a process of its own, with one page that keeps up: what `npm start` runs, less the door.
const app = await startApp({
  version: "bench",
  replay: null,
  sample: null,
  services: false,
  dataDirectory: null,
});
const [mine, theirs] = pipePair();
let frames = 0;
let samples = 0;
let instances = 0;
const known = new Set<string>();
openChannel(mine, {
  onFrame(frame) {
    frames++;
    samples += frame.rows.size;
    if (frame.whole) known.clear();
    for (const { id } of frame.came) known.add(id);
    for (const id of frame.went) known.delete(id);
    instances = known.size;
  },
  onClosed: () => process.exit(1),
});
app.serve(theirs);

process.on("message", (message) => {
  if (message === "stop") {
    void app.stop().then(() => process.exit(0));
    return;
  }
  const { user, system } = process.cpuUsage();
  process.send?.({
    cpuMs: (user + system) / 1000,
    resident: process.memoryUsage.rss() / 2 ** 20,
    frames,
    samples,
    instances,
  });
});
process.send?.("started");
