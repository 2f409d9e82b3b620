import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import * as z from "zod/mini";
import type { Pipe } from "../../shared/wire/pipe.ts";
import { bodyFor, type Page } from "./assets.ts";
import { type Asked, cookiesOf, gate, keyOf, type Rule, valuesOf } from "./guard.ts";
import { contentPolicy, newNonce, safeHeaders } from "./headers.ts";
import { cookieLife, type Sessions } from "./session.ts";
import { type SocketLimits, socketLimits, socketPipe } from "./socket-pipe.ts";
import { keepRoom } from "./waiting-room.ts";

export type ServerOptions = {
  readonly page: Page;
  readonly sessions: Sessions;
  /** 0: one that is free. */
  readonly port: number;
  /** One more origin under which the page is opened, `http://127.0.0.1:9000`: for `ssh -L 9000:127.0.0.1:<port>`. */
  readonly origin: string | null;
  readonly limits?: SocketLimits;
  serve(pipe: Pipe): void;
  refused(rule: Rule): void;
};

export type Server = { readonly port: number; close(): Promise<void> };

const address = "127.0.0.1";
const mostPages = 8;
const mostBody = 256;
/** RFC 6455 7.4.1: try again later. */
const tooMany = 1013;
const Login = z.strictObject({ token: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)) });

/**
 * The page and its feed on the loopback of this machine, and nowhere else. Not `localhost`, which may be ::1 and another
 * process. Data flows over the WebSocket only; what GET answers are constants. Rejects with Node's error (EADDRINUSE).
 */
export function listen(options: ServerOptions): Promise<Server> {
  const { page, sessions, serve, refused, limits = socketLimits } = options;
  const hosts: string[] = [];
  const pages = new Set<WebSocket>();
  const cookieName = () => `tare_${port()}`;
  const port = () => (server.address() as AddressInfo).port;

  const server = createServer(
    {
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: 5_000,
      maxHeaderSize: 8 << 10,
      // Node's own answer to a request without Host would differ from ours.
      requireHostHeader: false,
    },
    (request, response) => void answer(request, response),
  );
  server.maxHeadersCount = 64;
  server.maxConnections = 64;
  keepRoom(server);
  const upgrades = new WebSocketServer({
    noServer: true,
    maxPayload: 64 << 10,
    perMessageDeflate: false,
    clientTracking: false,
    handleProtocols: () => "tare.v1",
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = pick(request);
    const refusal = gate(asked, false, hosts);
    if (refusal) return refuse(response, refusal.status, refusal.rule);
    if (request.method === "POST") return login(request, response);
    const file = page.get(request.url ?? "");
    const nonce = newNonce();
    const headers = headersFor(request.headers.host ?? "", nonce);
    if (!file) return reply(response, 404, "text/plain; charset=utf-8", Buffer.from("Not found\n"), headers);
    reply(response, 200, file.type, bodyFor(file, nonce), headers);
  }

  async function login(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = pick(request);
    const length = valuesOf(asked, "content-length");
    if (length.length !== 1 || Number(length[0]) > mostBody || type(asked) !== "application/json")
      return refuse(response, 403, "body");
    const login = Login.safeParse(await readJson(request));
    if (!login.success) return refuse(response, 403, "body");
    const entered = sessions.exchange(login.data.token, cookiesOf(asked, cookieName()));
    if (!entered) return refuse(response, 403, "key");
    const cookie = `${cookieName()}=${entered.cookie}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${cookieLife}`;
    const body = Buffer.from(JSON.stringify({ key: entered.key }));
    reply(response, 200, "application/json", body, {
      ...headersFor(request.headers.host ?? "", newNonce()),
      "Set-Cookie": cookie,
    });
  }

  const refuse = (response: ServerResponse, status: 403 | 405, rule: Rule) => {
    refused(rule);
    reply(response, status, "text/plain; charset=utf-8", refusalBody, {
      ...headersFor(hosts[0] ?? "", newNonce()),
      Connection: "close",
    });
  };

  /** The same refusal where there is no response object: upgrades, CONNECT, and what Node can't read. */
  const refuseSocket = (socket: Duplex, rule: Rule, status: 403 | 405 = 403) => {
    refused(rule);
    if (!socket.writable) return socket.destroy();
    const headers = {
      ...headersFor(hosts[0] ?? "", newNonce()),
      Connection: "close",
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Length": String(refusalBody.length),
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join("")}\r\n${refusalBody}`, () => socket.destroy());
  };

  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    const asked = pick(request);
    const refusal = gate(asked, true, hosts);
    if (refusal) return refuseSocket(socket, refusal.rule, refusal.status);
    if (asked.url !== "/feed") return refuseSocket(socket, "target");
    const key = keyOf(asked);
    if (!key || !sessions.admits(cookiesOf(asked, cookieName()), key)) return refuseSocket(socket, "key");
    upgrades.handleUpgrade(request, socket, head, (page) => {
      pages.add(page);
      page.on("close", () => pages.delete(page));
      if (pages.size > mostPages) {
        page.on("error", () => undefined);
        page.close(tooMany);
        setTimeout(() => page.terminate(), 1_000).unref();
        return;
      }
      socketPipe(page, serve, limits);
    });
  });
  upgrades.on("wsClientError", (_, socket) => refuseSocket(socket, "headers"));
  server.on("connect", (_, socket) => refuseSocket(socket, "method", 405));
  server.on("clientError", (_, socket) => refuseSocket(socket, "headers"));
  for (const event of ["checkContinue", "checkExpectation"])
    server.on(event, (_: IncomingMessage, response: ServerResponse) => refuse(response, 403, "headers"));

  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: address, port: options.port, exclusive: true }, () => {
      hosts.push(`${address}:${port()}`);
      if (options.origin) hosts.push(new URL(options.origin).host);
      resolve({
        port: port(),
        close: () =>
          new Promise((closed) => {
            for (const page of pages) page.terminate();
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

const refusalBody = Buffer.from("Refused\n");

const pick = ({ method, url, httpVersion, rawHeaders }: IncomingMessage): Asked => ({
  method,
  url,
  httpVersion,
  rawHeaders,
});

const type = (asked: Asked): string => valuesOf(asked, "content-type").join();

const headersFor = (host: string, nonce: string) => safeHeaders(contentPolicy(nonce, `'self' ws://${host}`));

function reply(
  response: ServerResponse,
  status: number,
  type: string,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(status, { ...headers, "Content-Type": type, "Content-Length": body.length });
  response.end(response.req.method === "HEAD" ? undefined : body);
}

/** The body as JSON, undefined where it is none; its length was judged before. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  try {
    for await (const part of request) parts.push(part as Buffer);
    return JSON.parse(Buffer.concat(parts).toString("utf8"));
  } catch {
    return undefined;
  }
}
