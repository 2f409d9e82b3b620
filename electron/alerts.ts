import { isTold } from "../shared/alerts.ts";
import type { Finding, Severity } from "../shared/model/finding.ts";
import type { Settings } from "../shared/model/settings.ts";
import type { People } from "./changes/desk.ts";
import type { Findings } from "./findings.ts";

/** A finding that has opened or worsened, with its instance's name; null: of the whole computer. */
export type Alert = { readonly finding: Finding; readonly name: string | null };

/** Tells what opens or worsens in one tick, until `signal` aborts; nothing that was muted, is quiet or turned off. */
type Alerts = (tell: (alerts: readonly Alert[]) => void, signal: AbortSignal) => void;

const rank: { readonly [severity in Severity]: number } = { note: 0, warning: 1, critical: 2 };

/** What holds already when Tare starts, or after a jump in a recording, is no news, and a recording gives no alerts. */
export const alerts =
  (
    found: Pick<Findings, "listen" | "open">,
    people: Pick<People, "instance">,
    settings: () => Settings,
    live: () => boolean,
    now: () => Date,
  ): Alerts =>
  (tell, signal) => {
    const known = new Map<string, Severity>(found.open().map(({ id, severity }) => [id, severity]));
    found.listen((findings, anew) => {
      if (anew) known.clear();
      const news: Alert[] = [];
      for (const finding of findings) {
        const before = known.get(finding.id);
        if (finding.clearedAt !== null) {
          known.delete(finding.id);
          continue;
        }
        known.set(finding.id, finding.severity);
        const isNews = before === undefined || rank[finding.severity] > rank[before];
        if (anew || !isNews || !live()) continue;
        const name =
          finding.instance === null ? null : (people.instance(finding.instance)?.name ?? finding.instance);
        const at = now();
        if (isTold(finding, name, settings(), at.getHours() * 60 + at.getMinutes()))
          news.push({ finding, name });
      }
      if (news.length > 0) tell(news);
    }, signal);
  };
