import type { Sample } from "../../../shared/figures.ts";
import { cores, count, mebibytes, percent, percentFine, unknown } from "../../../shared/format.ts";
import type { Kind } from "../../../shared/model/instance.ts";
import type { Words } from "../../../shared/words/words.ts";
import { latest, latestAt } from "../../state/series.ts";
import { useWatched } from "../../state/use-watched.ts";
import { limitOf } from "../../state/weighed.ts";
import { useWords } from "../../state/words.ts";
import { cpuGauge, type Gauge, memoryGauge, type OpenEnds, pidsGauge } from "./gauge.ts";
import { meanOf, pressureOf, throttledSlices } from "./recent.ts";
import { recentOf } from "./use-recent.ts";
import "./gauges.css";

type CellProps = { readonly id: string; readonly kind: Kind };
type L = Words["limits"];

/** From here on a use of its limit stands in heavier ink. */
const nearLimit = 0.9;

/** What hovering says is worked out when somebody hovers: as text it would be written each second. */
const toldOnHover = (tell: () => string) => ({
  onPointerEnter: ({ currentTarget }: { readonly currentTarget: Element }) =>
    currentTarget.setAttribute("title", tell()),
});

function MemoryCell({ id, kind, end }: CellProps & { readonly end: number }) {
  const { limits } = useWords();
  const gauge = useWatched(() => memoryGauge(kind, latest(id), end), [id, kind, end]);
  return (
    <td className="gauge memory" {...toldOnHover(() => memoryTold(limits, kind, latest(id)))}>
      <Track gauge={gauge} />
      <GaugeFigure gauge={gauge} unit={limits.mib} />
    </td>
  );
}

function memoryTold(words: L, kind: Kind, sample: Sample | null): string {
  if (sample === null) return words.why.notWeighed;
  const vm = kind === "vm";
  const use = vm ? sample.gross : sample.workingSet;
  if (use === null) return words.why.notCounted;
  const limit = limitOf(kind, sample);
  const amount =
    limit === null
      ? `${mebibytes(use)} ${words.mib}, ${words.noLimit}`
      : words.of(mebibytes(use), mebibytes(limit));
  const { net, cache, tareKernel, other, peak, inUse } = sample;
  const whole = net === null ? use : net + (cache ?? 0) + (tareKernel ?? 0) + (other ?? 0);
  return [
    amount,
    ...(vm || whole <= use ? [] : [words.reclaimable(mebibytes(whole - use))]),
    ...(vm || peak === null ? [] : [words.peak(mebibytes(peak))]),
    ...(vm && inUse !== null ? [words.inUse(mebibytes(inUse))] : []),
  ].join("; ");
}

function CpuCell(props: CellProps & { readonly end: number; readonly throttled: boolean }) {
  const { id, end, throttled } = props;
  const { limits } = useWords();
  const gauge = useWatched(() => cpuGauge(latest(id), throttled, end), [id, throttled, end]);
  const told = () => {
    const sample = latest(id);
    if (sample === null || sample.cores === null) return limits.why.notWeighed;
    return sample.cpuLimit === null
      ? `${limits.case.coresOf(cores(sample.cores))}, ${limits.noLimit}`
      : limits.ofCores(cores(sample.cores), cores(sample.cpuLimit));
  };
  return (
    <td className="gauge cpu" {...toldOnHover(told)}>
      <Track gauge={gauge} />
      <GaugeFigure gauge={gauge} unit="" />
    </td>
  );
}

/** The bar under its limit, which stands at the same place for everybody; without one a dotted track that is open. */
export function Track({ gauge }: { readonly gauge: Gauge }) {
  const { track, solid, light, tick, over } = gauge;
  if (track === "unknown") return <span className="track" />;
  return (
    <span className={`track ${track}`}>
      {light > 0 ? <i className="cache" style={{ left: `${solid}%`, width: `${light}%` }} /> : null}
      <i className="net" style={{ width: `${solid}%` }} />
      {tick === null ? null : <b className="tick" style={{ left: `${tick}%` }} />}
      {track === "limited" ? <b className={over ? "limit over" : "limit"} /> : null}
    </span>
  );
}

function GaugeFigure({ gauge, unit }: { readonly gauge: Gauge; readonly unit: string }) {
  const { limits } = useWords();
  const { track, figure, share, over } = gauge;
  if (track === "unknown") return <span className="figure faint">{unknown}</span>;
  if (track === "open")
    return (
      <span className="figure open">
        {figure}
        {unit === "" ? null : <span className="unit">{` ${unit}`}</span>}
        <span className="unseen">{` ${limits.noLimit}`}</span>
      </span>
    );
  const manner = over ? "over-text" : (share ?? 0) >= nearLimit ? "near" : "";
  return (
    <span className={`figure ${manner}`}>
      {limits.percent(figure)}
      {over ? <span className="unseen">{` ${limits.overIt}`}</span> : null}
    </span>
  );
}

/** Thirty slices of ten seconds, hanging from the top: how hard the quota presses down. */
function ThrottledCell(props: CellProps & { readonly throttled: boolean; readonly past: number }) {
  const { id, kind, throttled, past } = props;
  const { limits } = useWords();
  const { path, figure } = useWatched(() => {
    const [recent, at] = [recentOf(id), latestAt(id)];
    if (recent === null || at === null) return { path: "", figure: null };
    const slices = throttledSlices(recent, at);
    return { path: slices.map(icicle).join(""), figure: meanOf(slices) };
  }, [id, past]);
  const told = () => {
    const sample = latest(id);
    if (figure !== null) return limits.throttledNow(percentFine(figure));
    if (sample === null) return limits.why.notWeighed;
    if (kind === "vm") return limits.why.vmThrottled;
    return sample.cpuLimit === null ? limits.why.noQuota : limits.why.notCounted;
  };
  return (
    <td className="gauge throttled" {...toldOnHover(told)}>
      {path === "" ? (
        <span />
      ) : (
        <svg className="icicles" viewBox="0 0 30 20" preserveAspectRatio="none" aria-hidden="true">
          <path d={path} />
        </svg>
      )}
      {figure === null ? (
        <span className="figure faint">{unknown}</span>
      ) : (
        <span className={throttled ? "figure over-text" : "figure"}>{limits.percent(percent(figure))}</span>
      )}
    </td>
  );
}

/** A bar of one slice in a box of 30 x 20, in proportion to its share; less than half a per cent is none. */
const icicle = (share: number | null, index: number) =>
  share === null || share < 0.005
    ? ""
    : `M${index + 0.1} 0h.8v${Math.max(1, Math.round(20 * Math.min(1, share)))}h-.8z`;

function PidsCell({ id, kind, end }: CellProps & { readonly end: number }) {
  const { limits } = useWords();
  const gauge = useWatched(() => pidsGauge(kind, latest(id), end), [id, kind, end]);
  const told = () => {
    const sample = latest(id);
    if (kind === "vm") return limits.why.vmPids;
    if (sample === null) return limits.why.notWeighed;
    if (sample.pids === null) return limits.why.notCounted;
    return sample.pidsLimit === null
      ? `${count(sample.pids)}, ${limits.noLimit}`
      : limits.ofPids(count(sample.pids), count(sample.pidsLimit));
  };
  const manner = gauge.over ? "over-text" : (gauge.share ?? 0) >= nearLimit ? "near" : "";
  return (
    <td className="gauge pids" {...toldOnHover(told)}>
      <span className={`strip ${gauge.track}`}>
        {gauge.track === "limited" ? <i className="net" style={{ width: `${gauge.solid}%` }} /> : null}
      </span>
      <span className={gauge.track === "unknown" ? "figure faint" : `figure ${manner}`}>{gauge.figure}</span>
    </td>
  );
}

/** Full length of a line of pressure: more is told by the figure. */
const fullPressure = 0.4;

/** Three lines: memory, CPU, I/O; the figure is the largest. */
function PressureCell({ id, kind, past }: CellProps & { readonly past: number }) {
  const { limits } = useWords();
  const { lengths, figure } = useWatched(() => {
    const [recent, at] = [recentOf(id), latestAt(id)];
    const pressure = recent === null || at === null ? null : pressureOf(recent, at);
    const all = pressure === null ? [] : [pressure.memory, pressure.cpu, pressure.io];
    const known = all.filter((share) => share !== null);
    return {
      lengths: all.map((share) => Math.round(Math.min(1, (share ?? 0) / fullPressure) * 200) / 2),
      figure: known.length === 0 ? null : percentFine(Math.max(...known)),
    };
  }, [id, past]);
  const told = () => {
    const [recent, at] = [recentOf(id), latestAt(id)];
    if (kind === "vm") return limits.why.vmPressure;
    if (recent === null || at === null) return limits.why.notWeighed;
    const { memory, cpu, io } = pressureOf(recent, at);
    if (figure === null) return limits.why.noPressure;
    return limits.pressureOf(percentFine(memory), percentFine(cpu), percentFine(io));
  };
  return (
    <td className="gauge pressure" {...toldOnHover(told)}>
      <span className="lines">
        {figure === null
          ? null
          : (["memory", "cpu", "io"] as const).map((of, index) => (
              <i key={of} className={of} style={{ width: `${lengths[index] ?? 0}%` }} />
            ))}
      </span>
      <span className={figure === null ? "figure faint" : "figure"}>{figure ?? unknown}</span>
    </td>
  );
}

type GaugeCellsProps = CellProps & {
  readonly ends: OpenEnds;
  /** A rule says that its quota holds it back. */
  readonly throttled: boolean;
  /** Another number once its past has come. */
  readonly past: number;
};

/** All cells of one instance. */
export function GaugeCells({ id, kind, ends, throttled, past }: GaugeCellsProps) {
  return (
    <>
      <MemoryCell id={id} kind={kind} end={ends.memory} />
      <CpuCell id={id} kind={kind} end={ends.cores} throttled={throttled} />
      <ThrottledCell id={id} kind={kind} throttled={throttled} past={past} />
      <PidsCell id={id} kind={kind} end={ends.pids} />
      <PressureCell id={id} kind={kind} past={past} />
    </>
  );
}
