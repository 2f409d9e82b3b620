import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { builtinImage, sweepBuiltins } from "../../electron/lab/container/builtin.ts";
import { nameOfContainer, ownContainerStarter } from "../../electron/lab/container/own-container.ts";
import { containerStarter } from "../../electron/lab/container/trial.ts";
import { findLabDaemon, type LabDaemon } from "../../electron/lab/docker-daemon.ts";
import { type Notes, notesFolder, openNotes } from "../../electron/lab/notes.ts";
import type { TrialOptions } from "../../electron/lab/trial.ts";
import { workloadOf } from "../../electron/lab/workload-of.ts";
import type { Probe } from "../../shared/model/race.ts";
import { builtinProbes } from "../../shared/race/builtin-probes.ts";
import { needs } from "../needs.ts";
import { busyboxImage, ensureBusyboxImage } from "./busybox-image.ts";
import { dockerCommand, removeContainers } from "./docker-lab.ts";

const forever = AbortSignal.timeout(600_000);
const options: TrialOptions = { giveUp: 40_000, weigh: false, keep: false, saw: () => undefined };
const port = (port: number): Probe => ({ kind: "port", port });
const prefix = "tare-labown-";

needs(
  "docker",
  "busybox",
  "root",
)("what can be timed beside the user's images", () => {
  let daemon: LabDaemon;
  let notes: Notes;
  const directory = mkdtempSync(join(tmpdir(), "tare-labown-"));

  beforeAll(async () => {
    ensureBusyboxImage();
    await removeContainers(prefix);
    daemon = await findLabDaemon(forever);
    notes = openNotes(directory);
  });
  afterAll(async () => {
    notes.close();
    expect(readdirSync(notesFolder(directory))).toEqual([]);
    daemon.close();
    rmSync(directory, { recursive: true });
    await removeContainers(prefix);
  });

  test("a stopped container of the user's: started, seen to be ready, and stopped again", async () => {
    const name = `${prefix}own`;
    const command = [busyboxImage, "httpd", "-f", "-p", "8080"];
    const id = await dockerCommand([
      "create",
      "--name",
      name,
      "-t",
      "--stop-signal",
      "KILL",
      "--network",
      "none",
      ...command,
    ]);
    const wish = { probe: port(8080), agreed: true };
    const starter = ownContainerStarter(daemon, `docker:${id}`, wish, notes);
    const outcome = await starter.run({ ...options, weigh: true }, forever);
    expect(outcome.trouble).toBeNull();
    expect(await nameOfContainer(daemon.docker, `docker:${id}`, forever)).toBe(name);
    expect(outcome.moments.ready).toBeGreaterThanOrEqual(outcome.moments.exec ?? Number.NaN);
    expect(outcome.memory?.net).toBeGreaterThan(0);
    expect(await dockerCommand(["inspect", "-f", "{{.State.Status}}", id])).toBe("exited");

    const unasked = ownContainerStarter(daemon, id, { ...wish, agreed: false }, notes);
    expect((await unasked.run(options, forever)).trouble).toMatchObject({ code: "not-agreed" });
    await dockerCommand(["start", id]);
    expect((await starter.run(options, forever)).trouble).toMatchObject({ code: "running" });
    expect(await dockerCommand(["inspect", "-f", "{{.State.Running}}", id])).toBe("true"); // and left alone
  });

  test("in the host's network, another's port is not its own", async () => {
    const create = (suffix: string, ...command: string[]) =>
      dockerCommand([
        "create",
        "--name",
        prefix + suffix,
        "--stop-signal",
        "KILL",
        "--network",
        "host",
        busyboxImage,
        ...command,
      ]);
    const listener = await create("listener", "httpd", "-f", "-p", "127.0.0.1:28731");
    await dockerCommand(["start", listener]);
    const quiet = await create("quiet", "sleep", "1000");
    const wish = { probe: port(28_731), agreed: true };
    const deaf = await ownContainerStarter(daemon, quiet, wish, notes).run(
      { ...options, giveUp: 5_000 },
      forever,
    );
    expect(deaf.trouble).toMatchObject({ code: "not-ready" });
    await dockerCommand(["stop", "-t", "0", listener]);
    const heard = await ownContainerStarter(daemon, listener, wish, notes).run(options, forever);
    expect(heard.trouble).toBeNull();
  });

  test("one that Docker removes at its end is refused, and left alone", async () => {
    const id = await dockerCommand(["create", "--rm", "--name", `${prefix}rm`, busyboxImage, "true"]);
    const starter = ownContainerStarter(daemon, id, { probe: { kind: "exit" }, agreed: true }, notes);
    expect((await starter.run(options, forever)).trouble).toMatchObject({ code: "failed", where: id });
    expect(await dockerCommand(["inspect", "-f", "{{.State.Status}}", id])).toBe("created");
  });

  test.each(["true", "web", "work"] as const)("the built-in %s, from the machine's busybox", async (name) => {
    const { docker } = daemon;
    const image = await builtinImage(name, "/bin/busybox", docker, forever);
    expect(image).toMatch(/^tare-lab-\w+:[0-9a-f]{12}$/);
    const { digest, ...rest } = workloadOf(
      await docker.image(image, forever),
      image,
      { probe: builtinProbes[name], memory: 64 << 20, cpus: 1 },
      process.arch,
    );
    expect(await builtinImage(name, "/bin/busybox", docker, forever)).toBe(image);
    expect(workloadOf(await docker.image(image, forever), image, rest, process.arch).digest).toBe(digest); // not made again
    const { trouble, moments } = await containerStarter(daemon, { digest, ...rest }, notes).run(
      options,
      forever,
    );
    expect(trouble).toBeNull();
    if (name === "work") expect((moments.ready ?? 0) - (moments.exec ?? 0)).toBeGreaterThan(200);
  });

  test("built-in images of another busybox go; those of a container, and somebody else's, stay", async () => {
    const { docker } = daemon;
    const tag = (source: string, name: string) => dockerCommand(["tag", source, name]);
    const kept = await builtinImage("true", "/bin/busybox", docker, forever);
    const [stale, others] = ["tare-lab-true:0123456789ab", "tare-lab-true:ba9876543210"];
    await tag(kept, stale);
    await tag(busyboxImage, others); // lacks our label
    const swept = await sweepBuiltins(docker, kept, forever);
    expect(swept).toContain(stale);
    expect(swept).not.toContain(others);
    const names = (await docker.images(forever)).map((image) => image.name);
    expect(names).toContain(kept);
    expect(names).toContain(others);
    await dockerCommand(["rmi", others]);
  });
});
