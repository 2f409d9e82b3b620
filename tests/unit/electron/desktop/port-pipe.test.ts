import { EventEmitter } from "node:events";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { expect, test, vi } from "vitest";
import { type Port, portPipe } from "../../../../electron/desktop/port-pipe.ts";

/** Electron's MessagePortMain hands an event with the data in it; Node's hands the data. */
function asElectron(port: MessagePort): Port {
  const events = new EventEmitter();
  port.on("close", () => events.emit("close"));
  return Object.assign(events, {
    postMessage: (message: unknown) => port.postMessage(message),
    start: () => void port.on("message", (data) => events.emit("message", { data })),
    close: () => port.close(),
  });
}

function pair() {
  const { port1, port2 } = new MessageChannel();
  return { pipe: portPipe(asElectron(port1)), page: port2 };
}

test("messages go both ways in order; what came before somebody listened is kept", async () => {
  const { pipe, page } = pair();
  const got: number[][] = [];
  const back: number[][] = [];
  page.on("message", (data: Uint8Array) => back.push([...data]));
  page.postMessage(Uint8Array.of(1));
  page.postMessage(Uint8Array.of(2));
  pipe.receive((message) => got.push([...message]));
  pipe.send(Uint8Array.of(3));
  await vi.waitFor(() => expect([got, back]).toEqual([[[1], [2]], [[3]]]));
  pipe.close();
});

test("a close is told once, whichever side it came from, also to who asks late", async () => {
  const { pipe, page } = pair();
  let told = 0;
  pipe.closed(() => told++);
  page.close();
  await vi.waitFor(() => expect(told).toBe(1));
  pipe.close();
  pipe.send(Uint8Array.of(1));
  expect(told).toBe(1);
  pipe.closed(() => told++);
  expect(told).toBe(2);
});

test("what is no bytes ends it, unread", async () => {
  const { pipe, page } = pair();
  const got: unknown[] = [];
  pipe.receive((message) => got.push(message));
  const end = new Promise<void>((resolve) => pipe.closed(resolve));
  page.postMessage({ call: 1 });
  await end;
  expect(got).toEqual([]);
});
