import { cores, mebibytes, percent, secondsShort, times, unknown } from "../../../shared/format.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import type { Ready } from "../../../shared/race/give-back.ts";
import type { Words } from "../../../shared/words/words.ts";
import { Triangle } from "../../components/triangle.tsx";
import { useRaces } from "../../state/races.ts";
import { latest, useLatest } from "../../state/series.ts";
import { useWatchedText } from "../../state/use-watched.ts";
import { isOver, isThrottled, limitOf } from "../../state/weighed.ts";
import { dayOf, offsetHere, useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";

type CellProps = { readonly instance: Instance };

export function Gross({ instance: { id } }: CellProps) {
  return <>{useWatchedText(() => mebibytes(latest(id)?.gross ?? null))}</>;
}

export function CpuCores({ instance: { id } }: CellProps) {
  return <>{useWatchedText(() => cores(latest(id)?.cores ?? null))}</>;
}

/** Gross divided by net: what the length of a line on the logarithmic ruler says. */
export function Ratio({ instance: { id } }: CellProps) {
  return (
    <>
      {useWatchedText(() => {
        const sample = latest(id);
        return sample?.net && sample.gross !== null ? times(sample.gross / sample.net) : unknown;
      })}
    </>
  );
}

/** Ink, semibold near it, red with a mark once it is reached; "none" where there is no limit. */
export function LimitUsed({ instance: { id, kind } }: CellProps) {
  const { scale } = useWords();
  const text = useWatchedText(() => {
    const sample = latest(id);
    if (sample === null || sample.gross === null) return unknown;
    if (limitOf(kind, sample) === null) return scale.none;
    return percent(sample.memoryUsed);
  });
  const manner = useWatchedText(() => {
    const sample = latest(id);
    if (isOver(kind, sample)) return "over-text";
    if (sample?.memoryUsed == null) return "faint";
    return sample.memoryUsed >= 0.9 && kind === "container" ? "near" : "";
  });
  return (
    <span className={manner}>
      {manner === "over-text" ? <Triangle /> : null}
      {text}
      {manner === "over-text" ? <span className="unseen">{` ${scale.over}`}</span> : null}
    </span>
  );
}

export function ThrottledShare({ instance: { id, kind } }: CellProps) {
  const { scale } = useWords();
  const text = useWatchedText(() => percent(latest(id)?.throttledShare ?? null));
  const throttled = useWatchedText(() => (isThrottled(latest(id)) ? "yes" : "")) !== "";
  const limited = useLatest(id, "cpuLimit") !== null;
  if (throttled)
    return (
      <span className="over-text">
        <Triangle />
        {text}
      </span>
    );
  const why = kind === "vm" || !limited ? scale.why.noQuota : scale.why.notCounted;
  return text === unknown ? (
    <span className="faint" title={why}>
      {text}
    </span>
  ) : (
    text
  );
}

export function ImageSize({ instance: { imageSize } }: CellProps) {
  return <>{mebibytes(imageSize)}</>;
}

/** What its box weighs; of a VM an estimate, where its net is not known. */
export function Tare({ instance: { id, kind } }: CellProps) {
  const { about } = useWords().scale.raced;
  return (
    <>
      {useWatchedText(() => {
        const sample = latest(id);
        const text = mebibytes(sample?.tare ?? null);
        return kind === "vm" && sample?.tare != null && sample.net === null ? about(text) : text;
      })}
    </>
  );
}

/** How soon it was ready when its image was raced last, as what it is now. */
export function ReadyAfter({ instance }: CellProps) {
  const { scale, frame } = useWords();
  const ready = useRaces(({ back }) => back).ready(instance);
  if (ready === null)
    return (
      <span className="faint" title={scale.notRaced}>
        {unknown}
      </span>
    );
  return <span title={readyNote({ scale, frame }, ready)}>{secondsShort(ready.median)}</span>;
}

/** How often, how sure, when and by what: what stands behind a time to ready. */
export const readyNote = (
  { scale, frame }: Pick<Words, "scale" | "frame">,
  { median, p95, runs, at, accelerator }: Ready,
): string =>
  scale.readyNote(
    secondsShort(median),
    secondsShort(p95),
    runs,
    frame.day(dayOf(at, offsetHere())),
    accelerator,
  );

export function Uptime({ instance: { startedAt } }: CellProps) {
  const { duration } = useWords().frame;
  return (
    <>{useWorld(({ at }) => (startedAt === null || at === null ? unknown : duration(at - startedAt)))}</>
  );
}

/** The chart as a table: the parts of the bar in MiB. */
export function PartCell({ instance: { id, kind }, part }: CellProps & { readonly part: TablePart }) {
  const { none } = useWords().scale;
  return (
    <>
      {useWatchedText(() => {
        const sample = latest(id);
        if (part !== "limit") return mebibytes(sample?.[part] ?? null);
        const limit = limitOf(kind, sample);
        return limit === null && sample !== null ? none : mebibytes(limit);
      })}
    </>
  );
}
export const tableParts = ["net", "cache", "tare", "inUse", "limit"] as const;
export type TablePart = (typeof tableParts)[number];
