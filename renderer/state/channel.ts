import type { CallName, Reply, Request } from "../../shared/wire/calls.ts";
import type { Channel } from "../../shared/wire/channel.ts";

let open: Channel | null = null;

/** Asks the machine's side. Rejects when there is no connection, when it is lost meanwhile, or when it refuses. */
export function call<Name extends CallName>(name: Name, request: Request<Name>): Promise<Reply<Name>> {
  return open ? open.call(name, request) : Promise.reject(new Error("no connection"));
}

/** Only for intake.ts: the one open channel, or null between two. */
export const use = (channel: Channel | null): void => {
  open = channel;
};
