import type { Sample } from "../../../shared/figures.ts";
import { mebibytes, mebibytesFine, percent } from "../../../shared/format.ts";
import type { Bytes } from "../../../shared/model/units.ts";
import { Foreign } from "../../components/foreign.tsx";
import { Meaning } from "../../meaning/meaning.tsx";
import { isOver } from "../../state/weighed.ts";
import { useWords } from "../../state/words.ts";
import { addingUp, barDomain, grain, type Part, partsOfGross } from "./equation.ts";
import { Swatch } from "./swatch.tsx";

const looks = {
  net: "net",
  cache: "cache",
  kernel: "tare",
  helpers: "tare",
  other: "other",
  whole: "mixed",
} as const satisfies Record<Part["key"], string>;

/** A container's weight: an equation whose written parts add up, and the same as a bar against the limit. */
export function WeighContainer({
  sample,
  helperName,
}: {
  readonly sample: Sample;
  /** Name of its helpers if all have the same; null: several, or not looked up. */
  readonly helperName: string | null;
}) {
  const words = useWords().detail;
  const parts = partsOfGross(sample);
  const gross = sample.gross ?? parts.reduce((all, { bytes }) => all + bytes, 0);
  const step = grain(gross);
  const text = gross < 100 * 1024 * 1024 ? mebibytesFine : mebibytes;
  const written = addingUp(
    parts.map(({ bytes }) => bytes),
    gross,
    step,
  );
  const of = (key: Part["key"]) => written[parts.findIndex((part) => part.key === key)] ?? null;
  const [kernel, helpers] = [of("kernel"), of("helpers")];
  const tare = kernel === null && helpers === null ? null : (kernel ?? 0) + (helpers ?? 0);
  const terms = [
    { key: "net", look: "net", word: words.net, bytes: of("net"), more: null },
    { key: "cache", look: "cache", word: words.cache, bytes: of("cache"), more: null },
    {
      key: "tare",
      look: "tare",
      word: words.tare,
      bytes: tare,
      more: words.tareOf(
        kernel === null ? null : text(kernel),
        helpers === null ? null : text(helpers),
        helperName ?? words.helpers,
      ),
    },
    { key: "other", look: "other", word: words.other, bytes: of("other"), more: null },
    { key: "whole", look: "mixed", word: words.notSplit, bytes: of("whole"), more: null },
  ] as const;
  return (
    <section className="weigh">
      <p className="equation">
        <span className="sum">
          {text(sample.gross)}{" "}
          <span className="unit">
            {words.mib} <Meaning of="gross">{words.grossWord}</Meaning>
          </span>
        </span>
        {terms
          .filter(({ bytes }) => bytes !== null)
          .map(({ key, look, word, bytes, more }, index) => (
            <span key={key} className="term">
              <span className="sign">{index === 0 ? " =" : " +"} </span>
              <Swatch of={look} />
              {text(bytes)} {key === "whole" ? word : <Meaning of={key}>{word}</Meaning>}
              {more !== null && (
                <span className="of">
                  {" "}
                  <Foreign text={more} most={60} />
                </span>
              )}
            </span>
          ))}
      </p>
      <Bar parts={parts} gross={gross} sample={sample} text={text} />
    </section>
  );
}

/** Where the limit's words change sides, as a share of the bar: left of it they would run into the working set's. */
const early = 0.45;

function Bar({
  parts,
  gross,
  sample,
  text,
}: {
  readonly parts: readonly Part[];
  readonly gross: Bytes;
  readonly sample: Sample;
  readonly text: (bytes: Bytes) => string;
}) {
  const words = useWords().detail;
  const { memoryLimit: limit, workingSet, memoryUsed } = sample;
  const { high, torn } = barDomain(gross, limit);
  const share = (bytes: Bytes) => `${(100 * bytes) / high}%`;
  const over = isOver("container", sample);
  let floor = 0;
  return (
    <div className="weigh-bar">
      <span className="track" aria-hidden="true">
        {parts.map(({ key, bytes }) => {
          const left = share(floor);
          floor += bytes;
          return <i key={key} className={looks[key]} style={{ left, width: share(bytes) }} />;
        })}
        {workingSet !== null && <i className="working" style={{ width: share(workingSet) }} />}
        {limit !== null && !torn && (
          <i className={over ? "limit over" : "limit"} style={{ left: share(limit) }} />
        )}
      </span>
      <span className="labels">
        {workingSet !== null && (
          <span className="working-text" title={words.workingSetNote}>
            <Meaning of="working-set">
              {words.workingSet(text(workingSet), memoryUsed === null ? null : percent(memoryUsed))}
            </Meaning>
          </span>
        )}
        {limit === null ? (
          <span className="limit-text end">{words.noLimit}</span>
        ) : torn ? (
          <span className="limit-text end">{words.ends.above(words.limit(mebibytes(limit)))}</span>
        ) : (
          <span
            className={over ? "limit-text over-text" : "limit-text"}
            style={
              limit / high < early
                ? { left: `calc(${share(limit)} + 4px)` }
                : { right: `calc(100% - ${share(limit)} + 4px)` }
            }
          >
            {words.limit(mebibytes(limit))}
          </span>
        )}
      </span>
    </div>
  );
}
