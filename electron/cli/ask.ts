import type { CallName, Reply, Request } from "../../shared/wire/calls.ts";
import { openChannel } from "../../shared/wire/channel.ts";
import { pipePair } from "../../shared/wire/pipe.ts";
import type { App } from "../app.ts";

/** Asks the app what a page may ask, over a pipe in memory. Rejects with a CallFailure. */
export async function ask<Name extends CallName>(
  app: Pick<App, "serve">,
  name: Name,
  request: Request<Name>,
): Promise<Reply<Name>> {
  const [mine, theirs] = pipePair();
  const channel = openChannel(mine, { onFrame: () => undefined, onClosed: () => undefined });
  app.serve(theirs);
  try {
    return await channel.call(name, request);
  } finally {
    channel.close();
  }
}
