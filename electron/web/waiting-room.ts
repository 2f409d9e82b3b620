import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";

/** Connections that are no page's feed. 64 may be open in all (maxConnections), 8 of them feeds. */
const most = 48;

/**
 * Holds the door open while somebody opens sockets and says nothing, or talks slowly: the one that asked for something
 * the longest ago makes room for the next. Without it 64 slow sockets would keep everyone else out for the seconds that
 * a header or a body may take.
 */
export function keepRoom(server: Server): void {
  const waiting = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    waiting.add(socket);
    socket.once("close", () => waiting.delete(socket));
    if (waiting.size <= most) return;
    const [longest] = waiting;
    longest?.destroy();
  });
  server.on("request", ({ socket }: IncomingMessage) => {
    if (waiting.delete(socket)) waiting.add(socket);
  });
  server.on("upgrade", ({ socket }: IncomingMessage) => waiting.delete(socket));
}
