import type { FigureName } from "../../../../shared/figures.ts";
import { cores, count, mebibytesFine, percentFine, rate } from "../../../../shared/format.ts";
import { useWords } from "../../../state/words.ts";
import type { ChartKind } from "./hour.ts";

export type HourRow = {
  readonly key: FigureName;
  readonly head: string;
  readonly unit: string;
  readonly text: (value: number | null) => string;
  readonly swatch?: string;
};

/** What stands at a moment of the chart: rows of its tooltip, columns of its table. */
export function useHourRows(kind: ChartKind): readonly HourRow[] {
  const { detail, limits } = useWords();
  const { pressures } = limits.case;
  const memory = (key: FigureName, head: string, swatch?: string): HourRow => ({
    key,
    head,
    unit: detail.mib,
    text: mebibytesFine,
    ...(swatch === undefined ? {} : { swatch }),
  });
  const share = (key: FigureName, head: string): HourRow => ({
    key,
    head,
    unit: detail.percentUnit,
    text: percentFine,
  });
  const rows: { readonly [kind in ChartKind]: readonly HourRow[] } = {
    memory: [
      memory("net", detail.net, "net"),
      memory("cache", detail.cache, "cache"),
      memory("tareKernel", detail.kernel, "tare"),
      memory("workingSet", limits.legend.workingSet),
      memory("memoryLimit", detail.ends.limit),
    ],
    memoryVm: [
      memory("gross", detail.resident),
      memory("inUse", detail.used, "mixed"),
      memory("memoryLimit", detail.ends.size),
    ],
    cpu: [
      { key: "cores", head: detail.cpu, unit: detail.coresUnit, text: cores },
      { key: "cpuLimit", head: detail.ends.quota, unit: detail.coresUnit, text: cores },
      share("throttledShare", detail.tip.throttled),
    ],
    pressure: [
      share("pressureMemory", pressures.memory),
      share("pressureCpu", pressures.cpu),
      share("pressureIo", pressures.io),
    ],
    pids: [{ key: "pids", head: detail.pids, unit: "", text: count }],
    io: [
      { key: "read", head: detail.read, unit: detail.rate, text: rate },
      { key: "written", head: detail.written, unit: detail.rate, text: rate },
    ],
  };
  return rows[kind];
}
