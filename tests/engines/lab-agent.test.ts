import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { agentOn, listensInside } from "../../electron/lab/guest/agent.ts";
import { needs } from "../needs.ts";

needs("agent")("the guest agent", () => {
  let folder: string;
  let agent: ChildProcess;
  let channel: Socket;
  let listener: Server | null = null;
  const start = async (...args: readonly string[]) => {
    const path = join(folder, "agent.sock");
    agent = spawn("qemu-ga", ["-m", "unix-listen", "-p", path, "-t", folder, ...args], { stdio: "ignore" });
    channel = await vi.waitFor(
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket: Socket = connect(path, () => resolve(socket));
          socket.on("error", reject);
        }),
      { timeout: 10_000 },
    );
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tare-agent-"));
  });
  afterEach(async () => {
    channel.destroy();
    listener?.close();
    const ended = once(agent, "exit");
    agent.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true });
  });

  test("answers, also after half a question of somebody else's, and tells when a port is open", async () => {
    await start();
    channel.write('{"execute":"guest-pi');
    channel.write("\n\u00ff");
    const stop = new AbortController();
    const ask = await agentOn(channel, stop.signal);
    expect(await ask("guest-ping", {})).toEqual({});
    const free = createServer();
    listener = free;
    const listening = once(free.listen(0, "127.0.0.1"), "listening");
    await listening;
    const address = free.address();
    const port = typeof address === "object" && address ? address.port : 0;
    await listensInside(ask, port, stop.signal);
    free.close();
    let ready = false;
    const waiting = listensInside(ask, port, stop.signal).then(
      () => {
        ready = true;
      },
      () => undefined,
    );
    // Two looks find nothing: the answers to ten questions have gone by.
    for (let count = 0; count < 10; count++) await vi.waitFor(() => once(channel, "data"));
    expect(ready).toBe(false);
    free.listen(port, "127.0.0.1");
    await waiting;
    expect(ready).toBe(true);
  });

  test("that may not read files says so", async () => {
    await start("-b", "guest-file-open");
    const ask = await agentOn(channel, new AbortController().signal);
    await expect(listensInside(ask, 80, new AbortController().signal)).rejects.toThrow(
      /guest-file-open.*disabled/,
    );
  });

  test("nobody waits for it any longer than is asked for", async () => {
    await start();
    process.kill(agent.pid ?? 0, "SIGSTOP");
    const stop = new AbortController();
    const asking = agentOn(channel, stop.signal);
    stop.abort(new Error("enough"));
    await expect(asking).rejects.toThrow("enough");
  });
});
