import { choose } from "./ui.ts";

/** To the case of an instance, whatever was listed before; null: of the computer. */
export function toFinding(instance: string | null): void {
  choose({
    screen: "limits",
    selected: instance ?? "host",
    open: null,
    settings: null,
    search: "",
    limitsKind: "both",
    limitsShown: "findings",
  });
}

/** What Electron's preload script posts when a notification was clicked. */
const isLook = (data: unknown): data is { readonly instance: string | null } =>
  typeof data === "object" && data !== null && "tare" in data && data.tare === "look" && "instance" in data;

/** Goes where a click on a notification of the system leads, until `signal` aborts. */
export function followLooks(signal: AbortSignal): void {
  const look = ({ source, origin, data }: MessageEvent) => {
    if (source !== window || origin !== location.origin || !isLook(data)) return;
    toFinding(typeof data.instance === "string" ? data.instance : null);
  };
  addEventListener("message", look, { signal });
}
