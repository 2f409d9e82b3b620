import { onTestFinished } from "vitest";
import { docker } from "../../../../../electron/engines/docker/docker.ts";
import type { DockerApiOptions } from "../../../../../electron/engines/docker-api/engine.ts";
import type { Engine, News } from "../../../../../electron/engines/engine.ts";
import type { Claim } from "../../../../../shared/model/instance.ts";

/** An engine under watch: all it told, how it ended, and waiting for a piece of news. */
export function watching(engine: Engine) {
  const news: News[] = [];
  const stop = new AbortController();
  let failure: unknown = null;
  let ended = false;
  let woken: () => void = () => undefined;
  const run = engine
    .watch((one) => {
      news.push(one);
      woken();
    }, stop.signal)
    .catch((error) => {
      failure = error;
    })
    .finally(() => {
      ended = true;
      woken();
    });
  return {
    news,
    failure: () => failure,
    ended: run,
    /** The first piece of news, from `from` on, of which `pick` makes something; throws when it does not come in time. */
    async until<Value>(
      pick: (news: News) => Value | null | undefined | false,
      most = 4_000,
      from = 0,
    ): Promise<Value> {
      const deadline = performance.now() + most;
      for (let index = from; ; ) {
        for (; index < news.length; index++) {
          const one = news[index];
          const value = one === undefined ? null : pick(one);
          if (value) return value;
        }
        const left = deadline - performance.now();
        if (ended || left <= 0)
          throw new Error(
            `${ended ? `ended: ${String(failure)} (${String((failure as Error)?.cause)})` : "not told"}; heard ${JSON.stringify(news).slice(-2_000)}`,
          );
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          woken = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
    async stop() {
      stop.abort();
      await run;
    },
  };
}

export const all = (news: News) => "all" in news && news.all;
export const came =
  (name: string, more: (claim: Claim) => boolean = () => true) =>
  (news: News) =>
    "came" in news && news.came.name === name && more(news.came) && news.came;
/** Told alone or in a list. */
export const known = (is: (claim: Claim) => boolean) => (news: News) =>
  "came" in news ? is(news.came) && news.came : "all" in news && news.all.find(is);
export const event = (kind: string) => (news: News) =>
  "event" in news && news.event.kind === kind && news.event;

/** Docker at one address, watched until the test ends. */
export function watchHost(host: string, options: DockerApiOptions = {}) {
  const watched = watching(docker({ surroundings: { environment: { DOCKER_HOST: host } }, ...options }));
  onTestFinished(watched.stop);
  return watched;
}
export const watchStub = (stub: { readonly socket: string }, pace = {}) =>
  watchHost(`unix://${stub.socket}`, { pace });
/** Why it can't be watched. */
export async function failureAt(host: string): Promise<unknown> {
  const watched = watchHost(host);
  await watched.ended;
  return watched.failure();
}
