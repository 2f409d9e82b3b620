// The containers of the sample, and what happens to them while it is recorded.
import { sh, trySh } from "./shell.mjs";

/** Everything of ours has it, and is removed by it. */
export const mark = "tare.sample=1";
const image = "busybox:1.35";

/** Busy for twenty seconds, idle for fifteen, under a quota of a quarter of a core. */
const bursts =
  "while :; do end=$(( $(date +%s) + 20 )); while [ $(date +%s) -lt $end ]; do i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; done; sleep 15; done";
/** A mebibyte more every second and a half, until the kernel ends it at 64 MiB. */
const leak = 'BEGIN { while (1) { kept[i++] = sprintf("%1048576s", "x"); system("sleep 1.5") } }';
/** Writes 180 MiB once and reads it again and again: page cache, and nothing else. */
const archive =
  "dd if=/dev/zero of=/data/log bs=1M count=180; sync; while :; do cat /data/log > /dev/null; sleep 20; done";
/** Holds 90 MiB and does next to nothing. */
const hold = 'BEGIN { while (i < 90) kept[i++] = sprintf("%1048576s", "x"); while (1) system("sleep 5") }';
/** Runs for a while and goes. */
const report =
  'BEGIN { while (i < 40) kept[i++] = sprintf("%1048576s", "x"); for (n = 0; n < 6000000; n++) s += n; system("sleep 40") }';

function run(name, extra, ...command) {
  return sh("docker", "run", "-d", "--name", name, "--label", mark, ...extra, ...command).trim();
}

const shop = (service, extra, of) =>
  run(
    `shop-${service}-1`,
    [
      "--network",
      "shop_default",
      "--label",
      "com.docker.compose.project=shop",
      "--label",
      `com.docker.compose.service=${service}`,
      "--restart",
      "unless-stopped",
      "--pids-limit",
      "100",
      ...extra,
    ],
    of,
  );

/** Names that stand in the sample, for `tare record --only`. */
export const recorded = ["shop", "encoder", "leaky-worker", "log-archive", "notebook", "nightly-report"];

/** Starts all of them. */
export function start() {
  sh("docker", "network", "create", "--label", mark, "shop_default");
  shop("web", ["--memory", "64m", "--cpus", "0.5", "-p", "127.0.0.1::80"], "nginx:1.22");
  shop("cache", ["--memory", "96m"], "memcached:1.6");
  shop("queue", ["--memory", "128m", "--cpus", "0.5"], "redis:7.0");
  shop("db", ["--memory", "256m", "--cpus", "1", "--shm-size", "128m"], "postgres:15");
  const alone = ["--network", "none"];
  run("encoder", [...alone, "--cpus", "0.25", "--memory", "128m"], image, "sh", "-c", bursts);
  run(
    "leaky-worker",
    [...alone, "--memory", "64m", "--memory-swap", "64m", "--restart", "always"],
    image,
    "awk",
    leak,
  );
  run("log-archive", [...alone, "--memory", "256m"], image, "sh", "-c", archive);
  run("notebook", alone, image, "awk", hold);
}

/** [second of the recording, what happens then]. */
export const happenings = [
  [
    90,
    () =>
      run(
        "nightly-report",
        ["--network", "none", "--rm", "--memory", "128m", "--cpus", "0.5"],
        image,
        "awk",
        report,
      ),
  ],
  [210, () => sh("docker", "pause", "notebook")],
  [240, () => sh("docker", "unpause", "notebook")],
  [300, () => sh("docker", "update", "--memory", "192m", "--memory-swap", "192m", "encoder")],
  [390, () => sh("docker", "restart", "-t", "2", "shop-web-1")],
  [
    480,
    () =>
      run(
        "nightly-report",
        ["--network", "none", "--rm", "--memory", "128m", "--cpus", "0.5"],
        image,
        "awk",
        report,
      ),
  ],
];

/** Address of a container on its network. */
export const addressOf = (name) =>
  sh("docker", "inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", name).trim();

/** Removes what `start` made, also what an earlier run left; only by our own label. */
export function sweep() {
  const left = trySh("docker", "ps", "-aq", "--filter", `label=${mark}`).split("\n").filter(Boolean);
  if (left.length > 0) trySh("docker", "rm", "-f", "-v", ...left);
  const networks = trySh("docker", "network", "ls", "-q", "--filter", `label=${mark}`)
    .split("\n")
    .filter(Boolean);
  if (networks.length > 0) trySh("docker", "network", "rm", ...networks);
}

/** Removes the images too. */
export function sweepImages() {
  const ours = trySh("docker", "images", "-q", "--filter", `label=${mark}`).split("\n").filter(Boolean);
  if (ours.length > 0) trySh("docker", "rmi", "-f", ...new Set(ours));
}
