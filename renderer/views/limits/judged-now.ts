import { isMuted } from "../../../shared/alerts.ts";
import type { Finding } from "../../../shared/model/finding.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import type { Mute } from "../../../shared/model/settings.ts";
import type { Fraction } from "../../../shared/model/units.ts";
import { worstFirst } from "../../../shared/rules/worst-first.ts";
import { useFindings } from "../../state/findings.ts";
import { mutesNow } from "../../state/muted.ts";
import { stepNow } from "../../state/series.ts";
import { weighedNow } from "../../state/weighed-now.ts";
import { useWorld } from "../../state/world.ts";
import { isListed, type Judged, nearness, steadied } from "./select.ts";

export type JudgedNow = {
  readonly all: readonly Judged[];
  /** What concerns the whole computer, worst first. */
  readonly ofHost: readonly Finding[];
  /** Findings that hold and are muted. */
  readonly muted: number;
};

/** A row moves when its use of a limit has changed by more than this. */
const slack: Fraction = 0.04;

let near: ReadonlyMap<string, Fraction> = new Map();
let cached: {
  readonly step: number;
  readonly byId: ReadonlyMap<string, Instance>;
  readonly found: ReadonlyMap<string, readonly Finding[]>;
  readonly mutes: readonly Mute[];
  readonly now: JudgedNow;
} | null = null;

/** Everybody who runs with what rules say of them, put together once a frame for all who ask. */
export function judgedNow(): JudgedNow {
  const { byId } = useWorld.getState();
  const { byInstance: found } = useFindings.getState();
  const mutes = mutesNow();
  const step = stepNow();
  if (cached?.step === step && cached.byId === byId && cached.found === found && cached.mutes === mutes)
    return cached.now;
  const running = weighedNow().filter(isListed);
  near = steadied(
    near,
    running.map(({ instance: { id }, sample }) => ({ id, near: nearness(sample) })),
    slack,
  );
  let muted = 0;
  const heard = (findings: readonly Finding[] | undefined, name: string | null) => {
    const left = (findings ?? []).filter((finding) => !isMuted(finding, name, mutes));
    muted += (findings?.length ?? 0) - left.length;
    return left.sort(worstFirst);
  };
  const all = running.map((one) => ({
    ...one,
    findings: heard(found.get(one.instance.id), one.instance.name),
    near: near.get(one.instance.id) ?? null,
  }));
  const ofHost = heard(found.get(""), null);
  cached = { step, byId, found, mutes, now: { all, ofHost, muted } };
  return cached.now;
}
