import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { long } from "../long.ts";
import { needs } from "../needs.ts";
import { type Followed, followApp } from "./app-lab.ts";
import { busyboxTar, busyboxImage as image } from "./busybox-image.ts";
import { dockerCommand, ownDaemon } from "./docker-lab.ts";
import { startQemu } from "./vms-lab.ts";

const prefix = "tare-app-faults-";
/** Seconds in which the daemon stands still. */
const standing = long ? 60 : 8;

/** How far each frame came from a period after the one before it, in ms, the largest last. */
const jitters = (times: readonly number[]) =>
  times
    .slice(1)
    .map((at, index) => Math.abs(at - (times[index] ?? 0) - 1_000))
    .sort((a, b) => a - b);
const middle = (values: readonly number[]) => values[values.length >> 1] ?? Number.NaN;

needs(
  "docker",
  "qemu",
  "busybox",
  "root",
)("a daemon that fails under the app", () => {
  let daemon: Awaited<ReturnType<typeof ownDaemon>>;
  let guest: Awaited<ReturnType<typeof startQemu>>;
  let app: Followed;
  let box = "";
  let vm = "";
  const docker = (...args: readonly string[]) => dockerCommand(args, daemon.host);
  const state = () => app.engine("docker")?.state;
  const since = (moment: number) => app.frames.filter(({ at }) => at > moment).map(({ at }) => at);

  beforeAll(async () => {
    daemon = await ownDaemon();
    execFileSync("docker", ["-H", daemon.host, "import", "-", image], { input: busyboxTar(), stdio: "pipe" });
    guest = await startQemu("-name", `${prefix}vm`, "-M", "q35", "-m", "64", "-accel", "tcg");
    vm = `qemu:${guest.pid}`;
    const options = ["--name", `${prefix}box`, "--network", "none", "--cpus", "0.2"];
    box = `docker:${await docker("run", "-d", ...options, image, "sh", "-c", "while :; do :; done")}`;
    app = await followApp({}, { DOCKER_HOST: daemon.host });
    const known = (id: string) => app.samplesOf(id).some(({ sample }) => sample.cores !== null);
    await app.until(() => expect([state(), known(box), known(vm)]).toEqual(["ready", true, true]));
  }, 90_000);
  afterAll(async () => {
    await app?.close();
    await guest?.end();
    if (box !== "") await docker("rm", "-f", `${prefix}box`).catch(() => "");
    await daemon?.close();
  }, 60_000);

  test("stopped: it is called silent within 3 s, everybody is weighed on each second, and it is back within 3 s", async () => {
    const calm = Date.now();
    await app.until(() => expect(since(calm).length).toBeGreaterThan(5));
    const stopped = Date.now();
    daemon.signal("SIGSTOP");
    await app.until(() => expect(state()).toBe("silent"));
    const silentAt = app.engine("docker")?.since ?? 0;
    // 3 s, and half a second of this machine's other work.
    expect(silentAt - stopped).toBeLessThan(3_500);
    expect(app.engine("docker")?.trouble).toMatchObject({ code: "timeout" });
    await app.until(() => expect(since(stopped).length).toBeGreaterThan(standing), standing * 2_000);
    const going = Date.now();
    daemon.signal("SIGCONT");
    const [before, during] = [
      jitters(since(calm).filter((at) => at <= stopped)),
      jitters(since(stopped).filter((at) => at <= going)),
    ];
    // No frame is missing, and half of them come as punctually as 100 ms, or as before on a machine that is busy.
    expect(during.at(-1)).toBeLessThan(Math.max(1_000, 2 * (before.at(-1) ?? 0)));
    expect(middle(during)).toBeLessThanOrEqual(Math.max(100, 2 * middle(before)));
    for (const id of [box, vm]) {
      const weighed = app.samplesOf(id).filter(({ at }) => at > stopped && at <= going);
      expect(weighed.length).toBe(since(stopped).filter((at) => at <= going).length);
      for (const { sample } of weighed) expect(sample.cores).not.toBeNull();
    }
    await app.until(() => expect(state()).toBe("ready"));
    expect((app.engine("docker")?.since ?? 0) - going).toBeLessThan(3_500);
    // What happened is told once, also after the stream was taken up again.
    const told = app.events.map(({ at, kind, instance, detail }) => `${at} ${kind} ${instance} ${detail}`);
    expect(told).toEqual([...new Set(told)]);
  }, 180_000);

  test("killed and started again: lost, then all of it is right, with a gap and no spike", async () => {
    await daemon.stop("SIGKILL");
    await app.until(() => expect(state()).toBe("lost"));
    expect(app.engine("docker")?.trouble).toMatchObject({ code: "refused" });
    await daemon.start();
    const answers = Date.now();
    await app.until(() => expect(state()).toBe("ready"));
    expect((app.engine("docker")?.since ?? 0) - answers).toBeLessThan(3_500);
    const truth = await docker("inspect", "-f", "{{.State.Status}}", `${prefix}box`);
    await app.until(() =>
      expect(app.named(`${prefix}box`).map(({ instance }) => [instance.id, instance.state])).toEqual([
        [box, truth === "exited" ? "stopped" : truth],
      ]),
    );
    const again = Date.now();
    await docker("restart", "-t", "0", `${prefix}box`);
    await app.until(() => {
      expect(app.named(`${prefix}box`)[0]?.instance.state).toBe("running");
      expect(app.samplesOf(box).some(({ at, sample }) => at > again && sample.cores !== null)).toBe(true);
    });
    // A fifth of a core, in all that was ever told of it; the quota lets a period's rest through after a start.
    for (const { sample } of app.samplesOf(box))
      if (sample.cores !== null) expect(sample.cores).toBeLessThan(0.35);
  }, 90_000);
});
