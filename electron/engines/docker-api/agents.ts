import { Agent, type AgentOptions, type ClientRequest, type IncomingMessage } from "node:http";
import { Agent as SecureAgent } from "node:https";
import { inspect } from "node:util";
import type { Address } from "./address.ts";
import { openTunnel } from "./tunnel.ts";

declare module "node:http" {
  interface Agent {
    /** Node's own door for each request of an agent (lib/_http_agent.js); not in the types. */
    addRequest(request: ClientRequest, options: object): void;
  }
}

/** Connections to one address, `most` at a time; further requests wait. */
export function agentFor(address: Address, most: number): Agent {
  const options: AgentOptions = { keepAlive: true, maxSockets: most, maxFreeSockets: most };
  if (address.via === "ssh") {
    const agent = new Agent(options);
    agent.createConnection = () => openTunnel(address);
    return withoutRedirects(agent);
  }
  const tls = address.via === "tcp" ? address.tls : null;
  return withoutRedirects(tls ? new SecureAgent({ ...options, ...tls }) : new Agent(options));
}

/**
 * docker-modem follows a 3xx to any host (lib/http.js), on a request that nobody listens to: an engine could send us
 * anywhere, and one to a closed port ends the process with an uncaught error. Without its `location` it is an answer.
 */
function withoutRedirects(agent: Agent): Agent {
  // docker-modem renders each request's options for a debug line that nobody reads (lib/modem.js: util.inspect to any
  // depth), the agent with all its sockets among them: milliseconds a call. Ours is told by its name.
  Object.assign(agent, { [inspect.custom]: () => "Agent" });
  const add = agent.addRequest.bind(agent);
  agent.addRequest = (request, options) => {
    request.prependListener("response", (response: IncomingMessage) => {
      delete response.headers.location;
    });
    add(request, options);
  };
  return agent;
}
