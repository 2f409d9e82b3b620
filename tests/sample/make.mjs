// Makes assets/sample.tare, the recording that Tare plays where there is no engine: ten minutes of real containers and two
// real guests. Run it as root on Debian or Ubuntu with Docker, libvirt and QEMU (npm run setup:engines), debootstrap,
// busybox-static and linux-image-cloud-amd64, on a machine with nothing else to do:
//
//   node tests/sample/make.mjs [--for 10m] [--work /var/tmp/tare-sample] [--out assets/sample.tare]
//
// The Debian and its disk are built once and kept in the work folder (2 GB). Everything that it starts is removed again, also
// what an earlier run left: containers by our label, the domain by its name.
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as containers from "./containers.mjs";
import * as guests from "./guests.mjs";
import { debian, images } from "./images.mjs";
import { raced, races } from "./races.mjs";
import { stay, until } from "./shell.mjs";
import { traffic } from "./traffic.mjs";

const top = fileURLToPath(new URL("../..", import.meta.url));
const { values } = parseArgs({
  options: {
    for: { type: "string", default: "10m" },
    work: { type: "string", default: "/var/tmp/tare-sample" },
    out: { type: "string", default: join(top, "assets/sample.tare") },
  },
});
const mostBytes = 3 * 1024 * 1024;
const say = (text) => console.log(`${new Date().toTimeString().slice(0, 8)} ${text}`);

async function main() {
  mkdirSync(values.work, { recursive: true });
  say("Debian, images, guests");
  const root = debian(values.work);
  images(values.work, root);
  guests.prepare(values.work, root);
  sweep();
  const stop = new AbortController();
  say("start");
  containers.start();
  const guest = guests.start(values.work);
  await traffic(root, stop.signal);
  try {
    // Recorded once everything stands: what boots and fills its caches is not what a container or a VM weighs.
    await new Promise((next) => setTimeout(next, 75_000));
    await record();
  } finally {
    stop.abort();
    guest.kill("SIGKILL");
    sweep();
    containers.sweepImages();
  }
}

function sweep() {
  containers.sweep();
  guests.sweep();
}

/** Records to a new file and puts it in the place of the old one. */
async function record() {
  const path = `${values.out}.new`;
  rmSync(path, { force: true });
  // Races are kept there, and recorded from there.
  const data = join(values.work, "data");
  rmSync(data, { recursive: true, force: true });
  const only = [...containers.recorded, ...guests.recorded, ...raced].join(",");
  say(`record ${values.for}`);
  const recorder = stay(
    "env",
    // Where Tare looks for engines stands in the file: not under the home of whoever made it.
    "HOME=/home/you",
    process.execPath,
    join(top, "electron/start.mjs"),
    ...["record", "--for", values.for, "--host", "sample", "--only", only, "--data-dir", data, path],
  );
  const over = races(data, say);
  await until("the recording", 180, () => existsSync(path));
  const timers = containers.happenings.map(([second, happen]) => setTimeout(happen, second * 1000));
  const code = await new Promise((ended) => recorder.on("exit", ended));
  timers.forEach(clearTimeout);
  await over;
  if (code !== 0) throw new Error(`tare record ended with ${code}`);
  if (statSync(path).size > mostBytes) throw new Error(`${path} is larger than ${mostBytes} bytes`);
  chmodSync(path, 0o644);
  renameSync(path, values.out);
  say(`${values.out}: ${statSync(values.out).size} bytes`);
}

await main();
process.exit();
