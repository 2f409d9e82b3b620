import { connect, type Socket } from "node:net";
import { listen, type Server, type ServerOptions } from "../../../../electron/web/server.ts";
import { type Sessions, sessions } from "../../../../electron/web/session.ts";

/** What a raw request got: everything until the other side closed, and how long that took. */
export type Got = {
  readonly text: string;
  readonly status: number;
  readonly body: string;
  readonly ms: number;
};

/** Writes bytes to the port and reads until the end; the deadline ends it too, with what came by then. */
export function raw(port: number, bytes: string | Buffer, deadline = 2_000): Promise<Got> {
  return new Promise((resolve) => {
    const start = performance.now();
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    const done = () => {
      socket.destroy();
      clearTimeout(timer);
      const [head = "", ...rest] = text.split("\r\n\r\n");
      const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1] ?? 0);
      resolve({ text, status, body: rest.join("\r\n\r\n"), ms: performance.now() - start });
    };
    const timer = setTimeout(done, deadline);
    socket.on("data", (data: Buffer) => {
      text += data.toString("latin1");
    });
    socket.on("end", done);
    socket.on("close", done);
    socket.on("error", done);
  });
}

/** Opens a socket and keeps it; the caller ends it. */
export const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket));
    socket.once("error", reject);
  });

export const page = new Map([
  [
    "/",
    { type: "text/html; charset=utf-8", body: Buffer.from('<meta property="csp-nonce" nonce="CSP_NONCE">') },
  ],
  ["/assets/main.js", { type: "text/javascript; charset=utf-8", body: Buffer.from("export {}") }],
]);

export type Opened = {
  readonly server: Server;
  readonly sessions: Sessions;
  readonly host: string;
  readonly rules: string[];
};

/** A door on a free port with the page above; what is served and how is the test's. */
export async function openDoor(options: Partial<ServerOptions> = {}): Promise<Opened> {
  const entry = options.sessions ?? sessions(() => performance.now());
  const rules: string[] = [];
  const server = await listen({
    page,
    sessions: entry,
    port: 0,
    origin: null,
    serve: () => undefined,
    refused: (rule) => rules.push(rule),
    ...options,
  });
  return { server, sessions: entry, host: `127.0.0.1:${server.port}`, rules };
}

/** Head and body of a login, as the page sends it. */
export const login = (host: string, token: string, extra = ""): string => {
  const body = JSON.stringify({ token });
  return (
    `POST /session HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://${host}\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${body.length}\r\n${extra}Connection: close\r\n\r\n${body}`
  );
};

/** Cookie (as `name=value`) and key out of the answer to a login. */
export function secrets({ text, body }: Got): { readonly cookie: string; readonly key: string } {
  const [, cookie = ""] = /^Set-Cookie: ([^;]+);/im.exec(text) ?? [];
  return { cookie, key: (JSON.parse(body) as { key: string }).key };
}
