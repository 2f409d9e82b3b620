import type { Event, EventKind } from "../../../shared/model/event.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import type { Millis } from "../../../shared/model/units.ts";
import type { Words } from "../../../shared/words/words.ts";
import type { Span } from "../../charts/span.ts";

/** Events of one instance and of its engine inside a stretch of time, oldest first. */
export function happenings(
  events: readonly Event[],
  instance: Pick<Instance, "id" | "engine">,
  span: Span,
): readonly Event[] {
  return events
    .filter(
      ({ at, instance: whose, kind, detail }) =>
        at >= span.from &&
        at <= span.to &&
        (whose === instance.id || (whose === null && ofEngine(kind) && detail === instance.engine)),
    )
    .sort((a, b) => a.at - b.at);
}

const ofEngine = (kind: EventKind) => kind === "engine-lost" || kind === "engine-back";

/** What is red on the rail: a broken limit, nothing else. */
export const isGrave = (kind: EventKind): boolean => kind === "oom-kill";

/**
 * Why nothing was measured in a gap: its engine was lost, it did not run, it had not started; else only that there are
 * no readings. Looks at what happened around the gap's beginning (within `near` ms) and inside it.
 */
export function gapReason(
  gap: Span,
  happened: readonly Event[],
  instance: Pick<Instance, "startedAt">,
  firstKnown: Millis | null,
): keyof Words["detail"]["gap"] {
  const near = 5_000;
  const last = happened.filter(({ at }) => at <= gap.from + near && at >= gap.from - near).at(-1);
  if (last?.kind === "engine-lost") return "engine";
  if (last?.kind === "died" || last?.kind === "stopped" || last?.kind === "oom-kill") return "stopped";
  const first = firstKnown === null || gap.to <= firstKnown;
  if (first && instance.startedAt !== null && gap.to <= instance.startedAt + near) return "before";
  return "none";
}
