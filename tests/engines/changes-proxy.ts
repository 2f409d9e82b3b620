import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A wire to the machine's Docker with a hand on it: `onUpdate` is called when a request to update a container has been
 * answered, before its reply goes on. "drop" cuts the wire, "hold" keeps the reply back for ever.
 */
export async function dockerProxy(onUpdate: () => "pass" | "drop" | "hold") {
  const folder = mkdtempSync(join(tmpdir(), "tare-changes-proxy-"));
  const path = join(folder, "docker.sock");
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const engine = connect("/var/run/docker.sock");
    let updating = false;
    for (const socket of [client, engine]) {
      open.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        open.delete(socket);
        client.destroy();
        engine.destroy();
      });
    }
    client.on("data", (chunk) => {
      updating ||= /^POST \S+\/update/.test(chunk.toString("latin1"));
      engine.write(chunk);
    });
    engine.on("data", (chunk) => {
      const what = updating ? onUpdate() : "pass";
      updating = false;
      if (what === "drop") client.destroy();
      if (what === "pass") client.write(chunk);
    });
  });
  server.listen(path);
  await once(server, "listening");
  return {
    host: `unix://${path}`,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
