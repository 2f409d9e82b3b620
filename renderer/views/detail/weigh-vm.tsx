import type { Sample } from "../../../shared/figures.ts";
import { bytesParts, mebibytes } from "../../../shared/format.ts";
import type { Bytes } from "../../../shared/model/units.ts";
import { axis } from "../../charts/axis.ts";
import { Meaning } from "../../meaning/meaning.tsx";
import { useWords } from "../../state/words.ts";
import { addingUp } from "./equation.ts";
import { Swatch } from "./swatch.tsx";
import "./weigh-vm.css";

const mib = 1024 * 1024;

/** A VM's weight: reserved, resident and used are three figures, never one; each bar is shorter than the one above. */
export function WeighVm({ sample, size }: { readonly sample: Sample; readonly size: Bytes | null }) {
  const words = useWords().detail;
  const { gross, inUse, tare, net } = sample;
  const held = gross === null || inUse === null ? null : Math.max(0, gross - inUse);
  const [usedWritten, heldWritten] =
    gross === null || inUse === null || held === null
      ? [inUse, held]
      : addingUp([Math.min(inUse, gross), held], gross, mib);
  return (
    <section className="weigh">
      <p className="equation">
        <span className="sum">
          {mebibytes(gross)}{" "}
          <span className="unit">
            {words.mib} <Meaning of="vm-memory">{words.grossWord}</Meaning>
          </span>
        </span>
        {inUse === null ? (
          <span className="term">
            <span className="sign">{" = "}</span>
            <Swatch of="mixed" />
            {words.notSplit}
          </span>
        ) : (
          <>
            <span className="term">
              <span className="sign">{" = "}</span>
              <Swatch of="mixed" />
              {mebibytes(usedWritten ?? null)} <Meaning of="vm-memory">{words.usedByGuest}</Meaning>
            </span>
            <span className="term">
              <span className="sign">{" + "}</span>
              <Swatch of="held" />
              {mebibytes(heldWritten ?? null)} <Meaning of="vm-memory">{words.held}</Meaning>
            </span>
          </>
        )}
        {tare !== null && (
          <span className="term aside">
            {" "}
            <Swatch of={net === null ? "estimate" : "tare"} />
            {words.ofItTare} {net === null && <span className="sign">{"≈"}</span>} {mebibytes(tare)}
            {net === null && <span className="of"> {words.idleGuest}</span>}
          </span>
        )}
      </p>
      <ThreeBars gross={gross} inUse={inUse} size={size} held={heldWritten ?? null} />
    </section>
  );
}

/** Pixels that the labels of the ruler need: it decides how many there are. */
const rulerWidth = 360;
/** Words in a part narrower than this share of the ruler would not fit. */
const leastForWords = 0.14;

function ThreeBars({
  gross,
  inUse,
  size,
  held,
}: {
  readonly gross: Bytes | null;
  readonly inUse: Bytes | null;
  readonly size: Bytes | null;
  readonly held: Bytes | null;
}) {
  const words = useWords().detail;
  const high = Math.max(size ?? 0, gross ?? 0) || mib;
  const share = (bytes: Bytes) => bytes / high;
  const percent = (bytes: Bytes) => `${100 * share(bytes)}%`;
  const never = size === null || gross === null ? 0 : size - gross;
  return (
    <div className="three">
      <Ruler high={high} />
      <div className="bar-row">
        <span className="name">
          <b>
            <Meaning of="vm-memory">{words.reserved}</Meaning>
          </b>{" "}
          {words.itsSize}
        </span>
        <span className="plot">
          {size === null ? (
            <span className="inside start">{words.sizeUnknown}</span>
          ) : (
            <i className="reserved" style={{ width: percent(size) }} />
          )}
          {share(never) > leastForWords && (
            <span className="inside" style={{ left: percent(gross ?? 0), width: percent(never) }}>
              {words.neverTouched(mebibytes(never))}
            </span>
          )}
        </span>
        <span className="figure">{mebibytes(size)}</span>
      </div>
      <div className="bar-row">
        <span className="name">
          <b>
            <Meaning of="vm-memory">{words.resident}</Meaning>
          </b>{" "}
          {words.grossWord}
        </span>
        <span className="plot">
          {gross !== null && (
            <i className={inUse === null ? "mixed" : "held"} style={{ width: percent(gross) }} />
          )}
          {inUse !== null && (
            <i className="mixed" style={{ width: percent(Math.min(inUse, gross ?? inUse)) }} />
          )}
          {held !== null && inUse !== null && share(held) > leastForWords && (
            <span className="inside strong" style={{ left: percent(inUse), width: percent(held) }}>
              {words.heldAmount(mebibytes(held))}
            </span>
          )}
        </span>
        <span className="figure strong">{mebibytes(gross)}</span>
      </div>
      <div className="bar-row">
        <span className="name">
          <b>
            <Meaning of="vm-memory">{words.used}</Meaning>
          </b>{" "}
          {inUse === null ? null : words.saysGuest}
        </span>
        <span className="plot">
          {inUse === null ? (
            <span className="inside start">{words.doesNotSay}</span>
          ) : (
            <i className="mixed" style={{ width: percent(inUse) }} />
          )}
        </span>
        <span className="figure">{mebibytes(inUse)}</span>
      </div>
      <div className="drops" aria-hidden="true">
        {[inUse, gross].map((bytes, index) =>
          bytes === null ? null : (
            <i key={index === 0 ? "used" : "resident"} style={{ left: percent(bytes) }} />
          ),
        )}
      </div>
    </div>
  );
}

/** Doubling steps from 0 to the VM's size; only the last label carries the unit. */
function Ruler({ high }: { readonly high: Bytes }) {
  const { ticks } = axis(high, "bytes", rulerWidth);
  const inside = ticks.filter((tick) => tick <= high);
  const { unit } = bytesParts(high);
  const divisor = 1024 ** ["B", "KiB", "MiB", "GiB", "TiB"].indexOf(unit);
  return (
    <div className="bar-row of-ticks" aria-hidden="true">
      <span className="plot">
        {inside.map((tick, index) => (
          <i key={tick} style={{ left: `${(100 * tick) / high}%` }}>
            <span>
              {tick / divisor}
              {index === inside.length - 1 && index > 0 && ` ${unit}`}
            </span>
          </i>
        ))}
      </span>
    </div>
  );
}
