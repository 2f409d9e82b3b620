import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EngineFailure, type News } from "../../../../../electron/engines/engine.ts";
import { libvirt } from "../../../../../electron/engines/libvirt/libvirt.ts";

const fake = fileURLToPath(new URL("../../../../bin/fake-virsh", import.meta.url));
const KiB = 1024;
const running = "libvirt:5a1c0000-0000-4000-8000-00000000000f";
const off = "libvirt:5a1c0000-0000-4000-8000-0000000000aa";
const path = process.env.PATH;
const home = process.env.HOME;

vi.setConfig({ testTimeout: 30_000 });

let folder: string;
let daemon: Server;
let news: News[];
let stop: AbortController;

/** Puts a virsh of this kind first on PATH. */
function virshThat(mode: string): void {
  writeFileSync(join(folder, "virsh"), `#!/bin/sh\nexec "${process.execPath}" "${fake}" ${mode} "$@"\n`, {
    mode: 0o755,
  });
}

const engine = (deadline = 5_000) =>
  libvirt({
    places: [{ uri: "qemu:///fake", sockets: [join(folder, "none"), join(folder, "sock")] }],
    deadline,
  });

/** Watches until it fails or is stopped; gives what it threw. */
const watch = (one = engine()) =>
  one
    .watch((told) => news.push(told), stop.signal)
    .then(
      () => null,
      (error: unknown) => error,
    );
const until = (what: (one: News) => boolean) =>
  vi.waitFor(() => expect(news.some(what)).toBe(true), { timeout: 20_000, interval: 20 });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tare-virsh-"));
  process.env.PATH = `${folder}:${path}`;
  process.env.HOME = folder;
  news = [];
  stop = new AbortController();
  daemon = createServer((socket) => socket.on("error", () => undefined));
  await new Promise<void>((resolve) => daemon.listen(join(folder, "sock"), resolve));
});
afterEach(async () => {
  stop.abort();
  process.env.PATH = path;
  process.env.HOME = home;
  await new Promise((resolve) => daemon.close(resolve));
  rmSync(folder, { recursive: true });
});

test.each([
  ["kept open", "well"],
  ["spawned for each answer, where it says nothing in conversation", "alone"],
  ["without --nowait, before libvirt 4.5", "old"],
])("tells every domain, stopped ones too: %s", async (_, mode) => {
  virshThat(mode);
  const watching = watch();
  await until((one) => "told" in one);
  stop.abort();
  await watching;
  expect(news.find((one) => "ready" in one)).toEqual({ ready: { version: "9.0.0", where: "qemu:///fake" } });
  expect(news.find((one) => "all" in one)).toMatchObject({
    all: [
      {
        id: running,
        name: `it's "two"`,
        kind: "vm",
        state: "running",
        handle: null,
        uuid: running.slice("libvirt:".length),
        virtualization: { accelerator: "kvm", acceleratorSeen: false, vcpus: 1, configured: 131_072 * KiB },
      },
      { id: off, name: "off", state: "stopped", virtualization: { vcpus: 2, configured: 131_072 * KiB } },
    ],
  });
  expect(news.find((one) => "told" in one)).toEqual({
    told: running,
    reading: {
      cpu: { used: 646_178_000, periods: null, throttledPeriods: null, throttledTime: null },
      resident: 141_208 * KiB,
      guest: { allowed: 131_072 * KiB, inUse: (106_812 - 52_120) * KiB },
      network: { received: 0, sent: 0 },
      io: { read: 0, written: 0 },
    },
  });
  expect(news.some((one) => "told" in one && one.told === off)).toBe(false);
});

test("does not start a virsh again and again that dies at once", async () => {
  // uri, version, domstats, list, domstats, dumpxml twice: the eighth question is the first of the next second.
  virshThat("dies7");
  expect(await watch()).toMatchObject({ code: "garbled" });
  expect(news.some((one) => "all" in one)).toBe(true);
});

test.each([
  ["hangs", "timeout", 700],
  ["garbles", "garbled", 5_000],
  ["floods", "garbled", 5_000],
  ["denied", "denied", 5_000],
])("a virsh that %s is %s", async (mode, code, deadline) => {
  virshThat(mode);
  const failed = await watch(engine(deadline));
  expect(failed).toBeInstanceOf(EngineFailure);
  expect(failed).toMatchObject({ code, where: "qemu:///fake" });
  expect(news.some((one) => "ready" in one)).toBe(false);
});

test("does not ask virsh again at once where it is denied: each time would be a process", async () => {
  virshThat("denied");
  const one = engine();
  for (let attempt = 0; attempt < 5; attempt++) expect(await watch(one)).toMatchObject({ code: "denied" });
  expect(readFileSync(join(folder, "virsh-runs"), "utf8").trim().split("\n")).toHaveLength(1);
});

test("starts no virsh where nobody listens", async () => {
  virshThat("well");
  await new Promise((resolve) => daemon.close(resolve));
  expect(await watch()).toMatchObject({ code: "absent" });
  // A socket that its daemon left behind when it was killed.
  writeFileSync(join(folder, "sock"), "");
  expect(await watch()).toMatchObject({ code: "refused", where: join(folder, "sock") });
  expect(() => readFileSync(join(folder, "virsh-runs"))).toThrow("ENOENT");
  expect(news.filter((one) => "looked" in one)[0]).toEqual({
    looked: [{ where: "qemu:///fake", found: false }],
  });
});

test("one daemon's trouble is not the other's", async () => {
  virshThat("well");
  const places = [
    { uri: "qemu:///fake", sockets: [join(folder, "sock")] },
    { uri: "qemu:///other", sockets: [join(folder, "none")] },
  ];
  const watching = watch(libvirt({ places }));
  await until((one) => "told" in one);
  stop.abort();
  await watching;
  expect(news.find((one) => "looked" in one)).toEqual({
    looked: [
      { where: "qemu:///fake", found: true },
      { where: "qemu:///other", found: false },
    ],
  });
});
