import { vi } from "vitest";
import { type App, type AppOptions, startApp } from "../../electron/app.ts";
import { follow } from "../../electron/cli/follow.ts";
import type { Sample } from "../../shared/figures.ts";
import type { Event } from "../../shared/model/event.ts";
import type { EngineName, Instance } from "../../shared/model/instance.ts";
import type { EngineStatus } from "../../shared/model/status.ts";
import type { Frame } from "../../shared/wire/frames.ts";

/** The whole app, followed over a pipe in memory as a page follows it. */
export type Followed = {
  readonly app: App;
  readonly frames: readonly Frame[];
  readonly events: readonly Event[];
  instances(): readonly { readonly instance: Instance; readonly sample: Sample | null }[];
  named(prefix: string): readonly { readonly instance: Instance; readonly sample: Sample | null }[];
  engine(name: EngineName): EngineStatus | undefined;
  /** What an instance weighed in each frame that told it, with the frame's time. */
  samplesOf(id: string): readonly { readonly at: number; readonly sample: Sample }[];
  until(check: () => void, most?: number): Promise<void>;
  close(): Promise<void>;
};

/** Starts the app in this process. `environment` holds until it is closed: the engines look there for their sockets. */
export async function followApp(
  options: Partial<AppOptions> = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<Followed> {
  const before = { ...process.env };
  Object.assign(process.env, environment);
  const app = await startApp({
    version: "0",
    replay: null,
    sample: null,
    services: false,
    dataDirectory: null,
    ...options,
  });
  const stop = new AbortController();
  const frames: Frame[] = [];
  const events: Event[] = [];
  let seen: Pick<Followed, "instances"> & { engines(): readonly EngineStatus[] } = {
    instances: () => [],
    engines: () => [],
  };
  const slots = new Map<string, number>();
  const over = follow(
    app,
    stop.signal,
    (world, frame) => {
      seen = world;
      for (const { id, slot } of frame.came) slots.set(id, slot);
      frames.push(frame);
      events.push(...frame.events);
      return false;
    },
    null,
  );
  return {
    app,
    frames,
    events,
    instances: () => seen.instances(),
    named: (prefix) => seen.instances().filter(({ instance }) => instance.name.startsWith(prefix)),
    engine: (name) => seen.engines().find(({ engine }) => engine === name),
    samplesOf: (id) =>
      frames.flatMap(({ at, rows }) => {
        const sample = rows.get(slots.get(id) ?? -1);
        return sample ? [{ at, sample }] : [];
      }),
    until: (check, most = 20_000) => vi.waitFor(check, { timeout: most, interval: 50 }),
    async close() {
      stop.abort();
      await over;
      await app.stop();
      for (const name of Object.keys(environment)) {
        const value = before[name];
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    },
  };
}
