import type { Resource } from "../../model/change.ts";

const limitOf: { readonly [resource in Resource]: string } = {
  memory: "memory limit",
  cpu: "CPU quota",
  pids: "limit of processes",
  vmMemory: "memory",
  vmCpu: "CPU quota",
};

/** The dialog of the system that a change is confirmed in, and notifications. Amounts come with their units. */
export const changes = {
  confirm: {
    message: (what: { undo: boolean; resource: Resource; name: string; to: string | null }) =>
      what.undo
        ? what.to === null
          ? `Take the ${limitOf[what.resource]} of ${what.name} away again?`
          : `Put the ${limitOf[what.resource]} of ${what.name} back to ${what.to}?`
        : `Set the ${limitOf[what.resource]} of ${what.name} to ${what.to}?`,
    fromTo: (from: string, to: string) => `Now: ${from}. Then: ${to}.`,
    none: "none",
    now: "It takes effect at once; nothing restarts.",
    file: (path: string) => `This file is written: ${path}`,
    dangerous: "It uses nearly as much or more now: what runs in it may be killed at once.",
    apply: "Apply",
    undo: "Undo",
    cancel: "Cancel",
  },
  /** More findings at once than anybody reads one by one. */
  several: (findings: number) => `${findings} limits are reached or near`,
  look: "Click to look at them.",
};
