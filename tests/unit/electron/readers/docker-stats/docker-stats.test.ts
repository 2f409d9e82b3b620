import { expect, onTestFinished, test } from "vitest";
import { openDockerStats } from "../../../../../electron/readers/docker-stats/docker-stats.ts";
import { daemon, idOf, json, type Routes } from "../../engines/docker-api/stub.ts";

const stats = (second: number, used: number) => ({
  read: `2026-11-24T05:10:${String(second).padStart(2, "0")}.500000000Z`,
  cpu_stats: { cpu_usage: { total_usage: used } },
  memory_stats: { usage: 1_000 },
});
function open(socket: string, index: number) {
  const reader = openDockerStats({
    via: "api",
    engine: "docker",
    endpoint: `unix://${socket}`,
    key: idOf(index),
  });
  onTestFinished(reader.close);
  return reader;
}
/** The next reading that it hands out. */
async function next(reader: ReturnType<typeof open>) {
  const deadline = performance.now() + 4_000;
  for (;;) {
    const reading = reader.read();
    if (reading !== null) return reading;
    if (performance.now() > deadline) throw new Error("no reading in time");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
const answering = (inspect: NonNullable<Routes["inspect"]>) => daemon({ inspect });

test("a reading is handed out once; its time is the daemon's, wherever the answer was held up", async () => {
  let second = 10;
  const { socket, hits } = await answering((response, request, id) => {
    const mine = second++;
    setTimeout(() => json(stats(mine, mine * 1e9))(response, request, id), mine === 11 ? 300 : 0);
  });
  const reader = open(socket, 1);
  expect(reader.read()).toBeNull();
  const first = await next(reader);
  expect(reader.read()).toBeNull();
  const later = await next(reader);
  if (first === "gone" || later === "gone") throw new Error("gone");
  expect(later.at - first.at).toBeCloseTo(1e9, 0);
  expect(first.memory?.charged).toBe(1_000);
  expect(hits[0]).toBe("/_ping");
  expect(hits[1]).toBe(`/v1.41/containers/${idOf(1)}/stats?stream=false&one-shot=true`);
  expect(await reader.describe()).toMatchObject({
    readFrom: [expect.stringContaining(`/containers/${idOf(1)}/stats`)],
  });
});

test("forty containers of one daemon: four at a time, each in its turn", async () => {
  let out = 0;
  let most = 0;
  const one = await answering((response, request, id) => {
    most = Math.max(most, ++out);
    setTimeout(() => {
      out--;
      json(stats(10, 1))(response, request, id);
    }, 20);
  });
  const readers = Array.from({ length: 40 }, (_, index) => open(one.socket, index + 1));
  for (const reader of readers) await next(reader);
  expect(most).toBe(4);
  expect(one.mostOpen()).toBeLessThanOrEqual(5);
});

test("a container that is no more is gone", async () => {
  const { socket } = await answering(json({ message: "No such container" }, 404));
  expect(await next(open(socket, 1))).toBe("gone");
});

test("the last one closes the door behind it", async () => {
  const one = await answering(json(stats(10, 1)));
  const [first, second] = [open(one.socket, 1), open(one.socket, 2)];
  await next(first);
  first.close();
  await next(second);
  second.close();
  await expect.poll(one.open, { timeout: 1_000 }).toBe(0);
  expect(await next(open(one.socket, 3))).toMatchObject({ memory: { charged: 1_000 } });
});

test("a daemon that answers nothing readable gives nothing", async () => {
  const one = await answering((response) => void response.end("<html>"));
  const reader = open(one.socket, 1);
  await expect.poll(() => one.hits.length, { timeout: 2_000 }).toBe(2);
  expect(reader.read()).toBeNull();
});
