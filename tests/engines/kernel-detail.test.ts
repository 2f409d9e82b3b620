import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { cpus } from "node:os";
import { basename } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { parseCapabilities } from "../../electron/live/capabilities.ts";
import { parseMounts } from "../../electron/machine/cgroup-paths.ts";
import type { Detail, NamedLimit } from "../../shared/model/detail.ts";
import { needs } from "../needs.ts";
import { type Followed, followApp } from "./app-lab.ts";
import { busyboxImage, ensureBusyboxImage } from "./busybox-image.ts";
import { dockerCommand, removeContainers } from "./docker-lab.ts";
import { MiB } from "./readers-lab.ts";

const prefix = "tare-kernel-";
const mounts = parseMounts(readFileSync("/proc/self/mountinfo", "utf8"));
const memoryRoot = mounts?.controllers.get("memory");
const parent = "tare-kernel-parent";
const text = (path: string) => readFileSync(path, "latin1").trim();
const keyed = (file: string, key: string) => Number(new RegExp(`^${key} (\\d+)$`, "m").exec(file)?.[1]);

/** The disk under the containers, as a device that a limit can be set for; null: there is none to see. */
function diskOf(path: string): string | null {
  const { dev } = statSync(path);
  const [major, minor] = [(dev >> 8) & 0xfff, dev & 0xff];
  const name = existsSync(`/sys/dev/block/${major}:${minor}`)
    ? basename(realpathSync(`/sys/dev/block/${major}:${minor}`))
    : null;
  return name !== null && existsSync(`/dev/${name}`) ? `/dev/${name}` : null;
}
const disk = existsSync("/var/lib/docker") ? diskOf("/var/lib/docker") : null;

/** A container without a network of the host's, and its first pid. */
async function run(name: string, script: string, ...options: readonly string[]) {
  const network = options.includes("--network") ? [] : ["--network", "none"];
  const command = ["run", "-d", ...network, "--name", prefix + name, ...options];
  const id = await dockerCommand([...command, busyboxImage, "sh", "-c", script]);
  const pid = Number(await dockerCommand(["inspect", "-f", "{{.State.Pid}}", id]));
  return { id: `docker:${id}`, pid, hex: id };
}

needs(
  "docker",
  "busybox",
  "root",
)("what the kernel keeps of a container", () => {
  let app: Followed;
  beforeAll(async () => {
    ensureBusyboxImage();
    await removeContainers(prefix);
    app = await followApp();
  }, 30_000);
  afterAll(async () => {
    await app?.close();
    await removeContainers(prefix);
    const made = `${memoryRoot}/${parent}`;
    if (existsSync(made)) rmdirSync(made);
  }, 30_000);

  afterEach(() => removeContainers(prefix));

  /** Its detail, once it is weighed. */
  const detailOf = async (id: string): Promise<Detail> => {
    await app.until(() =>
      expect(app.instances().find(({ instance }) => instance.id === id)?.sample).toBeTruthy(),
    );
    const detail = await app.app.source.detail(id);
    if (detail === null) throw new Error(`nothing is known of ${id}`);
    return detail;
  };
  const limit = ({ limits }: Detail, key: NamedLimit["key"]) => limits.find((one) => one.key === key);
  const instance = (id: string) => app.instances().find((one) => one.instance.id === id)?.instance;

  test("limits in force, with what is used, counted and waited, as its own files say", async () => {
    const { id, pid } = await run(
      ...["own", "while :; do :; done", "--memory", "64m", "--memory-swap", "96m", "--cpus", "0.1"],
      ...["--cpu-shares", "512", "--cpuset-cpus", "0", "--pids-limit", "30"],
    );
    const detail = await detailOf(id);
    const value = (key: NamedLimit["key"]) => limit(detail, key)?.value ?? null;
    expect([value("memory"), value("swap"), value("cpu"), value("pids")]).toEqual([
      64 * MiB,
      32 * MiB,
      0.1,
      30,
    ]);
    expect(limit(detail, "cpu")?.told).toBe("10000 100000");
    expect(limit(detail, "cpuset")).toMatchObject({ value: 1, told: "0", ancestor: null });
    for (const { ancestor, value: inForce, own } of detail.limits) {
      expect(ancestor).toBeNull();
      expect(own).toBe(inForce);
    }
    const count = (key: string) => detail.counts.find((one) => one.key === key)?.value;
    expect(count("throttledPeriods")).toBeGreaterThan(0);
    const cgroup = text(`/proc/${pid}/cgroup`);
    const cpu = mounts?.controllers.get("cpu");
    const stat =
      cpu === undefined
        ? text(`${mounts?.unified}${/^0::(.*)$/m.exec(cgroup)?.[1]}/cpu.stat`)
        : text(`${cpu}${/:(?:\w+,)*cpu(?:,\w+)*:(.*)$/m.exec(cgroup)?.[1]}/cpu.stat`);
    expect(count("throttledPeriods")).toBeLessThanOrEqual(keyed(stat, "nr_throttled"));
    expect(count("periods")).toBeLessThanOrEqual(keyed(stat, "nr_periods"));
    // PSI stands in the v2 tree, which this machine has; without it, it must be told as missing.
    if (detail.pressure === null)
      expect(detail.missing).toContainEqual({ what: "pressure", why: expect.anything() });
    else expect(detail.pressure.cpu.some?.total).toBeGreaterThan(0);
    await app.until(() => expect(instance(id)?.bounds).toEqual({ ancestors: {}, without: [] }));
  }, 30_000);

  test.skipIf(memoryRoot === undefined)(
    "a parent's lower limit is the one in force, named, though Docker tells its own; one set behind its back is seen too",
    async () => {
      const folder = `${memoryRoot}/${parent}`;
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${folder}/memory.limit_in_bytes`, String(48 * MiB));
      const { id, hex } = await run(
        "child",
        "sleep 1000",
        "--memory",
        "96m",
        "--cgroup-parent",
        `/${parent}`,
      );
      const detail = await detailOf(id);
      expect(limit(detail, "memory")).toMatchObject({
        ...{ value: 48 * MiB, ancestor: `/${parent}`, own: 96 * MiB },
        from: `${folder}/memory.limit_in_bytes`,
      });
      await app.until(() => expect(instance(id)?.bounds?.ancestors).toEqual({ memory: `/${parent}` }));
      expect(instance(id)?.reported.memory).toBe(96 * MiB);
      writeFileSync(`${folder}/${hex}/memory.limit_in_bytes`, String(32 * MiB));
      expect(limit(await detailOf(id), "memory")).toMatchObject({ value: 32 * MiB, ancestor: null });
    },
    60_000,
  );

  test("thrashing at its limit without a kill: pages read again, limit hits, all of it waiting", async () => {
    const load = "dd if=/dev/zero of=/f bs=1M count=48; while :; do cat /f > /dev/null; done";
    const { id } = await run("thrash", load, "--memory", "24m", "--memory-swap", "24m", "--cpuset-cpus", "0");
    const sampleOf = () => app.instances().find((one) => one.instance.id === id)?.sample;
    await app.until(() => expect(sampleOf()?.refaults).toBeGreaterThan(100));
    expect(sampleOf()?.oomKills).toBe(0);
    // No quota, yet no more than the one CPU that it may run on; on a computer of one CPU that is no limit.
    expect(sampleOf()?.cpuLimit).toBe(cpus().length > 1 ? 1 : null);
    const { counts, pressure } = await detailOf(id);
    const count = (key: string) => counts.find((one) => one.key === key)?.value ?? 0;
    expect(count("refaultFile")).toBeGreaterThan(100);
    if (pressure !== null) {
      expect(pressure.memory.full?.total).toBeGreaterThanOrEqual(0);
      await app.until(() => expect(sampleOf()?.pressureMemoryFull).not.toBeNull());
    }
  }, 40_000);

  test.skipIf(disk === null)(
    "a limit of its disk is weighed, and one set anew by Docker is seen at once",
    async () => {
      const { id, hex } = await run(
        ...[
          "disk",
          "sleep 1000",
          "--device-read-bps",
          `${disk}:1048576`,
          "--device-write-bps",
          `${disk}:2097152`,
        ],
        ...["--memory", "64m"],
      );
      const sampleOf = () => app.instances().find((one) => one.instance.id === id)?.sample;
      await app.until(() => expect(sampleOf()).toMatchObject({ readLimit: MiB, writeLimit: 2 * MiB }));
      expect(limit(await detailOf(id), "ioRead")).toMatchObject({ value: MiB, own: MiB, ancestor: null });
      await dockerCommand(["update", "--memory", "80m", "--memory-swap", "80m", hex]);
      await app.until(() => expect(instance(id)?.reported.memory).toBe(80 * MiB));
      const from = app.frames.length;
      await app.until(() => expect(sampleOf()?.memoryLimit).toBe(80 * MiB));
      // Not when its turn comes, which may be twenty seconds away.
      expect(app.frames.length - from).toBeLessThanOrEqual(3);
    },
    30_000,
  );

  test("a kill inside a container that lives on is told once, with the program's name; so is one that ends it", async () => {
    const lives = await run(
      "lives",
      "sh -c 'exec tail /dev/zero'; sleep 1000",
      "--memory",
      "24m",
      "--memory-swap",
      "24m",
    );
    const dies = await run("dies", "exec tail /dev/zero", "--memory", "24m", "--memory-swap", "24m");
    const killsOf = (id: string) =>
      app.events.filter((one) => one.kind === "oom-kill" && one.instance === id);
    await app.until(() => {
      expect(killsOf(lives.id)).toHaveLength(1);
      expect(killsOf(dies.id)).toHaveLength(1);
    });
    await app.until(() => expect(instance(dies.id)?.state).toBe("stopped"));
    // Its counter, and Docker's own event, come later: three more ticks, and none of them tells it again.
    const before = app.frames.length;
    await app.until(() => expect(app.frames.length).toBeGreaterThan(before + 3));
    expect(killsOf(lives.id).map(({ detail }) => detail)).toEqual(["tail"]);
    expect(killsOf(dies.id).map(({ detail }) => detail)).toEqual(["tail"]);
    const { counts } = await detailOf(lives.id);
    expect(counts.find(({ key }) => key === "oomKill")?.value).toBe(1);
  }, 60_000);

  test("namespaces: own, the host's, and with whom", async () => {
    const first = await run("first", "sleep 1000");
    const second = await run(
      "second",
      "sleep 1000",
      "--network",
      `container:${prefix}first`,
      "--pid",
      "host",
    );
    await app.until(() => expect(instance(first.id)?.weighed).toBe("cgroup"));
    const { namespaces } = await detailOf(second.id);
    const of = (kind: string) => namespaces?.find((one) => one.kind === kind);
    for (const one of namespaces ?? [])
      expect(one.inode, one.kind).toBe(statSync(`/proc/${second.pid}/ns/${one.kind}`).ino);
    expect(of("net")).toMatchObject({ sharing: "shared", sharers: [first.id] });
    expect(of("pid")).toMatchObject({ sharing: "host", sharers: [] });
    expect(of("user")).toMatchObject({ sharing: "host" });
    expect(of("mnt")).toMatchObject({ sharing: "own", sharers: [] });
    const firsts = (await detailOf(first.id)).namespaces;
    expect(firsts?.find(({ kind }) => kind === "net")).toMatchObject({
      sharing: "shared",
      sharers: [second.id],
    });
    expect(firsts?.find(({ kind }) => kind === "pid")).toMatchObject({ sharing: "own" });
  }, 30_000);

  test("what it may do: as Docker gives it, more, and everything", async () => {
    const plain = await run("plain", "sleep 1000", "--user", "1234", "--read-only");
    const more = await run(
      "more",
      "sleep 1000",
      "--cap-add",
      "NET_ADMIN",
      "--security-opt",
      "no-new-privileges",
    );
    // Not --privileged: a machine in a box gives it not even to its own root. All that this one's first process may have.
    const bounding = BigInt(`0x${/^CapBnd:\s*([0-9a-f]+)$/m.exec(text("/proc/1/status"))?.[1]}`);
    const every = parseCapabilities(bounding & ((1n << 38n) - 1n)).flatMap((name) => ["--cap-add", name]);
    const all = await run("all", "sleep 1000", ...every, "--security-opt", "seccomp=unconfined");
    expect((await detailOf(plain.id)).security).toMatchObject({
      ...{ capabilities: [], beyondDefault: [], everyCapability: false, user: 1234, readOnlyRoot: true },
      noNewPrivileges: false,
    });
    expect((await detailOf(more.id)).security).toMatchObject({
      ...{ beyondDefault: ["NET_ADMIN"], everyCapability: false, user: 0, readOnlyRoot: false },
      noNewPrivileges: true,
    });
    expect((await detailOf(all.id)).security).toMatchObject({ everyCapability: true, seccomp: "off" });
  }, 30_000);
});
