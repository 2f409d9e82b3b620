import { openChannel } from "../../shared/wire/channel.ts";
import type { Frame } from "../../shared/wire/frames.ts";
import { pipePair } from "../../shared/wire/pipe.ts";
import type { App } from "../app.ts";
import { type World, world } from "./world.ts";

/**
 * Follows the app as a page does, over a pipe in memory, until `enough` says so after a frame, `signal` aborts or `patience`
 * ms have passed (null: no matter how long); gives what is known then.
 */
export async function follow(
  app: Pick<App, "serve">,
  signal: AbortSignal,
  enough: (world: World, frame: Frame) => boolean,
  patience: number | null,
): Promise<World> {
  const seen = world();
  const [mine, theirs] = pipePair();
  const over = new AbortController();
  const end = () => over.abort();
  const timer = patience === null ? null : setTimeout(end, patience);
  signal.addEventListener("abort", end, { once: true });
  await new Promise<void>((resolve) => {
    over.signal.addEventListener("abort", () => resolve(), { once: true });
    if (signal.aborted) return end();
    openChannel(mine, {
      onFrame(frame) {
        if (over.signal.aborted) return;
        seen.take(frame);
        if (enough(seen, frame)) end();
      },
      onClosed: end,
    });
    app.serve(theirs);
  });
  if (timer) clearTimeout(timer);
  signal.removeEventListener("abort", end);
  mine.close();
  return seen;
}
