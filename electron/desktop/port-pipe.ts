import type { Pipe } from "../../shared/wire/pipe.ts";

/** The least that a port must have: Electron's MessagePortMain has it. */
export type Port = {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: "close", listener: () => void): unknown;
  start(): void;
  close(): void;
};

/** A MessagePort as a Pipe. Messages wait in the port until somebody receives; what is no bytes ends it. */
export function portPipe(port: Port): Pipe {
  let open = true;
  let onClosed: (() => void) | null = null;
  const shut = () => {
    if (!open) return;
    open = false;
    onClosed?.();
  };
  const close = () => {
    if (open) port.close();
    shut();
  };
  port.on("close", shut);
  return {
    send(message) {
      if (open) port.postMessage(message);
    },
    receive(listener) {
      port.on("message", ({ data }) => {
        if (!open) return;
        if (data instanceof Uint8Array) listener(data);
        else close();
      });
      port.start();
    },
    closed(listener) {
      onClosed = listener;
      if (!open) listener();
    },
    close,
  };
}
