import type { Agent, IncomingHttpHeaders, IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import Dockerode from "dockerode";
import type { Address } from "./address.ts";
import { agentFor } from "./agents.ts";
import { readBody } from "./body.ts";
import { StatusError } from "./failure.ts";

/** What is asked of an engine. An array in the query becomes the same word several times, an object becomes JSON. */
export type Request = {
  readonly method: "GET" | "POST" | "DELETE";
  /** Without the version, ids in it checked: it goes out as it is. */
  readonly path: string;
  readonly query?: object;
  /** Sent as JSON, or streamed as a tar. */
  readonly body?: object | Readable;
};

/** Sockets to one daemon; the paths begin with the version that was agreed on. */
export type Connection = {
  /** Resolves with the head of the answer, its body still to be read. Throws a StatusError where it is not 2xx. */
  send(request: Request, signal: AbortSignal): Promise<IncomingMessage>;
  /** With its body, of `most` bytes. */
  read(
    request: Request,
    most: number,
    signal: AbortSignal,
  ): Promise<{ readonly text: string; readonly headers: IncomingHttpHeaders }>;
  /** Puts the version before every path from now on. */
  speak(version: string): void;
  close(): void;
};

/** What a refusal may say. */
const mostRefusal = 1 << 16;
/** All of them are ours to judge: docker-modem would read an error's body without any cap. */
const everyStatus = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [index + 100, true]));

/** dockerode's dialling, over sockets of our own count; the body is ours to read. */
export function connection(address: Address, sockets: number): Connection {
  const agent = agentFor(address, sockets);
  const options: Dockerode.DockerOptions & { agent: Agent } = { ...target(address), agent };
  const { modem } = withoutDockerHost(() => new Dockerode(options));
  let prefix = "";
  const dial = ({ method, path, query = {}, body }: Request, signal: AbortSignal) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const tar = body instanceof Readable ? body : null;
      modem.dial(
        {
          // docker-modem takes the "?" as the place of the query, and cuts it off where there is none.
          path: `${prefix}${path}?`,
          method,
          options: body === undefined || tar ? { ...query } : { _query: query, _body: body },
          ...(tar ? { file: tar } : {}),
          isStream: true,
          statusCodes: everyStatus,
          abortSignal: signal,
        },
        (error, answer) => (error ? reject(error) : resolve(answer as IncomingMessage)),
      );
    });
  const send = async (request: Request, signal: AbortSignal) => {
    const answer = await dial(request, signal);
    const status = answer.statusCode ?? 0;
    if (status < 200 || status > 299) throw await refusal(answer);
    return answer;
  };
  return {
    send,
    async read(request, most, signal) {
      const answer = await send(request, signal);
      return { text: await readBody(answer, most), headers: answer.headers };
    },
    speak(version) {
      prefix = `/v${version}`;
    },
    close: () => agent.destroy(),
  };
}

/** The daemon's `{"message":"..."}`, or whatever a proxy wrote instead. */
async function refusal(answer: IncomingMessage): Promise<StatusError> {
  const text = await readBody(answer, mostRefusal);
  let message = text.slice(0, 200).trim();
  try {
    const told: unknown = JSON.parse(text);
    if (typeof told === "object" && told !== null && "message" in told) message = String(told.message);
  } catch {
    // no JSON: the text itself is the message
  }
  return new StatusError(answer.statusCode ?? 0, `HTTP ${answer.statusCode}: ${message}`);
}

/** All that names the other end is written out, for docker-modem fills what is missing from DOCKER_HOST. */
const target = (address: Address): Dockerode.DockerOptions =>
  address.via === "socket"
    ? { socketPath: address.path, host: undefined, port: undefined, protocol: "http" }
    : {
        socketPath: undefined,
        host: address.via === "ssh" ? "docker" : address.host,
        port: address.via === "ssh" ? 80 : address.port,
        protocol: address.via === "tcp" && address.tls ? "https" : "http",
      };

/** docker-modem reads DOCKER_HOST and its certificates in its constructor, and throws where they are wrong. */
function withoutDockerHost<Made>(make: () => Made): Made {
  const host = process.env.DOCKER_HOST;
  delete process.env.DOCKER_HOST;
  try {
    return make();
  } finally {
    if (host !== undefined) process.env.DOCKER_HOST = host;
  }
}
