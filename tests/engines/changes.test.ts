import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { defaultSettings } from "../../shared/model/settings.ts";
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
import { dockerCommand, eventually, removeContainers } from "./docker-lab.ts";

const prefix = "tare-changes-";
const fixture = (name: string) => readFileSync(join(import.meta.dirname, "../fixtures/compose", name));
const run = (name: string, options: readonly string[] = [], ...command: readonly string[]) =>
  runAs(prefix + name, options, ...command);
/** Holds 40 MiB that only it can give back. */
const holding = (name: string) =>
  run(
    name,
    ["--memory", "96m", "--memory-swap", "96m"],
    "sh",
    "-c",
    "dd if=/dev/zero of=/dev/shm/held bs=1M count=40; sleep 600",
  );

needs(
  "docker",
  "busybox",
  "root",
)("changing the limits of a container", () => {
  let page: Changing;
  beforeAll(async () => {
    ensureBusyboxImage();
    await removeContainers(prefix);
  }, 60_000);
  afterEach(async () => {
    page?.close();
    await removeContainers(prefix);
  });
  afterAll(() => removeContainers(prefix));

  test("now and for good: the kernel's own file, the compose file, and undoing both, byte for byte", async () => {
    page = changing();
    const file = join(page.directory, "compose.yaml");
    writeFileSync(file, fixture("observability.yaml"), { mode: 0o640 });
    const labels = {
      project: "observ",
      service: "loki",
      "project.working_dir": page.directory,
      "project.config_files": file,
    };
    const options = Object.entries(labels).flatMap(([name, value]) => [
      "--label",
      `com.docker.compose.${name}=${value}`,
    ]);
    const id = page.meet(
      await run("loki", ["--memory", "192m", "--memory-swap", "192m", ...options]),
      `${prefix}loki`,
    );
    const before = await keptLimits(id.slice(7));

    const mends = await page.mends({ instance: id, resource: "memory", to: 320 * mib });
    expect(mends.map(({ target, now, appliable, trouble }) => [target, now, appliable, trouble])).toEqual([
      ["docker", true, true, null],
      ["compose", false, true, null],
      ["kubernetes", false, false, null],
    ]);
    const prepared = await page.prepared({ instance: id, to: 320 * mib, file: true });
    expect(prepared).toMatchObject({
      name: `${prefix}loki`,
      from: 192 * mib,
      to: 320 * mib,
      dangerous: false,
      needsName: true,
      steps: [
        { text: `docker update --memory 320m --memory-swap 320m ${prefix}loki` },
        { file: { path: file } },
      ],
    });
    expect(prepared.use).toBeGreaterThan(0);
    expect(prepared.inspect.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      "removed Memory      201326592 (192 MiB)",
      "added Memory      335544320 (320 MiB)",
      "removed MemorySwap  201326592 (192 MiB)",
      "added MemorySwap  335544320 (320 MiB)",
    ]);
    expect(await page.commitChange({ nonce: prepared.nonce, name: "loki" })).toMatchObject({
      trouble: { code: "name" },
    });
    expect(memoryFile(id)).toBe(192 * mib);

    const change = changeOf(await page.commitChange({ nonce: prepared.nonce, name: `${prefix}loki` }));
    expect(change).toMatchObject({
      state: "applied",
      from: 192 * mib,
      readBack: 320 * mib,
      file,
      undoable: true,
      trouble: null,
    });
    expect(memoryFile(id)).toBe(320 * mib);
    expect(memoryFile(id, "memory.memsw.limit_in_bytes")).toBe(320 * mib);
    expect(readFileSync(file, "utf8")).toContain("mem_limit: 320m  # enough for a week\n");
    expect(await page.changes({})).toEqual([change]);

    expect(await page.undoChange({ id: change.id })).toMatchObject({ trouble: { code: "name" } });
    const undone = changeOf(await page.undoChange({ id: change.id, name: `${prefix}loki` }));
    expect(undone).toMatchObject({ state: "undone", readBack: 192 * mib, undoable: false, trouble: null });
    expect(memoryFile(id)).toBe(192 * mib);
    expect(await keptLimits(id.slice(7))).toEqual(before);
    expect(readFileSync(file).equals(fixture("observability.yaml"))).toBe(true);
    expect(await page.undoChange({ id: change.id, name: `${prefix}loki` })).toMatchObject({
      trouble: { code: "changed" },
    });
  });

  test("from no limit, and back to none, by the kernel's own files", async () => {
    page = changing({ confirm: async () => true });
    const id = page.meet(await run("none"), `${prefix}none`);
    const cases = [
      ["memory", 64 * mib, String(64 * mib), String(2n ** 63n - 4_096n), "memory.limit_in_bytes"],
      ["cpu", 0.5, "50000", "-1", "cpu.cfs_quota_us"],
      ["pids", 20, "20", "max", "pids.max"],
    ] as const;
    for (const [resource, to, set, none, file] of cases) {
      const kernel = () =>
        readFileSync(`/sys/fs/cgroup/${resource}/docker/${id.slice(7)}/${file}`, "latin1").trim();
      expect(kernel()).toBe(none);
      const { nonce, from, needsName } = await page.prepared({ instance: id, resource, to });
      expect({ from, needsName }).toEqual({ from: null, needsName: false });
      const change = changeOf(await page.commitChange({ nonce }));
      expect(change).toMatchObject({ state: "applied", readBack: to });
      expect(kernel()).toBe(set);
      expect(changeOf(await page.undoChange({ id: change.id }))).toMatchObject({
        state: "undone",
        readBack: null,
      });
      expect(kernel()).toBe(none);
    }
  });

  test("below its use: the name is asked for, and what the kernel says then is told; nothing changed", async () => {
    page = changing({ confirm: async () => true });
    const id = page.meet(await holding("holding"), `${prefix}holding`);
    await eventually(() => memoryFile(id, "memory.usage_in_bytes") > 40 * mib, 10_000);
    const before = await keptLimits(id.slice(7));
    const near = await page.prepared({ instance: id, to: 44 * mib });
    expect(near).toMatchObject({ dangerous: true, needsName: true });
    expect(near.use).toBeGreaterThan(40 * mib);
    expect(near.floor).toBeCloseTo((near.use ?? 0) * 1.1, 3);
    expect(near.parts?.own).toBeGreaterThanOrEqual(40 * mib);
    expect(await page.prepared({ instance: id, to: 48 * mib })).toMatchObject({
      dangerous: false,
      needsName: false,
    });

    const { nonce } = await page.prepared({ instance: id, to: 16 * mib });
    expect(troubleOf(await page.commitChange({ nonce }))).toMatchObject({ code: "name" });
    expect(await page.changes({})).toEqual([]);
    const change = changeOf(await page.commitChange({ nonce, name: `${prefix}holding` }));
    expect(change).toMatchObject({
      state: "failed",
      readBack: 96 * mib,
      undoable: false,
      trouble: { code: "refused" },
    });
    expect(change.trouble?.cause).toMatch(/unable to set memory limit to 16777216|device or resource busy/);
    expect(await keptLimits(id.slice(7))).toEqual(before);
    expect(memoryFile(id)).toBe(96 * mib);
  });

  test("an undo that could kill asks for the name too", async () => {
    page = changing({ confirm: async () => true });
    const id = page.meet(await run("grown", ["--memory", "32m", "--memory-swap", "32m"]), `${prefix}grown`);
    const { nonce } = await page.prepared({ instance: id, to: 96 * mib });
    const change = changeOf(await page.commitChange({ nonce }));
    await dockerCommand(["exec", id.slice(7), "dd", "if=/dev/zero", "of=/dev/shm/held", "bs=1M", "count=40"]);
    expect(troubleOf(await page.undoChange({ id: change.id }))).toMatchObject({ code: "below-use" });
    expect(memoryFile(id)).toBe(96 * mib);
    await dockerCommand(["exec", id.slice(7), "rm", "/dev/shm/held"]);
    expect(changeOf(await page.undoChange({ id: change.id }))).toMatchObject({ state: "undone" });
    expect(memoryFile(id)).toBe(32 * mib);
  });

  test("off, in a recording, of an instance that is not there or has no such limit: nothing is prepared", async () => {
    const id = await run("off", ["--memory", "64m"]);
    const wish = { instance: id, resource: "memory" as const, to: 128 * mib, now: true, file: false };
    page = changing(undefined, { settings: () => defaultSettings });
    page.meet(id, `${prefix}off`);
    expect(troubleOf(await page.prepareChange(wish))).toMatchObject({ code: "off" });
    page.close();
    page = changing(undefined, { live: () => false });
    page.meet(id, `${prefix}off`);
    expect(troubleOf(await page.prepareChange(wish))).toMatchObject({ code: "replay" });
    expect(await page.mends(wish)).toMatchObject([
      { target: "docker", appliable: false },
      { target: "kubernetes" },
    ]);
    page.close();
    page = changing();
    expect(
      troubleOf(await page.prepareChange({ ...wish, instance: `docker:${"0".repeat(64)}` })),
    ).toMatchObject({
      code: "gone",
    });
    expect(troubleOf(await page.prepareChange({ ...wish, instance: "docker:../../etc" }))).toMatchObject({
      code: "gone",
    });
    expect(troubleOf(await page.prepareChange({ ...wish, instance: "qemu:4711" }))).toMatchObject({
      code: "unsupported",
    });
    expect(troubleOf(await page.prepareChange({ ...wish, resource: "vmMemory" }))).toMatchObject({
      code: "unsupported",
    });
    expect(troubleOf(await page.prepareChange({ ...wish, now: false, file: true }))).toMatchObject({
      code: "file-gone",
    });
  });

  test("a quota that the kernel refuses: its word, and nothing changed", async () => {
    const parent = "/sys/fs/cgroup/cpu/tare-changes-parent";
    mkdirSync(parent, { recursive: true });
    try {
      writeFileSync(join(parent, "cpu.cfs_quota_us"), "20000");
      const options = ["--cgroup-parent", "/tare-changes-parent", "--cpu-quota", "10000"];
      page = changing({ confirm: async () => true });
      const id = page.meet(await run("quota", options), `${prefix}quota`);
      const before = await keptLimits(id.slice(7));
      const { nonce, from } = await page.prepared({ instance: id, resource: "cpu", to: 1 });
      expect(from).toBe(0.1);
      const change = changeOf(await page.commitChange({ nonce }));
      expect(change).toMatchObject({ state: "failed", readBack: 0.1, trouble: { code: "refused" } });
      expect(change.trouble?.cause).toMatch(/cpu.cfs_quota_us: invalid argument/);
      expect(await keptLimits(id.slice(7))).toEqual(before);
    } finally {
      await removeContainers(prefix);
      await eventually(() => {
        try {
          rmdirSync(parent);
          return true;
        } catch {
          return false;
        }
      }, 5_000);
    }
  });
});
