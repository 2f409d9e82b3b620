import { execFileSync } from "node:child_process";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findLabDaemon, type LabDaemon } from "../../electron/lab/docker-daemon.ts";
import { needs } from "../needs.ts";
import { busyboxImage, busyboxTar, ensureBusyboxImage } from "./busybox-image.ts";
import { dockerCommand, removeContainers } from "./docker-lab.ts";

const signal = AbortSignal.timeout(120_000);
const prefix = "tare-labdocker-";
const wish = (name: string, image = busyboxImage) => ({
  image,
  name: prefix + name,
  labels: { "io.tare.trial": "labdocker" },
  memory: 64 << 20,
  cpus: 0.5,
});

needs("docker", "busybox")("the lab's Docker", () => {
  let daemon: LabDaemon;
  beforeAll(async () => {
    await removeContainers(prefix);
    ensureBusyboxImage();
    daemon = await findLabDaemon(signal);
  });
  afterAll(async () => {
    daemon?.close();
    await removeContainers(prefix);
  });

  test("tells who it is, which images it has, and that it is of this machine", async () => {
    expect(daemon.native).toBe(true);
    expect(await daemon.docker.facts(signal)).toMatchObject({
      version: await dockerCommand(["version", "-f", "{{.Server.Version}}"]),
      cgroup: expect.stringMatching(/^v[12] (cgroupfs|systemd)$/),
    });
    const digest = await dockerCommand(["image", "inspect", "-f", "{{.Id}}", busyboxImage]);
    expect(await daemon.docker.images(signal)).toContainEqual({
      name: busyboxImage,
      digest,
      bytes: expect.any(Number),
      port: null,
      health: false,
    });
  });

  test("makes a container as the VM is: no network, limits, no swap beyond; and takes it away", async () => {
    const { docker } = daemon;
    const id = await docker.create(wish("limits"), signal);
    expect(await docker.inspect(id, signal)).toMatchObject({
      HostConfig: {
        NetworkMode: "none",
        Memory: 64 << 20,
        MemorySwap: 64 << 20,
        NanoCpus: 5e8,
        SecurityOpt: ["no-new-privileges"],
        Privileged: false,
      },
    });
    expect(await docker.labelled("io.tare.trial=labdocker", signal)).toContainEqual({
      id,
      labels: { "io.tare.trial": "labdocker" },
    });
    await docker.remove(id, signal);
    expect(await docker.inspect(id, signal)).toBeNull();
    await docker.remove(id, signal);
  });

  test("imports a tar, exports it again, hears every line of both streams, and runs a command inside", async () => {
    const { docker } = daemon;
    const script = "echo one; echo two >&2; printf three; sleep 1000";
    const changes = [`CMD ["/bin/sh", "-c", "${script}"]`, "EXPOSE 8080 9090/udp 443/tcp"];
    const name = "tare-labdocker-import:1";
    const id = await docker.import(Readable.from([busyboxTar()]), name, changes, signal);
    expect(await dockerCommand(["image", "inspect", "-f", "{{.Id}}", name])).toBe(id);
    const found = (await docker.images(signal)).find((image) => image.name === name);
    expect(found).toMatchObject({ digest: id, port: 443, health: false });

    const container = await docker.create(wish("lines", name), signal);
    const heard: string[] = [];
    const output = await docker.output(container, false, signal);
    await docker.start(container, signal);
    const listening = (async () => {
      for await (const line of output) heard.push(line);
    })();
    await expect.poll(() => [...heard].sort(), { timeout: 10_000 }).toEqual(["one", "two"]);
    expect(await docker.exec(container, ["/bin/false"], 5_000, signal)).toBe(1);
    expect(await docker.exec(container, ["/bin/true"], 5_000, signal)).toBe(0);
    expect(await docker.exec(container, ["/bin/sleep", "100"], 300, signal)).toBeNull();

    const tar = execFileSync("tar", ["-t"], { input: await whole(await docker.export(container, signal)) });
    expect(tar.toString().split("\n")).toContain("bin/busybox");
    await docker.remove(container, signal);
    await listening;
    expect([...heard].sort()).toEqual(["one", "three", "two"]); // what has no end is told at the end
    await dockerCommand(["rmi", name]);
  });

  test.each([
    [
      "no such image",
      wish("none", "tare-labdocker-none:1"),
      { code: "no-image", where: "tare-labdocker-none:1" },
    ],
    ["no name of an image", wish("none", "../../info"), { code: "no-image" }],
  ])("%s", async (_, wanted, trouble) => {
    if (wanted.image.startsWith("tare"))
      await expect(daemon.docker.create(wanted, signal)).rejects.toMatchObject({ trouble });
    await expect(daemon.docker.image(wanted.image, signal)).rejects.toMatchObject({ trouble });
  });

  test("a command that is not there fails to start, with Docker's own words", async () => {
    const { docker } = daemon;
    const name = "tare-labdocker-broken:1";
    await docker.import(Readable.from([busyboxTar()]), name, ['CMD ["/no/such"]'], signal);
    const id = await docker.create(wish("broken", name), signal);
    await expect(docker.start(id, signal)).rejects.toMatchObject({
      trouble: { code: "failed-to-start", where: id, cause: expect.stringContaining("/no/such") },
    });
    await docker.remove(id, signal);
    await dockerCommand(["rmi", name]);
  });

  test("an archive that is none is refused, and the reason told", async () => {
    await expect(
      daemon.docker.import(Readable.from([Buffer.alloc(4_096, 7)]), "tare-labdocker-bad:1", [], signal),
    ).rejects.toMatchObject({ trouble: { code: "failed", cause: expect.stringMatching(/tar/i) } });
  });

  test("nobody there", async () => {
    const environment = { DOCKER_HOST: "unix:///tmp/tare-labdocker-none.sock" };
    await expect(findLabDaemon(signal, { environment })).rejects.toMatchObject({
      trouble: { code: "no-docker", where: expect.stringContaining("tare-labdocker-none.sock") },
    });
  });

  test("an abort ends a call with its own reason", async () => {
    const reason = new Error("enough");
    await expect(daemon.docker.facts(AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

async function whole(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
