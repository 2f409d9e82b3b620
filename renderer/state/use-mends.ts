import { useEffect, useState } from "react";
import type { Mend, Proposal } from "../../shared/model/change.ts";
import { call } from "./channel.ts";

/** Every way to set what a finding proposes; null while it is looked up, and where nothing is proposed. */
export function useMends(instance: string | null, proposal: Proposal | null): readonly Mend[] | null {
  const [told, setTold] = useState<{ readonly key: string; readonly mends: readonly Mend[] } | null>(null);
  const resource = proposal?.resource ?? null;
  const to = proposal?.to ?? null;
  const key = `${instance} ${resource} ${to}`;
  useEffect(() => {
    if (instance === null || resource === null || to === null) return;
    let gone = false;
    void call("mends", { instance, resource, to })
      .catch((): readonly Mend[] => [])
      .then((mends) => {
        if (!gone) setTold({ key: `${instance} ${resource} ${to}`, mends });
      });
    return () => {
      gone = true;
    };
  }, [instance, resource, to]);
  return told?.key === key ? told.mends : null;
}
