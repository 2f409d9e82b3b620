import type { Millis } from "../../../shared/model/units.ts";
import type { Address } from "./address.ts";
import { GarbledError, parseJson, readLines } from "./body.ts";
import { type Connection, connection } from "./connection.ts";
import { within } from "./deadline.ts";
import { StatusError } from "./failure.ts";

/** Who answers a ping. */
export type Greeting = {
  /** Newest version of the API that it speaks; null: it does not say. */
  readonly version: string | null;
  readonly podman: boolean;
};

/**
 * The calls to one daemon that Tare makes, all of them reading. Each ends by our own timer or by its signal, and reads
 * no more than its cap. What comes back is foreign JSON: inspect.ts and its neighbours make sense of it.
 */
export type Client = {
  ping(signal: AbortSignal, deadline?: Millis): Promise<Greeting>;
  /** Puts the version before every path from now on. */
  speak(version: string): void;
  info(signal: AbortSignal): Promise<unknown>;
  /** Every container, running or not. */
  list(signal: AbortSignal): Promise<unknown>;
  /** Null: no such container (any more). */
  inspect(id: string, signal: AbortSignal): Promise<unknown>;
  image(id: string, signal: AbortSignal): Promise<unknown>;
  stats(id: string, signal: AbortSignal): Promise<unknown>;
  /**
   * Lines of the event stream, from `since` (seconds since the epoch) or from now. Resolves when the daemon has taken
   * the subscription. A null line was too long and is lost.
   */
  events(
    since: number | null,
    actions: readonly string[] | null,
    signal: AbortSignal,
  ): Promise<AsyncIterable<string | null>>;
  close(): void;
};

/** Every call's own time. 4 s for an answer is slow, not silent: the supervisor tells that apart. */
const patience: Millis = 8_000;
const caps = { word: 1 << 16, one: 8 << 20, all: 8 << 20, line: 1 << 20 } as const;
/** Sockets: 1 for events, 1 for what must never wait behind an inspect, 2 for inspects; 4 more in docker-stats. */
const lanes = { stream: 1, pulse: 1, bulk: 2 } as const;

const container = /^[0-9a-f]{64}$/;
const image = /^sha256:[0-9a-f]{64}$/;

export function openClient(address: Address, bulk: number = lanes.bulk): Client {
  const stream = connection(address, lanes.stream);
  const pulse = connection(address, lanes.pulse);
  const many = connection(address, bulk);
  const json = async (
    line: Connection,
    path: string,
    most: number,
    signal: AbortSignal,
    query = {},
    deadline = patience,
  ) => {
    const { text } = await within(deadline, signal, (own) =>
      line.read({ method: "GET", path, query }, most, own),
    );
    return parseJson(text);
  };
  const one = async (path: string, signal: AbortSignal, query = {}) => {
    try {
      return await json(many, path, caps.one, signal, query);
    } catch (error) {
      if (error instanceof StatusError && error.status === 404) return null;
      throw error;
    }
  };
  return {
    async ping(signal, deadline = patience) {
      const { text, headers } = await within(deadline, signal, (own) =>
        pulse.read({ method: "GET", path: "/_ping" }, caps.word, own),
      );
      if (text.trim() !== "OK") throw new GarbledError(`not an engine: ${text.slice(0, 80)}`);
      const version = headers["api-version"];
      return {
        version: typeof version === "string" ? version : null,
        podman: "libpod-api-version" in headers,
      };
    },
    speak(version) {
      for (const line of [stream, pulse, many]) line.speak(version);
    },
    info: (signal) => json(pulse, "/info", caps.one, signal),
    list: (signal) => json(pulse, "/containers/json", caps.all, signal, { all: 1 }),
    inspect: async (id, signal) => one(`/containers/${checked(id, container)}/json`, signal),
    image: async (id, signal) => one(`/images/${checked(id, image)}/json`, signal),
    stats: async (id, signal) =>
      one(`/containers/${checked(id, container)}/stats`, signal, { stream: false, "one-shot": true }),
    async events(since, actions, signal) {
      const filters = { type: ["container"], ...(actions && { event: actions }) };
      const query = { filters, ...(since !== null && { since }) };
      return readLines(await stream.send({ method: "GET", path: "/events", query }, signal), caps.line);
    },
    close() {
      for (const line of [stream, pulse, many]) line.close();
    },
  };
}

/** Ids are foreign text until here, and dockerode puts them into the path as they are. */
function checked(id: string, form: RegExp): string {
  if (!form.test(id)) throw new GarbledError(`not an id: ${id.slice(0, 80)}`);
  return id;
}
