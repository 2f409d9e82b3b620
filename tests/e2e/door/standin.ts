import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { Pipe } from "../../../shared/wire/pipe.ts";
import { top } from "../../built.ts";

export type Standin = {
  /** Resolves when main has said that its window is there. */
  readonly ready: Promise<void>;
  readonly exit: Promise<number | null>;
  /** One of the names of tests/standin/remote.mjs. */
  ask<Answer = unknown>(name: string, value?: unknown): Promise<Answer>;
  /** What the page's port brings and takes. */
  readonly port: Pipe;
  end(): Promise<void>;
};

/** Runs the built main bundle under the stand-in for Electron's binary, with a hand inside. */
export function standin(mode = "", ...args: readonly string[]): Standin {
  const child = spawn(process.execPath, [join(top, "tests/standin/electron"), top, ...args], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    serialization: "advanced",
    env: { ...process.env, STANDIN: mode },
  });
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const asked = new Map<number, { resolve(value: unknown): void; reject(reason: unknown): void }>();
  let next = 1;
  const port = relay(child);
  const ready = new Promise<void>((resolve, reject) => {
    child.on("message", (message: Message) => {
      if (message === "ready") return resolve();
      if ("port" in message) return port.take(message.port);
      const call = asked.get(message.number);
      if (message.error) call?.reject(new Error(message.error));
      else call?.resolve(message.result);
    });
    void exit.then((code) => reject(new Error(`the stand-in ended with ${code}`)));
  });
  ready.catch(() => undefined);
  return {
    ready,
    exit,
    ask: <Answer>(name: string, value?: unknown) =>
      new Promise<Answer>((resolve, reject) => {
        const number = next++;
        asked.set(number, { resolve: (result) => resolve(result as Answer), reject });
        child.send({ number, name, value });
      }),
    port: port.pipe,
    async end() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      await exit;
    },
  };
}

type Message =
  | "ready"
  | { readonly port: Uint8Array | null }
  | { readonly number: number; readonly result?: unknown; readonly error?: string };

function relay(child: ChildProcess) {
  let listener: (message: Uint8Array) => void = () => undefined;
  let onClosed: () => void = () => undefined;
  const pipe: Pipe = {
    send: (value) => child.send({ number: 0, name: "send", value }),
    receive(next) {
      listener = next;
    },
    closed(next) {
      onClosed = next;
    },
    close: () => undefined,
  };
  const take = (data: Uint8Array | null) => (data === null ? onClosed() : listener(data));
  return { pipe, take };
}
