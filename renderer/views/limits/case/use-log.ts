import { useEffect, useState } from "react";
import type { FindingLog } from "../../../../shared/wire/calls.ts";
import { call } from "../../../state/channel.ts";
import { useFindings } from "../../../state/findings.ts";
import { useWorld } from "../../../state/world.ts";

/** What is over, and since when Tare watches; asked for anew when a finding clears. null until it has come. */
export function useLog(): FindingLog | null {
  const [log, setLog] = useState<FindingLog | null>(null);
  const live = useWorld(({ connection }) => connection === "live");
  const last = useFindings(({ news }) => news.at(-1)?.sequence ?? 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a finding that cleared is in the log
  useEffect(() => {
    if (!live) return;
    let gone = false;
    void call("findingLog", {})
      .catch(() => null)
      .then((told) => {
        if (!gone && told !== null) setLog(told);
      });
    return () => {
      gone = true;
    };
  }, [live, last]);
  return log;
}
