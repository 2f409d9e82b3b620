import WebSocket from "ws";
import { openChannel } from "../../../shared/wire/channel.ts";
import type { Frame } from "../../../shared/wire/frames.ts";
import type { Pipe } from "../../../shared/wire/pipe.ts";
import { login, raw, secrets } from "../../unit/electron/web/raw.ts";

export type Entry = { readonly host: string; readonly cookie: string; readonly key: string };

/** Changes the address with its token for a cookie and a key, as the page does. */
export async function enter(port: number, token: string): Promise<Entry> {
  const host = `127.0.0.1:${port}`;
  return { host, ...secrets(await raw(port, login(host, token))) };
}

/** A socket as the page opens it; it has said hello when it is open. */
export function socket({ host, cookie, key }: Entry): WebSocket {
  const one = new WebSocket(`ws://${host}/feed`, ["tare.v1", `key.${key}`], {
    headers: { Origin: `http://${host}`, Cookie: cookie },
    perMessageDeflate: false,
  });
  one.on("error", () => undefined);
  one.once("open", () => one.send(new Uint8Array()));
  return one;
}

/** A whole page without a browser: our own client code over a socket, acknowledging what comes. */
export function reader(entry: Entry, onFrame: (frame: Frame) => void): WebSocket {
  const one = socket(entry);
  const pipe: Pipe = {
    send: (message) => one.send(message),
    receive: (listener) => one.on("message", (data: Buffer) => data.length > 0 && listener(data)),
    closed: (listener) => one.once("close", listener),
    close: () => one.close(),
  };
  openChannel(pipe, { onFrame, onClosed: () => undefined });
  return one;
}
