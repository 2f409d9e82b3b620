import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { qemuPath } from "./fake-proc.ts";
import { watchedQemu } from "./watched.ts";

const { its, come, watch } = watchedQemu();
const ms = 1;
const MiB = 2 ** 20;
let server: Server | null = null;

afterEach(() => {
  server?.close();
  server = null;
});

/** A monitor that answers as QEMU 7.2 does, an event in between; `talk` may say nothing at all. */
async function monitor(answers: Readonly<Record<string, unknown>>, greets = true): Promise<string[]> {
  const asked: string[] = [];
  const path = join(its().fake.proc, "vm.qmp");
  server = createServer((socket) => {
    socket.on("error", () => undefined);
    if (!greets) return;
    socket.write(
      '{"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}}, "capabilities": ["oob"]}}\r\n',
    );
    socket.on("data", (data) => {
      for (const line of String(data).trim().split("\n")) {
        const { execute, id } = JSON.parse(line) as { execute: string; id: number };
        asked.push(execute);
        const answer = answers[execute];
        const body =
          answer === undefined
            ? `"error": {"class": "DeviceNotActive"}`
            : `"return": ${JSON.stringify(answer)}`;
        socket.write('{"timestamp": {"seconds": 1}, "event": "RESUME"}\r\n');
        socket.write(`{${body}, "id": ${id}}\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server?.listen(path, resolve));
  return asked;
}
test("asks a free monitor, and leaves it", async () => {
  const asked = await monitor({
    qmp_capabilities: {},
    "query-status": { status: "paused", running: false },
    "query-kvm": { enabled: true, present: true },
    "query-memory-size-summary": { "base-memory": 256 * MiB, "plugged-memory": 64 * MiB },
    "query-balloon": { actual: 200 * MiB },
    "qom-list": [{ name: "balloon0", type: "child<virtio-balloon-pci>" }],
    "qom-get": {
      stats: {
        "stat-total-memory": 180 * MiB,
        "stat-available-memory": 100 * MiB,
        "stat-free-memory": 50 * MiB,
      },
      "last-update": Math.floor(its().clock.now() / 1_000),
    },
  });
  its().fake.start(
    70,
    1_000,
    qemuPath,
    "-qmp",
    "unix:vm.qmp,server=on,wait=off",
    "-m",
    "256",
    "-accel",
    "kvm",
    "-accel",
    "tcg",
  );
  its().fake.sockets(70, "01");
  await watch();
  await vi.waitFor(() => expect(its().news.some((one) => "told" in one)).toBe(true));
  expect(come().at(-1)).toMatchObject({
    state: "paused",
    virtualization: { accelerator: "kvm", acceleratorSeen: true, configured: 320 * MiB },
  });
  expect(its().news.find((one) => "told" in one)).toEqual({
    told: "qemu:70",
    reading: { guest: { allowed: 200 * MiB, inUse: 80 * MiB } }, // 180 - 100
  });
  expect(
    asked.filter((command) => !/^(?:query-|qom-list$|qom-get$|qmp_capabilities$)/.test(command)),
  ).toEqual([]);
  const connected = () =>
    new Promise<number>((resolve) => server?.getConnections((_, count) => resolve(count)));
  await vi.waitFor(async () => expect(await connected()).toBe(0));
});

test("leaves a monitor alone that somebody talks to, or that a manager owns", async () => {
  const asked = await monitor({});
  its().fake.start(70, 1_000, qemuPath, "-qmp", "unix:vm.qmp,server=on");
  its().fake.start(71, 1_000, qemuPath, "-qmp", "unix:vm.qmp,server=on", "-id", "101");
  its().fake.sockets(70, "01", "03");
  its().fake.sockets(71, "01");
  let connections = 0;
  server?.on("connection", () => connections++);
  await watch();
  await its().clock.pass(10_000 * ms);
  expect({ asked, connections }).toEqual({ asked: [], connections: 0 });
});

test("gives up a monitor that does not greet, after half a second", async () => {
  await monitor({}, false);
  its().fake.start(70, 1_000, qemuPath, "-qmp", "unix:vm.qmp,server=on");
  its().fake.sockets(70, "01");
  const closed = new Promise<number>((resolve) =>
    server?.on("connection", (socket) => {
      const began = performance.now();
      socket.on("close", () => resolve(performance.now() - began));
    }),
  );
  await watch();
  expect(await closed).toBeLessThan(2_000);
  expect(its().news.some((one) => "told" in one)).toBe(false);
});
