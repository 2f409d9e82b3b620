import type { Pipe } from "../shared/wire/pipe.ts";

/**
 * closed: connected, but closed before it was served (too many pages are open) · unauthorised: the link was used or is
 * too old, or this page has no key · unreachable: nobody answers at this address.
 */
export type ConnectCode = "closed" | "unauthorised" | "unreachable";

export class ConnectFailure extends Error {
  readonly code: ConnectCode;
  constructor(code: ConnectCode) {
    super(code);
    this.code = code;
  }
}

/** Bound to the origin, port included; gone with the tab. */
const keyAt = "tare.key";
const linkForm = /^#t=([A-Za-z0-9_-]{43})$/;

/** The door that Electron's preload opens. */
type Bridge = { connect(): void };
const bridge = (): Bridge | undefined => (window as { tare?: Bridge }).tare;

/** A pipe to the machine, by the door this page came through. Rejects with a ConnectFailure; call again to try again. */
export const connect = (): Promise<Pipe> => {
  const door = bridge();
  return door ? throughPort(door) : throughSocket();
};

function throughPort(door: Bridge): Promise<Pipe> {
  return new Promise((resolve) => {
    const take = (event: MessageEvent) => {
      const [port] = event.ports;
      if (event.source !== window || event.origin !== location.origin || event.data !== "tare" || !port)
        return;
      removeEventListener("message", take);
      resolve(portPipe(port));
    };
    addEventListener("message", take);
    door.connect();
  });
}

function portPipe(port: MessagePort): Pipe {
  const end = listeners();
  port.addEventListener("close", end.shut);
  port.addEventListener("message", ({ data }) => data instanceof Uint8Array && end.take(data));
  port.start();
  return {
    send: (message) => port.postMessage(message),
    receive: end.receive,
    closed: end.closed,
    close() {
      port.close();
      end.shut();
    },
  };
}

async function throughSocket(): Promise<Pipe> {
  const key = (await redeem()) ?? sessionStorage.getItem(keyAt);
  if (!key) throw new ConnectFailure("unauthorised");
  return await openSocket(key);
}

/** The token of the link this page was opened with, until it is answered: nobody may have been there to ask. */
let token: string | null = null;

/** Changes the token for a key; null where there is none, or it is good no more. */
async function redeem(): Promise<string | null> {
  const [, fromLink] = linkForm.exec(location.hash) ?? [];
  if (fromLink) {
    token = fromLink;
    // Out of the address at once: neither history nor a copied address shall hold it.
    history.replaceState(null, "", location.pathname);
  }
  if (!token) return null;
  const answer = await ask("session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token }),
  });
  token = null;
  if (!answer.ok) return null;
  const { key } = (await answer.json()) as { key: string };
  sessionStorage.setItem(keyAt, key);
  return key;
}

function openSocket(key: string): Promise<Pipe> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${location.host}/feed`, ["tare.v1", `key.${key}`]);
    socket.binaryType = "arraybuffer";
    const end = listeners();
    let opened = false;
    let served = false;
    socket.addEventListener("open", () => {
      opened = true;
      // The hello; the machine answers it with the same, and from then on every message is the channel's.
      socket.send(new Uint8Array());
    });
    socket.addEventListener("message", ({ data }: MessageEvent<ArrayBuffer>) => {
      if (served) return end.take(new Uint8Array(data));
      served = true;
      resolve({
        send: (message) =>
          socket.readyState === WebSocket.OPEN && socket.send(message as Uint8Array<ArrayBuffer>),
        receive: end.receive,
        closed: end.closed,
        close: () => socket.close(),
      });
    });
    socket.addEventListener("close", () => {
      end.shut();
      if (served) return;
      if (opened) return reject(new ConnectFailure("closed"));
      // A browser doesn't tell a page why an upgrade failed; whether anybody is there can be asked.
      ask("./", { method: "HEAD" }).then(
        () => reject(new ConnectFailure("unauthorised")),
        (failure) => reject(failure),
      );
    });
  });
}

async function ask(path: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...options, cache: "no-store", credentials: "same-origin" });
  } catch {
    throw new ConnectFailure("unreachable");
  }
}

/** The receiving half of a pipe: what came before somebody listened is kept, and a close is told once. */
function listeners() {
  let listener: ((message: Uint8Array) => void) | null = null;
  let onClosed: (() => void) | null = null;
  let open = true;
  const kept: Uint8Array[] = [];
  return {
    take(message: Uint8Array) {
      if (listener) listener(message);
      else kept.push(message);
    },
    shut() {
      if (open) onClosed?.();
      open = false;
    },
    receive(next: (message: Uint8Array) => void) {
      listener = next;
      for (const message of kept.splice(0)) next(message);
    },
    closed(next: () => void) {
      onClosed = next;
      if (!open) next();
    },
  };
}

// A new link pasted into the address of an open page changes the fragment only, and loads nothing by itself.
addEventListener("hashchange", () => {
  if (linkForm.test(location.hash)) location.reload();
});
