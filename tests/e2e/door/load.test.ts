import type { Socket } from "node:net";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import WebSocket from "ws";
import { built } from "../../built.ts";
import { open, raw } from "../../unit/electron/web/raw.ts";
import { type Entry, enter, reader, socket } from "./client.ts";
import { addressLine, resident, type Started, start } from "./process.ts";

const mib = 1 << 20;
let tare: Started;
let port: number;
let entry: Entry;
const sockets: (WebSocket | Socket)[] = [];

beforeAll(async () => {
  built();
  tare = start(["--web", "--no-open"]);
  const [, , at, token = ""] = await tare.said(addressLine);
  port = Number(at);
  entry = await enter(port, token);
  // What an answer costs once (buffers, compiled code) is not what an attack costs.
  for (let times = 0; times < 50; times++) await get();
});
// A try that failed half-way leaves none of its pages to the next.
afterEach(() => {
  for (const one of sockets.splice(0)) one instanceof WebSocket ? one.terminate() : one.destroy();
});
afterAll(() => tare.end());

const get = () => raw(port, `GET / HTTP/1.1\r\nHost: ${entry.host}\r\nConnection: close\r\n\r\n`);
const keep = <One extends WebSocket | Socket>(one: One): One => {
  one.on("error", () => undefined);
  sockets.push(one);
  return one;
};

/** Connects, says hello and reads nothing more. It doesn't hear of its end either: what it writes tells it. */
async function deaf(): Promise<{ readonly ended: Promise<number> }> {
  const one = keep(socket(entry));
  await new Promise((resolve) => one.once("message", resolve));
  const since = performance.now();
  one.pause();
  const probe = setInterval(() => one.ping(), 500);
  const ended = new Promise<number>((resolve) =>
    one.once("close", () => {
      clearInterval(probe);
      resolve((performance.now() - since) / 1000);
    }),
  );
  return { ended };
}

/** 1,000 messages a second. */
function flood(one: WebSocket): void {
  const timer = setInterval(() => {
    for (let sent = 0; sent < 50; sent++) one.send(Uint8Array.of(0, 123, 125));
  }, 50);
  one.once("close", () => clearInterval(timer));
}

/** The least over a while: what the collector had not yet thrown away is not held. */
async function settled(): Promise<number> {
  const seen: number[] = [];
  await vi.waitFor(
    () => {
      seen.push(resident(tare.pid));
      expect(seen.length).toBeGreaterThan(10);
    },
    { timeout: 15_000, interval: 500 },
  );
  return Math.min(...seen);
}

test("500 slow sockets, 2,000 headers and frames of 1 GiB: others are answered within 100 ms, in 16 MB", async () => {
  const before = await settled();
  const slow = await Promise.all(Array.from({ length: 500 }, () => open(port).catch(() => null)));
  for (const one of slow) if (one) keep(one).write("GET / HTTP/1.1\r\nHost: ");
  const many = Array.from({ length: 2_000 }, (_, at) => `X-${at}: 1\r\n`).join("");
  for (let times = 0; times < 20; times++)
    expect((await raw(port, `GET / HTTP/1.1\r\n${many}\r\n`)).status).toBe(403);
  for (let times = 0; times < 20; times++) {
    const one = keep(socket(entry));
    one.once("open", () => {
      // Behind ws's back, since it would make the gigabyte first: head of a frame of 1 GiB, and of a compressed one.
      const { _socket } = one as unknown as { _socket: Socket };
      _socket.write(
        Buffer.from(
          times % 2 ? [0x82, 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, 1, 2, 3, 4] : [0xc2, 0x81, 0, 0, 0, 0, 1],
        ),
      );
    });
    await new Promise((resolve) => one.once("close", resolve));
  }
  const times: number[] = [];
  for (let request = 0; request < 20; request++) {
    const { status, ms } = await get();
    expect(status).toBe(200);
    times.push(ms);
  }
  expect(Math.max(...times)).toBeLessThan(100);
  expect(resident(tare.pid) - before).toBeLessThan(16 * mib);
});

test("20 pages, 5 of them deaf and 5 flooding: the others get every frame, in 8 MB", {
  timeout: 60_000,
}, async () => {
  const frames: number[] = [];
  const good = keep(reader(entry, ({ at }) => frames.push(at)));
  // A first page and its frames cost what the first of anything costs.
  await vi.waitFor(() => expect(frames.length).toBeGreaterThan(5), { timeout: 20_000 });
  const before = await settled();
  const started = performance.now();
  const seen = frames.length;

  // With the good one six are in. Two may join: fourteen want to, again and again, and five of them flood.
  const lived = await Promise.all(Array.from({ length: 5 }, () => deaf()));
  let over = false;
  onTestFinished(() => {
    over = true;
  });
  let flooders = 0;
  const wish = (floods: boolean) => {
    const one = keep(socket(entry));
    if (floods) one.once("open", () => flood(one));
    one.once("close", (code) => {
      if (floods && code !== 1013) flooders++;
      if (!over) setTimeout(() => over || wish(floods), 250);
    });
  };
  for (let times = 0; times < 14; times++) wish(times < 5);

  for (const { ended } of lived) {
    const seconds = await ended;
    expect(seconds).toBeGreaterThan(9);
    expect(seconds).toBeLessThan(15);
  }
  over = true;
  const seconds = (performance.now() - started) / 1000;
  expect(flooders).toBeGreaterThan(0);
  expect(good.readyState).toBe(WebSocket.OPEN);
  expect((frames.length - seen) / seconds).toBeGreaterThan(0.9);
  expect((await settled()) - before).toBeLessThan(8 * mib);
});
