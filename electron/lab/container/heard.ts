/** What a workload has printed, while it goes on. */
export type Heard = {
  /** The last lines, oldest first. */
  readonly tail: readonly string[];
  /** Lines since this was asked last. */
  fresh(): readonly string[];
  /** Nothing more will come: it has ended, or the daemon has. */
  readonly ended: boolean;
  /** Resolves when it is. */
  readonly end: Promise<void>;
};

/** Lines that are told of a failed trial. */
const told = 40;
/** Lines that may wait to be looked through. A probe looks each ms; a flood beyond this loses its oldest. */
const waiting = 20_000;

/** Listens until the stream ends. It never rejects: how a stream ends says nothing about the workload. */
export function hear(lines: AsyncIterable<string>): Heard {
  let tail: string[] = [];
  let fresh: string[] = [];
  let ended = false;
  const listen = async () => {
    try {
      for await (const line of lines) {
        tail.push(line);
        if (tail.length > 2 * told) tail = tail.slice(-told);
        fresh.push(line);
        if (fresh.length > waiting) fresh = fresh.slice(-waiting / 2);
      }
    } catch {
      // cut off: what was heard is all there is
    }
    ended = true;
  };
  const end = listen();
  return {
    get tail() {
      return tail.slice(-told);
    },
    fresh() {
      const lines = fresh;
      fresh = [];
      return lines;
    },
    get ended() {
      return ended;
    },
    end,
  };
}
