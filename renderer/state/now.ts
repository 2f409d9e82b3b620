import { useEffect, useState } from "react";
import type { Millis } from "../../shared/model/units.ts";

/** The page's clock, once a second, while the component is there: for "12 s ago" and "next try in 4 s". */
export function useNow(): Millis {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1_000);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}
