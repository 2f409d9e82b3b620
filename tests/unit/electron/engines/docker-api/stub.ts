import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export type Answer = (response: ServerResponse, request: IncomingMessage, id: string) => void;
export type Routes = { [route in "ping" | "info" | "list" | "inspect" | "image" | "events"]?: Answer };

export const idOf = (index: number): string => index.toString(16).padStart(64, "0");
export const json =
  (body: unknown, status = 200): Answer =>
  (response) =>
    void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
export const text =
  (body: string, status = 200): Answer =>
  (response) =>
    void response.writeHead(status).end(body);
export const never: Answer = () => undefined;

const listed = (index: number) => ({
  Id: idOf(index),
  Names: [`/c${index}`],
  Image: "x:1",
  State: "running",
  Created: 1_795_500_000,
});
const inspected = (id: string) => ({
  Id: id,
  Name: `/c${parseInt(id, 16)}`,
  Image: `sha256:${"ab".repeat(32)}`,
  State: { Status: "running", Pid: 0, StartedAt: "2026-11-24T06:04:10.092526125Z" },
  HostConfig: { Memory: 67_108_864 },
  Config: { Image: "x:1" },
});
export const containers = (count: number) => Array.from({ length: count }, (_, index) => listed(index + 1));

/** A daemon of one's own on a unix socket, that answers as a good one does but for the given routes. */
export async function stub(routes: Routes = {}, count = 3) {
  const folder = mkdtempSync(join(tmpdir(), "tare-docker-"));
  const socket = join(folder, "docker.sock");
  const hits: string[] = [];
  const streams = new Set<ServerResponse>();
  const sockets = new Set<Socket>();
  let most = 0;
  const good: Required<Routes> = {
    ping: (response) => void response.writeHead(200, { "api-version": "1.41" }).end("OK"),
    info: json({ ID: "STUB", ServerVersion: "20.10.24" }),
    list: json(containers(count)),
    inspect: (response, request, id) => json(inspected(id))(response, request, id),
    image: json({ Size: 1_000 }),
    events(response) {
      response.writeHead(200).flushHeaders();
      streams.add(response);
      response.once("close", () => streams.delete(response));
    },
  };
  const server = createServer((request, response) => {
    hits.push(request.url ?? "");
    const path = new URL(request.url ?? "", "http://x").pathname.replace(/^\/v1\.\d+/, "");
    const [, id] = /^\/(?:containers|images)\/([^/]+)\/json$/.exec(path) ?? [];
    const route =
      path === "/_ping"
        ? "ping"
        : path === "/info"
          ? "info"
          : path === "/containers/json"
            ? "list"
            : path === "/events"
              ? "events"
              : path.startsWith("/images/")
                ? "image"
                : "inspect";
    (routes[route] ?? good[route])(response, request, id ?? "");
  });
  server.on("connection", (connection) => {
    sockets.add(connection);
    most = Math.max(most, sockets.size);
    connection.once("close", () => sockets.delete(connection));
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return {
    folder,
    socket,
    routes,
    hits,
    open: () => sockets.size,
    mostOpen: () => most,
    /** Writes to every event stream that is open. */
    send(chunk: string | Buffer) {
      for (const stream of streams) stream.write(chunk);
    },
    streams: () => streams.size,
    endStreams() {
      for (const stream of streams) stream.destroy();
    },
    async close() {
      for (const connection of sockets) connection.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const eventLine = (index: number, action: string, attributes: object = {}, nano = Date.now() * 1e6) =>
  `${JSON.stringify({ Type: "container", Action: action, Actor: { ID: idOf(index), Attributes: { name: `c${index}`, ...attributes } }, time: Math.floor(nano / 1e9), timeNano: nano })}\n`;

/** A stub that ends with its test. */
export async function daemon(routes: Routes = {}, count?: number) {
  const one = await stub(routes, count);
  onTestFinished(one.close);
  return one;
}
