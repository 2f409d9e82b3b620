/** What a door brings: messages in both directions, in order, whole. Nothing else is known of the carrier. */
export type Pipe = {
  send(message: Uint8Array): void;
  /** One listener; messages that came before it was set are kept for it. */
  receive(listener: (message: Uint8Array) => void): void;
  /** Called once, when either side closed. */
  closed(listener: () => void): void;
  close(): void;
};

/** Two ends of an in-memory pipe: for the terminal, and for tests. Delivery is a microtask later, as real carriers are. */
export function pipePair(): readonly [Pipe, Pipe] {
  const [left, right] = [end(), end()];
  left.peer = right;
  right.peer = left;
  return [left.pipe, right.pipe];
}

type End = {
  readonly pipe: Pipe;
  peer: End | null;
  take(message: Uint8Array): void;
  shut(): void;
};

function end(): End {
  let listener: ((message: Uint8Array) => void) | null = null;
  let onClosed: (() => void) | null = null;
  let open = true;
  /** Came before there was a listener. */
  const kept: Uint8Array[] = [];
  /** Sent, and not yet at the other end. */
  const underWay: Uint8Array[] = [];
  const deliver = () => {
    for (const message of underWay.splice(0)) self.peer?.take(message);
  };
  const self: End = {
    peer: null,
    take(message) {
      if (!open) return;
      if (listener) listener(message);
      else kept.push(message);
    },
    shut() {
      if (!open) return;
      open = false;
      onClosed?.();
    },
    pipe: {
      send(message) {
        if (!open) return;
        underWay.push(message);
        void Promise.resolve().then(deliver);
      },
      receive(next) {
        listener = next;
        for (const message of kept.splice(0)) next(message);
      },
      closed(next) {
        onClosed = next;
        if (!open) next();
      },
      close() {
        // As a socket does: what was sent before arrives, then the end.
        deliver();
        self.shut();
        self.peer?.shut();
      },
    },
  };
  return self;
}
