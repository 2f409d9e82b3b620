import { useEffect, useState } from "react";
import type { Millis } from "../../shared/model/units.ts";
import { call } from "../state/channel.ts";
import { useWorld } from "../state/world.ts";

/** When Tare last had to start again for an error of its own; null: it has not, or the user has read it. Asked at each connection. */
export function useLastFall(): { readonly at: Millis | null; readonly dismiss: () => void } {
  const connected = useWorld((world) => world.connection === "live");
  const [fell, setFell] = useState<Millis | null>(null);
  const [read, setRead] = useState<Millis | null>(null);
  useEffect(() => {
    if (!connected) return;
    let wanted = true;
    call("lastFall", {})
      .then((at) => wanted && setFell(at))
      .catch(() => undefined); // the next connection asks again
    return () => {
      wanted = false;
    };
  }, [connected]);
  return { at: fell === read ? null : fell, dismiss: () => setRead(fell) };
}
