import type { Bytes } from "../../../shared/model/units.ts";
import { useWatched } from "../../state/use-watched.ts";
import { weighedOf } from "../../state/weighed-now.ts";
import { useWords } from "../../state/words.ts";
import "./lens.css";

type LensProps = { readonly ids: readonly string[]; readonly end: Bytes; readonly lensEnd: Bytes };

/** Slivers fill this many px of the frame's height; more than this many share it more tightly. */
const inside = 44;
const loose = 14;
const hundredths = (value: number) => Math.round(value * 100) / 100;

/** The frame at the ruler's left that holds all containers as slivers, true to the VMs' scale. */
export function Mini({ ids, end, lensEnd }: LensProps) {
  const { scale } = useWords();
  const { path, count } = useWatched(() => {
    const step = inside / Math.max(loose, ids.length);
    const slivers = weighedOf(ids).map(({ sample }, index) => {
      const width = Math.max(0.6, Math.round((1000 * Math.min(1, (sample?.gross ?? 0) / lensEnd)) / 2) * 2);
      return `M0 ${hundredths(index * step)}h${width}v${hundredths(step * 0.65)}H0z`;
    });
    return { path: slivers.join(""), count: ids.length };
  }, [ids, lensEnd]);
  const width = `${(100 * lensEnd) / end}%`;
  return (
    <>
      <span className="mini" style={{ width }}>
        <svg viewBox={`0 0 1000 ${inside}`} preserveAspectRatio="none" aria-hidden="true">
          <path d={path} />
        </svg>
      </span>
      <span className="mini-note" style={{ left: width }}>
        {scale.same(count)}
      </span>
    </>
  );
}

/** From that frame to the full width of the second ruler. */
export function Flare({ end, lensEnd }: Omit<LensProps, "ids">) {
  const at = (1000 * lensEnd) / end;
  return (
    <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
      <path className="fill" d={`M0 0H${at}C${at} 70 1000 30 1000 100H0Z`} />
      <path className="edge" d={`M${at} 0C${at} 70 1000 30 1000 100`} />
    </svg>
  );
}
