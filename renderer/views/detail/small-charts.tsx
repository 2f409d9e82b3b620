import { useMemo } from "react";
import { visible } from "../../../shared/format.ts";
import { MiniChart } from "../../charts/mini-chart.tsx";
import { firstFrom } from "../../charts/nearest.ts";
import { Meaning } from "../../meaning/meaning.tsx";
import { useWords } from "../../state/words.ts";
import type { ChartsProps } from "./large-charts.tsx";
import { smallPicture } from "./pictures.ts";
import type { Timeline } from "./timeline.ts";
import { diskText, networkText, pidsText } from "./told.ts";

/** Upper edge of an idle chart: 10 kB/s, so that a keep-alive does not look like a storm; and two processes. */
const leastRate = 10_000;
const leastCount = 2;

/** Network, disk and pids; what is not known of an instance is told below instead of drawn empty. */
export function SmallCharts({ instance, timeline, drawn, span, cursor, onZoom, rangeWords }: ChartsProps) {
  const words = useWords().detail;
  const { kind, name } = instance;
  const pictures = useMemo(
    () => ({
      network: smallPicture(kind, drawn, span, ["received", "sent"], leastRate),
      disk: smallPicture(kind, drawn, span, ["read", "written"], leastRate),
      pids: smallPicture(kind, drawn, span, ["pids"], leastCount),
    }),
    [kind, drawn, span],
  );
  const last = firstFrom(timeline.at, span.to + 1) - 1;
  const charts = [
    {
      key: "network",
      title: words.network,
      figure: "received",
      text: (of: Timeline, index: number) => networkText(words, of, index),
    },
    {
      key: "disk",
      title: words.disk,
      figure: "read",
      text: (of: Timeline, index: number) => diskText(words, of, index),
    },
    {
      key: "pids",
      title: kind === "vm" ? words.threads : words.pids,
      figure: "pids",
      text: pidsText,
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
            heading={<Meaning of={key}>{title}</Meaning>}
            picture={pictures[key]}
            finding={words.finding.small(title, visible(name), rangeWords, text(timeline, last))}
            figureAt={(index) => (index === null ? text(timeline, last) : text(drawn, index))}
            cursor={cursor}
            onZoom={onZoom}
          />
        ))}
    </div>
  );
}
