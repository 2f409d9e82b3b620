import { rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import type { Millis } from "../../shared/model/units.ts";
import { type ControlPlace, ensureFolder, isSocketThere } from "./control-place.ts";

/** What is asked for: a new address. Asking is what makes one, not connecting: whoever only looks takes none away. */
export const question = "link\n";
/** An asker has so long, and there may be so many at once. */
const patience: Millis = 2_000;
const most = 8;

/**
 * Listens for this user's other terminals (`tare link`) until `signal` aborts, and answers each with a new address. The folder
 * and the socket are this user's alone, which is all that guards them. What a Tare left behind that is no more is put away;
 * where another one runs it is left alone. Throws PlaceUnsafe, and what the system says.
 */
export async function listenForLinks(
  place: ControlPlace,
  newAddress: () => string,
  signal: AbortSignal,
): Promise<void> {
  ensureFolder(place);
  if (isSocketThere(place)) {
    if (await answers(place.socket)) return;
    rmSync(place.socket, { force: true });
  }
  if (signal.aborted) return;
  const server = createServer((socket) => serve(socket, newAddress));
  server.maxConnections = most;
  await new Promise<void>((resolve, reject) => {
    // Also later, when no further connection can be taken: that one then gets none.
    server.on("error", reject);
    // The socket is made within the call, with the mode that is asked for: there is no moment in which others may use it.
    const before = process.umask(0o177);
    try {
      server.listen(place.socket, resolve);
    } finally {
      process.umask(before);
    }
  });
  // Who listens here keeps nothing going; closing takes the socket away.
  server.unref();
  signal.addEventListener("abort", () => server.close(), { once: true });
  if (signal.aborted) server.close();
}

function serve(socket: Socket, newAddress: () => string): void {
  let asked = "";
  socket.setTimeout(patience, () => socket.destroy());
  socket.on("error", () => socket.destroy());
  socket.unref();
  socket.setEncoding("latin1").on("data", (text: string) => {
    asked += text;
    if (asked === question) socket.end(`${newAddress()}\n`);
    else if (!question.startsWith(asked)) socket.destroy();
  });
}

/** Whether somebody listens: a socket that a kill left behind refuses. */
const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    const done = (there: boolean) => {
      socket.destroy();
      resolve(there);
    };
    socket.once("connect", () => done(true));
    socket.once("error", ({ code }: NodeJS.ErrnoException) =>
      done(code !== "ECONNREFUSED" && code !== "ENOENT"),
    );
  });
