import type { WebSocket } from "ws";
import type { Millis } from "../../shared/model/units.ts";
import type { Pipe } from "../../shared/wire/pipe.ts";

/** What a socket may cost. Tests shorten the times. */
export type SocketLimits = {
  /** The page must say hello (an empty message) so soon, or was none of ours. */
  readonly hello: Millis;
  readonly ping: Millis;
  /** Over this much unsent, nothing more is read from it: who doesn't listen gets no answers either. */
  readonly unsent: number;
  /** ... for so long, and it is closed. */
  readonly deaf: Millis;
  /** Unsent bytes at which it is closed at once. */
  readonly most: number;
};

export const socketLimits: SocketLimits = {
  hello: 5_000,
  ping: 15_000,
  unsent: 1 << 20,
  deaf: 10_000,
  most: 8 << 20,
};

/** Pings a second that a client may send: a browser sends none. */
const mostPings = 10;
/** Codes of RFC 6455 7.4.1. */
const codes = { unsupported: 1003, policy: 1008 } as const;

/**
 * A WebSocket as a Pipe, handed to `begin` when the page has said hello. The hello is an empty message each way, so that
 * a page knows that it is served, not just connected. Nothing is dropped here, since a pipe is whole and in order:
 * a slow page gets fewer frames by its acknowledgements (wire/channel.ts), and one that reads nothing is closed.
 */
export function socketPipe(
  socket: WebSocket,
  begin: (pipe: Pipe) => void,
  limits: SocketLimits = socketLimits,
): void {
  let listener: ((message: Uint8Array) => void) | null = null;
  let onClosed: (() => void) | null = null;
  let greeted = false;
  let over = false;
  let unanswered = 0;
  let pings = 0;
  let deaf: NodeJS.Timeout | null = null;
  const kept: Uint8Array[] = [];

  const end = (code?: number) => {
    if (over) return;
    over = true;
    socket.close(code);
    // Who doesn't answer the close is not waited for.
    setTimeout(() => socket.terminate(), 1_000).unref();
  };
  const hello = setTimeout(() => socket.terminate(), limits.hello);
  const heart = setInterval(() => {
    pings = 0;
    if (unanswered >= 2) return socket.terminate();
    unanswered++;
    socket.ping();
  }, limits.ping);

  const watch = () => {
    if (socket.bufferedAmount > limits.most) return socket.terminate();
    if (socket.bufferedAmount > limits.unsent) {
      if (deaf) return;
      socket.pause();
      deaf = setTimeout(() => socket.terminate(), limits.deaf);
    } else if (deaf) {
      clearTimeout(deaf);
      deaf = null;
      socket.resume();
    }
  };

  const pipe: Pipe = {
    send(message) {
      if (over || socket.readyState !== socket.OPEN) return;
      socket.send(message, watch);
      watch();
    },
    receive(next) {
      listener = next;
      for (const message of kept.splice(0)) next(message);
    },
    closed(next) {
      onClosed = next;
      if (socket.readyState === socket.CLOSED) next();
    },
    close: end,
  };

  socket.on("message", (data: Buffer, binary: boolean) => {
    if (over) return;
    if (!binary) return end(codes.unsupported);
    if (!greeted) {
      if (data.length > 0) return end(codes.policy);
      greeted = true;
      clearTimeout(hello);
      pipe.send(new Uint8Array());
      return begin(pipe);
    }
    if (listener) listener(data);
    else kept.push(data);
  });
  socket.on("pong", () => {
    unanswered = 0;
  });
  socket.on("ping", () => {
    if (++pings > mostPings * (limits.ping / 1000)) end(codes.policy);
  });
  // ws ends the connection itself after an error (a frame over maxPayload, a compressed one); only the throw is ours.
  socket.on("error", () => undefined);
  socket.on("close", () => {
    over = true;
    clearTimeout(hello);
    clearInterval(heart);
    if (deaf) clearTimeout(deaf);
    onClosed?.();
  });
}
