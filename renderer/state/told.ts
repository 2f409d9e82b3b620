import { useEffect, useState } from "react";
import { isTold } from "../../shared/alerts.ts";
import { defaultSettings } from "../../shared/model/settings.ts";
import { type FindingNews, useFindings } from "./findings.ts";
import { useSettings } from "./settings.ts";
import { useWorld } from "./world.ts";

/** News that is told, with the instance's name as it was; null: of the whole computer. */
export type ToldNews = FindingNews & { readonly name: string | null };

const minuteNow = () => {
  const now = new Date();
  return 60 * now.getHours() + now.getMinutes();
};

/**
 * Calls `tell` once for each finding that opens, worsens or clears while this page watches, and is not muted, quiet or turned
 * off. Nothing of a recording: it is no alert.
 */
export function useTold(tell: (news: ToldNews) => void): void {
  const news = useFindings((state) => state.news);
  const [known] = useState(() => ({ sequence: useFindings.getState().news.at(-1)?.sequence ?? 0 }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: each piece of news is told once, by whoever listens then
  useEffect(() => {
    const { byId, replay } = useWorld.getState();
    const settings = useSettings.getState().told?.settings ?? defaultSettings;
    // A new snapshot begins to count anew.
    if ((news.at(-1)?.sequence ?? 0) < known.sequence) known.sequence = 0;
    for (const one of news) {
      if (one.sequence <= known.sequence) continue;
      known.sequence = one.sequence;
      const { finding } = one;
      const name = finding.instance === null ? null : (byId.get(finding.instance)?.name ?? finding.instance);
      if (replay === null && isTold(finding, name, settings, minuteNow())) tell({ ...one, name });
    }
  }, [news]);
}
