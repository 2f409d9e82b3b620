import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findLabDaemon, type LabDaemon } from "../../electron/lab/docker-daemon.ts";
import { notesFolder, openNotes, parseRun } from "../../electron/lab/notes.ts";
import { sweep } from "../../electron/lab/sweep.ts";
import { top } from "../built.ts";
import { long } from "../long.ts";
import { needs } from "../needs.ts";
import { busyboxTar } from "./busybox-image.ts";
import { dockerCommand, removeContainers } from "./docker-lab.ts";
import { begun, main } from "./lab-trials.ts";

const prefix = "tare-labsweep-";
const image = "tare-labsweep:1";
const forever = AbortSignal.timeout(600_000);

/** Of each of the four. */
const kills = long ? 5 : 2;

needs(
  "docker",
  "busybox",
  "root",
)("what a killed Tare leaves", () => {
  let daemon: LabDaemon;
  const directory = mkdtempSync(join(tmpdir(), "tare-labsweep-"));
  const program = join(top, "dist/lab-trials");

  beforeAll(async () => {
    await removeContainers(prefix);
    daemon = await findLabDaemon(forever);
    const change = `CMD ${JSON.stringify(["/bin/sh", "-c", "echo up; sleep 1000"])}`;
    await daemon.docker.import(Readable.from([busyboxTar()]), image, [change], forever);
    const { build } = await import("vite");
    await build({
      configFile: false,
      root: top,
      logLevel: "error",
      build: {
        ssr: join(top, "tests/engines/lab-trials.ts"),
        outDir: program,
        target: "node20.19",
        minify: false,
      },
    });
  });
  afterAll(async () => {
    await removeContainers(prefix);
    await dockerCommand(["rmi", "-f", image]);
    daemon.close();
    rmSync(directory, { recursive: true });
    rmSync(program, { recursive: true });
  });

  const left = async () =>
    (await dockerCommand(["ps", "-a", "--filter", `ancestor=${image}`, "--format", "{{.Names}}"]))
      .split("\n")
      .filter((name) => name.startsWith("tare-trial-"));

  /** Runs trials in a process of its own and kills it after `wait` ms of them. */
  async function killed(wait: number): Promise<void> {
    const script = `(await import(${JSON.stringify(join(program, "lab-trials.js"))})).${main.name}(${JSON.stringify([directory, image])})`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [told] = await once(child.stdout, "data");
    expect(String(told)).toContain(begun);
    await pause(wait);
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  // Twenty with `npm run soak:faults`; the project's bar is of so many.
  test(`${4 * kills} kills at random moments, four Tares at a time: nothing is left after the next start`, {
    timeout: 300_000,
  }, async () => {
    const lanes = Array.from({ length: 4 }, async () => {
      for (let turn = 0; turn < kills; turn++) await killed(Math.random() * 2_000);
    });
    await Promise.all(lanes);
    // Else it would prove nothing: some were killed with a container in hand.
    const runs = readdirSync(notesFolder(directory)).map((name) => read(join(notesFolder(directory), name)));
    const noted = runs.flatMap((run) => run?.left ?? []);
    expect(noted.filter(({ kind }) => kind === "container").length).toBeGreaterThan(0);

    const began = performance.now();
    const swept = await sweep(directory, async () => daemon.docker, forever);
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(swept.left).toBe(0);
    expect(await left()).toEqual([]);
    expect(readdirSync(notesFolder(directory))).toEqual([]);
  });

  test("a container of the user's with our label is left alone, and so is one of a Tare that runs", async () => {
    const notes = openNotes(directory);
    const label = (value: string) => ["--label", `io.tare.trial=${value}`];
    const create = (name: string, value: string) =>
      dockerCommand(["create", "--name", prefix + name, ...label(value), image]);
    const foreign = await create("foreign", "77ab"); // of no run at all
    const copied = await create("copied", notes.run); // made from ours, label and all, but not noted
    const [byId, byName] = [await create("by-id", notes.run), await create("by-name", notes.run)];
    notes.container("tare-trial-of-a-killed-run").made(byId);
    notes.container(`${prefix}by-name`); // killed between the making and the note of its id
    notes.container(`${prefix}foreign`); // noted, and not labelled as this run's
    const living = openNotes(directory);
    const inHand = await create("in-hand", living.run);
    living.container(`${prefix}in-hand`).made(inHand);

    const path = join(notesFolder(directory), `${notes.run}.notes`);
    bury(path);
    const swept = await sweep(directory, async () => daemon.docker, forever);
    expect([...swept.containers].sort()).toEqual([byId, byName].sort());
    const names = (await dockerCommand(["ps", "-aq", "--no-trunc", "--filter", `name=^/${prefix}`])).split(
      "\n",
    );
    expect(names.sort()).toEqual([copied, foreign, inHand].sort());
  });

  test("a container of the user's that a trial had started is stopped, not removed", async () => {
    const id = await dockerCommand(["create", "--name", `${prefix}started`, "--stop-signal", "KILL", image]);
    const notes = openNotes(directory);
    notes.started(id);
    await dockerCommand(["start", id]);
    const path = join(notesFolder(directory), `${notes.run}.notes`);
    bury(path);
    expect((await sweep(directory, async () => daemon.docker, forever)).containers).toContain(id);
    expect(await dockerCommand(["inspect", "-f", "{{.State.Status}}", id])).toBe("exited");
  });
});

/** Makes a run's file one of a Tare that was killed: its head names a process that is no more. */
const bury = (path: string) =>
  writeFileSync(path, readFileSync(path, "utf8").replace(/"start":\d+/, '"start":1'));

const read = (path: string) => parseRun(readFileSync(path, "utf8"));
