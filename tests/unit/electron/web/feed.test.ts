import { afterEach, describe, expect, test, vi } from "vitest";
import WebSocket from "ws";
import { socketLimits } from "../../../../electron/web/socket-pipe.ts";
import type { Pipe } from "../../../../shared/wire/pipe.ts";
import { login, type Opened, open, openDoor, raw, secrets } from "./raw.ts";

const opened: Opened[] = [];
const clients: WebSocket[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.terminate();
  for (const { server } of opened.splice(0)) await server.close();
});

async function door(options: Parameters<typeof openDoor>[0] = {}) {
  const one = await openDoor(options);
  opened.push(one);
  const { cookie, key } = secrets(await raw(one.server.port, login(one.host, one.sessions.newToken())));
  return { ...one, cookie, key };
}
type Door = Awaited<ReturnType<typeof door>>;

/** A client as the page is one, but for the hello. */
function client({ host, cookie, key }: Door): WebSocket {
  const socket = new WebSocket(`ws://${host}/feed`, ["tare.v1", `key.${key}`], {
    headers: { Origin: `http://${host}`, Cookie: cookie },
    perMessageDeflate: false,
  });
  socket.on("error", () => undefined);
  clients.push(socket);
  return socket;
}
const until = (socket: WebSocket, event: string): Promise<unknown[]> =>
  new Promise((resolve) => socket.once(event, (...args: unknown[]) => resolve(args)));
const closed = async (socket: WebSocket): Promise<unknown> => (await until(socket, "close"))[0];

/** Connected, greeted and served. */
async function page(at: Door): Promise<WebSocket> {
  const socket = client(at);
  await until(socket, "open");
  const welcome = until(socket, "message");
  socket.send(new Uint8Array());
  await welcome;
  return socket;
}

test("a page is served after its hello, in order, both ways, and told of the end", async () => {
  const got: Uint8Array[] = [];
  let ended = 0;
  const at = await door({
    serve(pipe: Pipe) {
      pipe.receive((message) => got.push(message));
      pipe.closed(() => ended++);
      for (const byte of [1, 2, 3]) pipe.send(Uint8Array.of(byte));
    },
  });
  const socket = client(at);
  await until(socket, "open");
  expect(socket.protocol).toBe("tare.v1");
  expect(socket.extensions).toBe("");
  const messages: number[][] = [];
  socket.on("message", (data: Buffer) => messages.push([...data]));
  socket.send(new Uint8Array());
  socket.send(Uint8Array.of(9));
  await vi.waitFor(() => expect(messages).toEqual([[], [1], [2], [3]]));
  await vi.waitFor(() => expect(got.map((one) => [...one])).toEqual([[9]]));
  socket.close();
  await vi.waitFor(() => expect(ended).toBe(1));
});

test("eight pages at once; the ninth is told to come later, and may when one has gone", async () => {
  const at = await door();
  const pages = await Promise.all(Array.from({ length: 8 }, () => page(at)));
  const ninth = client(at);
  expect(await closed(ninth)).toBe(1013);
  pages[0]?.close();
  await closed(pages[0] as WebSocket);
  await page(at);
});

test.each([
  ["text", (socket: WebSocket) => socket.send("hello"), 1003],
  ["a message before the hello", (socket: WebSocket) => socket.send(Uint8Array.of(1)), 1008],
  ["a message over 64 KiB", (socket: WebSocket) => socket.send(new Uint8Array(65_537)), 1009],
])("%s closes it", async (_, send, code) => {
  const socket = client(await door());
  await until(socket, "open");
  send(socket);
  expect(await closed(socket)).toBe(code);
});

test("who says no hello is closed", async () => {
  const socket = client(await door({ limits: { ...socketLimits, hello: 50 } }));
  await until(socket, "open");
  expect(await closed(socket)).toBe(1006);
});

test("who answers two pings with nothing is closed; who answers stays", async () => {
  const at = await door({ limits: { ...socketLimits, ping: 50 } });
  const [alive, dead] = [await page(at), client(at)];
  await until(dead, "open");
  dead.send(new Uint8Array());
  (dead as unknown as { _autoPong: boolean })._autoPong = false;
  expect(await closed(dead)).toBe(1006);
  expect(alive.readyState).toBe(WebSocket.OPEN);
});

test("a flood of pings closes it", async () => {
  const socket = await page(await door());
  const end = closed(socket);
  // One at a time: a client that sends them unread is cut off by ws itself. 150 may come in the 15 s between our own.
  for (let sent = 0; sent < 151; sent++) {
    socket.ping();
    await Promise.race([until(socket, "pong"), end]);
  }
  expect(await end).toBe(1008);
});

describe("a slow page", () => {
  const limits = { ...socketLimits, deaf: 300 };
  /** Writes to every page until its socket is over the mark. */
  const chatty = (pipes: Pipe[]) => (pipe: Pipe) => void pipes.push(pipe);

  test("that reads nothing is closed, and what it asks meanwhile is not answered", async () => {
    const pipes: Pipe[] = [];
    const at = await door({ limits, serve: chatty(pipes) });
    const deaf = await page(at);
    const heard: Uint8Array[] = [];
    pipes[0]?.receive((message) => heard.push(message));
    deaf.pause();
    for (let sent = 0; sent < 6; sent++) pipes[0]?.send(new Uint8Array(1 << 20));
    deaf.send(Uint8Array.of(1));
    let ended = false;
    pipes[0]?.closed(() => {
      ended = true;
    });
    await vi.waitFor(() => expect(ended).toBe(true), { timeout: 2_000 });
    expect(heard).toEqual([]);
  });

  test("that catches up in time goes on, and loses nothing", async () => {
    const pipes: Pipe[] = [];
    const at = await door({ limits: { ...limits, deaf: 5_000 }, serve: chatty(pipes) });
    const slow = await page(at);
    let got = 0;
    slow.on("message", (data: Buffer) => {
      got += data.length;
    });
    const heard: Uint8Array[] = [];
    pipes[0]?.receive((message) => heard.push(message));
    slow.pause();
    for (let sent = 0; sent < 6; sent++) pipes[0]?.send(new Uint8Array(1 << 20));
    slow.resume();
    await vi.waitFor(() => expect(got).toBe(6 << 20), { timeout: 4_000 });
    slow.send(Uint8Array.of(7));
    await vi.waitFor(() => expect(heard.map((one) => [...one])).toEqual([[7]]));
  });

  test("is cut off at once where a queue would grow", async () => {
    const pipes: Pipe[] = [];
    const at = await door({ serve: chatty(pipes) });
    const deaf = await page(at);
    deaf.pause();
    let ended = false;
    pipes[0]?.closed(() => {
      ended = true;
    });
    for (let sent = 0; sent < 20; sent++) pipes[0]?.send(new Uint8Array(1 << 20));
    await vi.waitFor(() => expect(ended).toBe(true), { timeout: 1_000 });
  });
});

describe("raw frames", () => {
  /** An upgraded socket in hand, to write what no client library would. */
  async function upgraded(at: Door) {
    const socket = await open(at.server.port);
    socket.on("error", () => undefined);
    const answer = new Promise<string>((resolve) => socket.once("data", (data) => resolve(data.toString())));
    socket.write(
      `GET /feed HTTP/1.1\r\nHost: ${at.host}\r\nOrigin: http://${at.host}\r\nCookie: ${at.cookie}\r\n` +
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n" +
        `Sec-WebSocket-Protocol: tare.v1, key.${at.key}\r\n\r\n`,
    );
    return { socket, answer: await answer };
  }

  test("compression is not offered back, nor the key", async () => {
    const at = await door();
    const { socket, answer } = await upgraded(at);
    expect(answer).toMatch(/^HTTP\/1\.1 101 /);
    expect(answer).toMatch(/^Sec-WebSocket-Protocol: tare\.v1\r$/m);
    expect(answer).not.toMatch(/deflate/);
    expect(answer).not.toContain(at.key);
    socket.destroy();
  });

  test.each([
    // FIN + binary, masked, a 64-bit length of 1 GiB, then the mask
    ["a frame of 1 GiB", Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, 1, 2, 3, 4]), 1009],
    // RSV1: a compressed frame that nobody agreed to
    ["a compressed bomb", Buffer.from([0xc2, 0x84, 0, 0, 0, 0, 1, 2, 3, 4]), 1002],
    // no mask bit
    ["an unmasked frame", Buffer.from([0x82, 0x01, 0x00]), 1002],
  ])("%s ends the connection by its head alone", async (_, frame, code) => {
    const { socket } = await upgraded(await door());
    const answer = new Promise<Buffer>((resolve) => socket.once("data", resolve));
    const end = new Promise((resolve) => socket.once("close", resolve));
    socket.write(frame);
    const bytes = await answer;
    expect([bytes[0], bytes.readUInt16BE(2)]).toEqual([0x88, code]);
    await end;
  });
});

describe("500 slow sockets", () => {
  test("keep nobody out: others are answered within 100 ms", { retry: 3 }, async () => {
    const at = await door();
    const living = await page(at);
    const slow = await Promise.all(Array.from({ length: 500 }, () => open(at.server.port).catch(() => null)));
    for (const socket of slow) {
      socket?.on("error", () => undefined);
      socket?.write("GET / HTTP/1.1\r\nX-Slow: ");
    }
    const get = () => raw(at.server.port, `GET / HTTP/1.1\r\nHost: ${at.host}\r\nConnection: close\r\n\r\n`);
    // Client and server share this process: the first answer waits for the rush of 500 connects, not for the sockets.
    await get();
    const got = await get();
    expect(got.status).toBe(200);
    expect(got.ms).toBeLessThan(100);
    expect(living.readyState).toBe(WebSocket.OPEN);
    for (const socket of slow) socket?.destroy();
  });
});
