import type { LabTrouble, Moments, Probe } from "../../../shared/model/race.ts";
import { parseSerialLine } from "../image/markers.ts";
import { lineMatcher } from "../line-probe.ts";
import { recentLines } from "./recent.ts";

/** Why a guest will not be ready any more. */
export type Failed = Pick<LabTrouble, "code" | "cause">;

/** What some lines of a guest's console told, in their order. */
export type Heard = { readonly moments: readonly (keyof Moments)[]; readonly failed: Failed | null };

/** Makes sense of a guest's console. */
export type Listener = {
  hear(lines: readonly string[]): Heard;
  /** What a prompt means, a line that nobody ended; not there where the guest's own lines tell all. */
  prompted?(line: string): Heard;
  /** The last lines for whoever must find out why it failed: the workload's own where it has begun. */
  output(): readonly string[];
};

/** https://docs.kernel.org/admin-guide/kernel-parameters.html (panic=): what the kernel says before it gives up. */
const panic = /Kernel panic - not syncing: (.*)$/;
/** The first line of every Linux kernel. */
export const firstLine = "Linux version ";

/** A guest that our init runs in. Throws a LabFailure where the line probe's expression can't be used. */
export function directListener(nonce: string, probe: Probe): Listener {
  const matches = probe.kind === "line" ? lineMatcher(probe.pattern) : null;
  const recent = { kernel: recentLines(), workload: recentLines() };
  let began = false;
  return {
    hear(lines) {
      const moments: (keyof Moments)[] = [];
      const printed: string[] = [];
      let failed: Failed | null = null;
      for (const line of lines) {
        const { output, marker } = parseSerialLine(line, nonce);
        const last = panic.exec(output)?.[1];
        if (last !== undefined) failed ??= { code: began ? "exited" : "failed-to-start", cause: last };
        recent[began ? "workload" : "kernel"].add(output);
        if (began && output !== "") printed.push(output);
        if (!began && output.includes(firstLine)) moments.push("kernel");
        if (marker === null || marker.kind === "memory") continue;
        if (marker.kind === "exit") failed ??= { code: "exited", cause: `exit ${marker.code}` };
        else moments.push(marker.kind);
        began ||= marker.kind === "exec";
      }
      if (matches?.(printed)) moments.push("ready");
      return { moments, failed };
    },
    output: () => (began ? recent.workload : recent.kernel).lines(),
  };
}
