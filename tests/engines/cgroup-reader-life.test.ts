import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cgroupMounts } from "../../electron/machine/cgroup-paths.ts";
import { descriptors } from "../../electron/machine/held-file.ts";
import { needs } from "../needs.ts";
import {
  docker,
  helpersOf,
  MiB,
  openBox,
  prefix,
  prepare,
  readingOf,
  start,
  startIn,
  sweep,
  text,
  until,
} from "./readers-lab.ts";

const network = `${prefix}net`;

needs("docker", "root")("the cgroup reader, on containers that come, go and have helpers", () => {
  beforeAll(() => {
    prepare();
    if (docker("network", "ls", "-q", "--filter", `name=^${network}$`) === "")
      docker("network", "create", network);
  });
  afterAll(() => {
    sweep();
    docker("network", "rm", network);
  });

  test("a parent with a smaller limit sets the limit in force, and is named", async () => {
    const mounts = cgroupMounts();
    const root = mounts?.controllers.get("memory") ?? mounts?.unified;
    const parent = `/${prefix}parent`;
    const folder = `${root}${parent}`;
    if (!existsSync(folder)) mkdirSync(folder);
    const file = existsSync(`${folder}/memory.max`) ? "memory.max" : "memory.limit_in_bytes";
    try {
      writeFileSync(`${folder}/${file}`, String(48 * MiB));
      const box = start("child", "exec sleep 1000", "--cgroup-parent", parent, "--memory", "64m");
      const reader = openBox(box);
      expect(readingOf(reader).limits?.memory).toEqual({ value: 48 * MiB, ancestor: parent });
      const detail = await reader.describe();
      expect(detail.limits).toContainEqual(
        expect.objectContaining({
          ...{ key: "memory", value: 48 * MiB, own: 64 * MiB, ancestor: parent, from: `${folder}/${file}` },
        }),
      );
      reader.close();
    } finally {
      docker("rm", "-f", `${prefix}child`);
      for (const mount of new Set([...(mounts?.controllers.values() ?? []), mounts?.unified]))
        await until(`${mount}${parent} is removed`, () => removed(`${mount}${parent}`));
    }
  });

  test("its own network is counted, the host's is not", async () => {
    const box = startIn(network, "net", "exec sleep 1000");
    const host = startIn("host", "hostnet", "exec sleep 1000");
    const gateway = docker("network", "inspect", "-f", "{{(index .IPAM.Config 0).Gateway}}", network);
    const [reader, hostReader] = [openBox(box), openBox(host)];
    docker("exec", box.id, "ping", "-c", "3", "-i", "0.1", "-s", "1000", gateway);
    const counted = readingOf(reader).network;
    const row = /eth0: *(\d+)(?: +\d+){7} +(\d+)/.exec(text(`/proc/${box.pid}/net/dev`));
    expect(counted).toEqual({ received: Number(row?.[1]), sent: Number(row?.[2]) });
    expect(counted?.sent).toBeGreaterThan(3_000);
    expect(readingOf(hostReader).network).toBeNull();
    reader.close();
    hostReader.close();
  });

  test("disk bytes, from blkio or, where that counts none, from its processes", async () => {
    const load = "dd if=/dev/zero of=/data bs=1M count=8 conv=fsync; exec sleep 1000";
    const box = start("disk", load);
    const reader = openBox(box);
    await until("it is written", () => text(`/proc/${box.pid}/comm`) === "sleep\n");
    for (let round = 0; round < 5; round++) readingOf(reader);
    const { io } = readingOf(reader);
    expect(io?.written).toBeGreaterThanOrEqual(8 * MiB);
    expect(io?.written).toBeLessThan(10 * MiB);
    reader.close();
  });

  test("its shim and its port's proxy are its helpers, and nobody else's", async () => {
    const box = startIn(network, "port", "exec sleep 1000", "-p", "127.0.0.1::80");
    const other = start("plain", "exec sleep 1000");
    const known = (id: string) => helpersOf(id).every((helper) => helper.private !== null);
    await until("both are found", () => helpersOf(box.id).length === 2 && helpersOf(other.id).length === 1);
    // Two a second, and this machine may run more containers than ours.
    await until("all are weighed", () => known(box.id) && known(other.id), 90_000);
    expect(
      helpersOf(box.id)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["containerd-shim", "docker-proxy"]);
    expect(helpersOf(other.id).map(({ name }) => name)).toEqual(["containerd-shim"]);
    for (const { pid, private: memory } of helpersOf(box.id)) {
      const rows = [...text(`/proc/${pid}/smaps_rollup`).matchAll(/^Private_\w+: +(\d+) kB$/gm)];
      const now = rows.reduce((sum, row) => sum + Number(row[1]) * 1024, 0);
      expect(Math.abs(now - (memory ?? 0))).toBeLessThan(0.3 * now);
    }
    docker("rm", "-f", box.id);
    await until("they went with it", () => helpersOf(box.id).length === 0);
  }, 120_000);

  test("a network helper is found by the namespace that it names", async () => {
    const box = start("slirp", "exec sleep 1000");
    await until("its shim is found", () => helpersOf(box.id).length === 1);
    // A program of that name that stays: what is tested is /proc, the namespace and the command line.
    const folder = mkdtempSync(join(tmpdir(), "tare-slirp-"));
    symlinkSync(process.execPath, join(folder, "slirp4netns"));
    const args = [
      "-e",
      "setTimeout(() => {}, 60_000)",
      "--",
      "--netns-type=path",
      `/proc/${box.pid}/ns/net`,
      "tap0",
    ];
    const helper = spawn(join(folder, "slirp4netns"), args, { stdio: "ignore" });
    try {
      await until("it is found", () => helpersOf(box.id).some(({ name }) => name === "slirp4netns"), 30_000);
      expect(helpersOf(box.id).map(({ pid }) => pid)).toContain(helper.pid);
    } finally {
      helper.kill("SIGKILL");
      rmSync(folder, { recursive: true });
    }
  }, 90_000);

  test("a restart takes another cgroup of the same path: the old reader says gone", async () => {
    const box = start("again", "trap 'exit 0' TERM; sleep 1000 & wait");
    const reader = openBox(box);
    expect(readingOf(reader).pids).toBeGreaterThan(0);
    docker("restart", "-t", "5", box.id);
    expect(reader.read()).toBe("gone");
    const again = openBox({ ...box, pid: Number(docker("inspect", "-f", "{{.State.Pid}}", box.id)) });
    expect(readingOf(again).pids).toBeGreaterThan(0);
    docker("rm", "-f", box.id);
    expect(again.read()).toBe("gone");
    expect(again.read()).toBe("gone");
  });

  test("a hundred opens and closes leave no descriptor behind", () => {
    const box = start("open", "exec sleep 1000");
    const held = descriptors.held;
    const openFiles = () => Number(execFileSync("sh", ["-c", `ls /proc/${process.pid}/fd | wc -l`]));
    const before = openFiles();
    for (let round = 0; round < 100; round++) {
      const reader = openBox(box);
      readingOf(reader);
      reader.close();
    }
    expect(descriptors.held).toBe(held);
    expect(Math.abs(openFiles() - before)).toBeLessThanOrEqual(2);
  });
});

/** A cgroup of ours goes when its last child is gone. */
function removed(folder: string): boolean {
  try {
    if (existsSync(folder)) rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
