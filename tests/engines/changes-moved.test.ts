import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Question } from "../../electron/changes/question.ts";
import { systemClock } from "../../electron/machine/clock.ts";
import type { ChangeTrouble } from "../../shared/model/change.ts";
import { top } from "../built.ts";
import { needs } from "../needs.ts";
import { ensureBusyboxImage } from "./busybox-image.ts";
import {
  type Changing,
  changeOf,
  changing,
  keptLimits,
  memoryFile,
  mib,
  runAs,
  troubleOf,
} from "./changes-lab.ts";
import { set } from "./changes-program.ts";
import { dockerProxy } from "./changes-proxy.ts";
import { dockerCommand, eventually, removeContainers } from "./docker-lab.ts";

const prefix = "tare-changemove-";
const name = `${prefix}one`;
const limits = ["--memory", "64m", "--memory-swap", "64m"];

needs(
  "docker",
  "busybox",
  "root",
)("what moves while a limit is changed", () => {
  let page: Changing;
  let id = "";
  beforeAll(async () => {
    ensureBusyboxImage();
  }, 60_000);
  beforeEach(async () => {
    // What a test has moved, or a failed one has left, is no ground for the next.
    if (id !== "" && memoryLimit() === 64 * mib) return;
    await removeContainers(prefix);
    id = await runAs(name, limits);
  });
  /** null: the container is gone. */
  const memoryLimit = () => {
    try {
      return memoryFile(id);
    } catch {
      return null;
    }
  };
  afterEach(() => {
    page?.close();
    delete process.env.DOCKER_HOST;
  });
  afterAll(() => removeContainers(prefix));
  const exec = (...command: readonly string[]) => dockerCommand(["exec", id.slice(7), ...command]);

  describe("while the dialog is open", () => {
    type Move = readonly [string, ChangeTrouble["code"], number, () => Promise<unknown>];
    const cases: readonly Move[] = [
      [
        "grown, so that it would be killed now",
        "below-use",
        32 * mib,
        async () => {
          await exec("dd", "if=/dev/zero", "of=/dev/shm/held", "bs=1M", "count=30");
        },
      ],
      [
        "limited by somebody else",
        "changed",
        128 * mib,
        () => dockerCommand(["update", "--memory", "60m", id.slice(7)]),
      ],
      [
        "limited behind Docker's back",
        "changed",
        128 * mib,
        async () =>
          writeFileSync(
            `/sys/fs/cgroup/memory/docker/${id.slice(7)}/memory.limit_in_bytes`,
            String(48 * mib),
          ),
      ],
      ["restarted", "changed", 128 * mib, () => dockerCommand(["restart", "-t", "0", id.slice(7)])],
      [
        "made anew under the same name",
        "replaced",
        128 * mib,
        async () => {
          await dockerCommand(["rm", "-f", id.slice(7)]);
          await runAs(name, limits);
        },
      ],
      ["removed", "gone", 128 * mib, () => dockerCommand(["rm", "-f", id.slice(7)])],
    ];
    test.each(cases)("%s: %s", async (_, code, to, move) => {
      const asked: Question[] = [];
      page = changing({
        async confirm(question) {
          asked.push(question);
          await move();
          return true;
        },
      });
      const instance = page.meet(id, name);
      const { nonce, from } = await page.prepared({ instance, to });
      expect(troubleOf(await page.commitChange({ nonce }))).toMatchObject({ code, where: name });
      expect(asked).toEqual([
        { undo: false, name, resource: "memory", from, to, now: true, file: null, dangerous: false },
      ]);
      expect(await page.changes({})).toEqual([]);
      expect(troubleOf(await page.commitChange({ nonce }))).toMatchObject({ code: "expired" });
      id = "";
    });

    test("the user says no; or says nothing for a minute", async () => {
      let later = 0;
      let yes = false;
      const clock = { ...systemClock, monotonic: () => systemClock.monotonic() + later * 1e6 };
      page = changing(
        {
          async confirm() {
            later = yes ? 61_000 : 0;
            return yes;
          },
        },
        { clock },
      );
      page.meet(id, name);
      const before = await keptLimits(id.slice(7));
      const first = await page.prepared({ instance: id, to: 128 * mib });
      expect(troubleOf(await page.commitChange({ nonce: first.nonce }))).toMatchObject({ code: "declined" });
      yes = true;
      const second = await page.prepared({ instance: id, to: 128 * mib });
      expect(troubleOf(await page.commitChange({ nonce: second.nonce }))).toMatchObject({ code: "expired" });
      expect(await keptLimits(id.slice(7))).toEqual(before);
      expect(await page.changes({})).toEqual([]);
    });
  });

  test("the reply is lost after the change was made: what is in force counts, and can be undone", async () => {
    const proxy = await dockerProxy(() => "drop");
    try {
      page = changing({ confirm: async () => true });
      page.meet(id, name);
      process.env.DOCKER_HOST = proxy.host;
      const { nonce } = await page.prepared({ instance: id, to: 128 * mib });
      const change = changeOf(await page.commitChange({ nonce }));
      expect(change).toMatchObject({
        state: "applied",
        readBack: 128 * mib,
        undoable: true,
        trouble: { code: "unanswered" },
      });
      expect(memoryFile(id)).toBe(128 * mib);
      delete process.env.DOCKER_HOST;
      expect(changeOf(await page.undoChange({ id: change.id }))).toMatchObject({ state: "undone" });
      expect(memoryFile(id)).toBe(64 * mib);
    } finally {
      await proxy.close();
    }
  });

  test("set now, but the file is changed in that very moment: both are told", async () => {
    page = changing({ confirm: async () => true });
    const file = join(page.directory, "compose.yaml");
    writeFileSync(file, readFileSync(join(top, "tests/fixtures/compose/override.yaml")));
    const proxy = await dockerProxy(() => {
      writeFileSync(file, "services: {}\n");
      return "pass";
    });
    try {
      const told = [
        "service=app",
        `project.working_dir=${page.directory}`,
        "project.config_files=compose.yaml",
      ];
      const labels = told.flatMap((label) => ["--label", `com.docker.compose.${label}`]);
      const half = page.meet(await runAs(`${prefix}half`, [...limits, ...labels]), `${prefix}half`);
      process.env.DOCKER_HOST = proxy.host;
      const { nonce } = await page.prepared({ instance: half, to: 128 * mib, file: true });
      expect(changeOf(await page.commitChange({ nonce }))).toMatchObject({
        state: "applied",
        readBack: 128 * mib,
        file: null,
        trouble: { code: "file-changed", where: file },
      });
      expect(readFileSync(file, "utf8")).toBe("services: {}\n");
    } finally {
      await proxy.close();
    }
  });

  test("Tare is killed between the word and the deed's end: the next one reads back what came of it", async () => {
    const program = join(top, "dist/changes-program");
    const { build } = await import("vite");
    await build({
      configFile: false,
      root: top,
      logLevel: "error",
      build: {
        ssr: join(top, "tests/engines/changes-program.ts"),
        outDir: program,
        target: "node20.19",
        minify: false,
      },
    });
    let answered = false;
    const proxy = await dockerProxy(() => {
      answered = true;
      return "hold";
    });
    let tare: ChildProcess | null = null;
    page = changing({ confirm: async () => true });
    const directory = join(page.directory, "killed");
    mkdirSync(directory, { mode: 0o700 });
    try {
      tare = spawn(process.execPath, [join(program, "changes-program.js"), directory, id, name], {
        stdio: ["ignore", "ignore", "inherit"],
        env: { ...process.env, DOCKER_HOST: proxy.host },
      });
      await eventually(() => answered, 30_000);
      const ended = once(tare, "exit");
      tare.kill("SIGKILL");
      await ended;
    } finally {
      tare?.kill("SIGKILL");
      await proxy.close();
      rmSync(program, { recursive: true });
    }
    expect(memoryFile(id)).toBe(set);
    const next = changing({ confirm: async () => true }, { directory });
    try {
      next.meet(id, name);
      const [change, ...others] = await next.changes({});
      expect(others).toEqual([]);
      expect(change).toMatchObject({ state: "applied", readBack: set, undoable: true });
      expect(changeOf(await next.undoChange({ id: change?.id ?? 0 }))).toMatchObject({ state: "undone" });
      expect(memoryFile(id)).toBe(64 * mib);
    } finally {
      next.close();
    }
  });
});
