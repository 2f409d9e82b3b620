import { useEffect } from "react";
import type { Millis } from "../../../shared/model/units.ts";
import { call } from "../../state/channel.ts";
import { lookAtRaces } from "../../state/races.ts";
import { useWorld } from "../../state/world.ts";
import { isOn, onWake, takeNews, useLab } from "./lab-store.ts";

/** How often what is missing is looked for again, and whether another page has begun a race. */
const again: Millis = 5_000;

/**
 * Keeps the lab's state up to date while this screen is shown: parts and images at first and while any is missing, the
 * news of a race as it comes. A recording has no parts; its races are asked for once.
 */
export function useLabWatch(): void {
  const live = useWorld(({ connection }) => connection === "live");
  const recording = useWorld(({ replay }) => replay?.name ?? null);
  useEffect(() => {
    if (!live) return;
    const stop = new AbortController();
    const pause = () =>
      new Promise<void>((resolve) => {
        const done = () => {
          window.clearTimeout(timer);
          stop.signal.removeEventListener("abort", done);
          onWake(null);
          resolve();
        };
        const timer = window.setTimeout(done, again);
        stop.signal.addEventListener("abort", done);
        onWake(done);
      });
    if (recording === null) {
      void watchParts(stop.signal);
      void watchNews(stop.signal, pause);
    } else useLab.setState({ news: null, parts: null, images: null, ended: null });
    return () => stop.abort();
  }, [live, recording]);
}

/** Parts and images; again every few seconds until nothing is missing, as the screen promises. */
async function watchParts(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (document.visibilityState === "visible" && useLab.getState().news === null) {
      const [lab, images] = await Promise.all([
        call("lab", {}).catch(() => null),
        call("images", {}).catch(() => null),
      ]);
      if (signal.aborted) return;
      // Without Docker there is no list of images: an empty one, so that the screen says so.
      useLab.setState((before) => ({
        parts: lab?.parts ?? before.parts,
        images: images ?? before.images ?? (lab === null ? null : []),
      }));
      const complete = lab?.parts.every(({ state }) => state === "ready") && (images?.length ?? 0) > 0;
      if (complete) return;
    }
    await new Promise((resolve) => window.setTimeout(resolve, again));
  }
}

/** An answer that comes later than this was held until something changed, or until its time was up. */
const held: Millis = 1_000;

/** One question at a time, each answered at the next change: no race costs a question every few seconds. */
async function watchNews(signal: AbortSignal, pause: () => Promise<void>): Promise<void> {
  let after = -1;
  while (!signal.aborted) {
    const began = performance.now();
    const asked = await call("raceNews", { after }).then(
      (news) => ({ news }),
      () => null,
    );
    if (signal.aborted) return;
    const news = asked?.news ?? null;
    const was = useLab.getState().news !== null;
    if (asked !== null) takeNews(news);
    const on = news !== null && isOn(news.race);
    const told = on && news.revision !== after;
    after = on ? news.revision : -1;
    if (was && !on) await lookAtRaces();
    if (!told && (!on || performance.now() - began < held)) await pause();
  }
}
