import { useMemo } from "react";
import { MiniChart } from "../../charts/mini-chart.tsx";
import { firstFrom } from "../../charts/nearest.ts";
import { useWords } from "../../state/words.ts";
import type { ChartsProps } from "./large-charts.tsx";
import { smallPicture } from "./pictures.ts";
import { diskText, networkText, pidsText } from "./told.ts";

/** Upper edge of an idle chart: 10 kB/s, so that a keep-alive does not look like a storm; and two processes. */
const leastRate = 10_000;
const leastCount = 2;

/** Network, disk and pids; what is not known of an instance is told below instead of drawn empty. */
export function SmallCharts({ instance, timeline, span, cursor, onZoom, rangeWords }: ChartsProps) {
  const words = useWords().detail;
  const { kind, name } = instance;
  const pictures = useMemo(
    () => ({
      network: smallPicture(kind, timeline, span, ["received", "sent"], leastRate),
      disk: smallPicture(kind, timeline, span, ["read", "written"], leastRate),
      pids: smallPicture(kind, timeline, span, ["pids"], leastCount),
    }),
    [kind, timeline, span],
  );
  const last = firstFrom(timeline.at, span.to + 1) - 1;
  const charts = [
    {
      key: "network",
      title: words.network,
      figure: "received",
      text: (index: number) => networkText(words, timeline, index),
    },
    {
      key: "disk",
      title: words.disk,
      figure: "read",
      text: (index: number) => diskText(words, timeline, index),
    },
    {
      key: "pids",
      title: kind === "vm" ? words.threads : words.pids,
      figure: "pids",
      text: (index: number) => pidsText(timeline, index),
    },
  ] as const;
  return (
    <div className="minis">
      {charts
        .filter(({ figure }) => timeline.figures[figure].some((value) => !Number.isNaN(value)))
        .map(({ key, title, text }) => (
          <MiniChart
            key={key}
            title={title}
            picture={pictures[key]}
            finding={words.finding.small(title, name, rangeWords, text(last))}
            figureAt={(index) => text(index ?? last)}
            cursor={cursor}
            onZoom={onZoom}
          />
        ))}
    </div>
  );
}
