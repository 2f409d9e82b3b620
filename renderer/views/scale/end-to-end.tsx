import { bytes } from "../../../shared/format.ts";
import type { Bytes } from "../../../shared/model/units.ts";
import { useWatched } from "../../state/use-watched.ts";
import { weighedOf } from "../../state/weighed-now.ts";
import { Torn } from "./bar.tsx";

type EndToEndProps = {
  readonly ids: readonly string[];
  readonly end: Bytes;
  /** The sum, written behind its bar. */
  readonly named: boolean;
};

/** Cuts closer than this (thousandths of the ruler) would fill each other: the rest stays in one piece. */
const narrowest = 5;
/** From here on (thousandths) there is no room for the sum behind its bar: it stands on the bar's end. */
const nearEnd = 850;

/** A sum: its members end to end, so that one bar shows how many there are and how unequal. */
export function EndToEnd({ ids, end, named }: EndToEndProps) {
  const { width, cuts, sum } = useWatched(() => {
    let at = 0;
    let last = 0;
    let path = "";
    for (const { sample } of weighedOf(ids)) {
      at += sample?.gross ?? 0;
      const place = Math.round((1000 * at) / end);
      if (place - last < narrowest || place >= 1000) continue;
      path += `M${place} 0V6`;
      last = place;
    }
    return { width: Math.round((1000 * at) / end), cuts: path, sum: bytes(at) };
  }, [ids, end]);
  if (width === 0) return null;
  return (
    <>
      <svg className="end-to-end" viewBox="0 0 1000 6" preserveAspectRatio="none" aria-hidden="true">
        <rect width={Math.min(1000, width)} height="6" />
        <path d={cuts} />
      </svg>
      {width > 1001 ? <Torn /> : null}
      {named ? (
        <span
          className="sum-name"
          style={width > nearEnd ? { right: width > 1001 ? 14 : 0 } : { left: `${width / 10}%` }}
        >
          {sum}
        </span>
      ) : null}
    </>
  );
}
