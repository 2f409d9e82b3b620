import { useEffect, useState } from "react";
import type { Detail } from "../../../shared/model/detail.ts";
import { call } from "../../state/channel.ts";

/** `looking` until the first answer; null: it can't be looked up (gone, not running, no connection). */
export type Looked = Detail | null | "looking";

/** Processes come and go: looked up again this often (ms) while the panel is open. It costs the machine's side about 1 ms. */
const again = 10_000;

/** What is looked up only for an open panel. `changes` asks anew when it changes: limits were set, it was restarted. */
export function useDetail(id: string, changes: string): Looked {
  const [kept, setKept] = useState<{ readonly id: string; readonly detail: Looked }>({
    id,
    detail: "looking",
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `changes` is why it is asked again
  useEffect(() => {
    let gone = false;
    const ask = async () => {
      const detail = await call("detail", { id }).catch(() => null);
      if (!gone) setKept({ id, detail });
    };
    void ask();
    const timer = window.setInterval(() => {
      if (document.visibilityState === "visible") void ask();
    }, again);
    return () => {
      gone = true;
      window.clearInterval(timer);
    };
  }, [id, changes]);
  return kept.id === id ? kept.detail : "looking";
}
