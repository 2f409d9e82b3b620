import { useMemo } from "react";
import { isMuted } from "../../shared/alerts.ts";
import { count } from "../../shared/format.ts";
import { isBroken } from "../../shared/rules/worst-first.ts";
import { useFindings } from "../state/findings.ts";
import { useMutes } from "../state/muted.ts";
import { useWords } from "../state/words.ts";
import { useWorld } from "../state/world.ts";

/** How many instances are over a limit, at the tab of Limits; nothing where none is. */
export function OverBadge() {
  const { frame } = useWords();
  const found = useFindings((state) => state.byInstance);
  const byId = useWorld((world) => world.byId);
  const mutes = useMutes();
  const over = useMemo(
    () =>
      [...found].filter(([id, findings]) => {
        const name = byId.get(id)?.name;
        return name !== undefined && findings.some((one) => isBroken(one) && !isMuted(one, name, mutes));
      }).length,
    [found, byId, mutes],
  );
  if (over === 0) return null;
  return (
    <>
      <span className="over-badge" aria-hidden="true">
        {count(over)}
      </span>
      <span className="unseen">{frame.overLimit(over)}</span>
    </>
  );
}
