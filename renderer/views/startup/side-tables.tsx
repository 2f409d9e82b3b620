import { count, mebibytes, seconds, unknown } from "../../../shared/format.ts";
import type { Kind } from "../../../shared/model/instance.ts";
import type { Millis } from "../../../shared/model/units.ts";
import type { Half, Summary } from "../../../shared/race/summary.ts";
import { useWords } from "../../state/words.ts";
import { memoryParts } from "./figures.ts";
import { shades, shares, shownKinds } from "./lanes.ts";
import "./side-tables.css";

/** The figures of a result: the median runs by phase, all runs, and what both weighed. */
export function SideTables({ summary }: { readonly summary: Summary }) {
  const kinds = shownKinds(summary);
  return (
    <>
      <PhaseTable summary={summary} kinds={kinds} />
      <RunTable summary={summary} kinds={kinds} />
    </>
  );
}

type TableProps = { readonly summary: Summary; readonly kinds: readonly Kind[] };

function PhaseTable({ summary, kinds }: TableProps) {
  const { startup, lab } = useWords();
  const words = startup.table;
  const cut = kinds.filter((kind) => summary.halves[kind].phases.length > 0);
  if (cut.length === 0) return null;
  return (
    <table className="figures">
      <thead>
        <tr>
          <th scope="col">{words.median}</th>
          <th scope="col">{words.seconds}</th>
          <th scope="col">{words.share}</th>
        </tr>
      </thead>
      {cut.map((kind) => {
        const { phases } = summary.halves[kind];
        const lengths = phases.map(({ from, to }) => to - from);
        const percent = shares(lengths);
        return (
          <tbody key={kind} className={kind}>
            <tr className="kind">
              <th scope="rowgroup">{words.kinds[kind]}</th>
              <td>{seconds(phases.at(-1)?.to ?? null)}</td>
              <td />
            </tr>
            {phases.map(({ name }, index) => (
              <tr key={name}>
                <th scope="row">
                  <i className={`shade shade-${shades[name]}`} aria-hidden="true" />
                  {lab.phases[name]}
                </th>
                <td>{seconds(lengths[index] ?? null)}</td>
                <td>{words.percent(count(percent[index] ?? null))}</td>
              </tr>
            ))}
          </tbody>
        );
      })}
    </table>
  );
}

function RunTable({ summary, kinds }: TableProps) {
  const words = useWords().startup.table;
  const { rows } = words;
  const halves = kinds.map((kind) => summary.halves[kind]);
  const row = (label: string, text: (half: Half) => string, section = false) => (
    <tr key={label} className={section ? "section" : undefined}>
      <th scope="row">{label}</th>
      {halves.map((half, index) => (
        <td key={kinds[index]} className={text(half) === unknown ? "none" : undefined}>
          {text(half)}
        </td>
      ))}
    </tr>
  );
  const failed = halves.some(({ failures }) => failures > 0);
  const parts = memoryParts(halves.map(({ memory }) => memory));
  const within = new Set<string>(["imageCopy", "translated"]);
  return (
    <table className={`figures of-${kinds.length}`}>
      <thead>
        <tr>
          <th scope="col">
            {words.all} <span className="unit">{words.seconds}</span>
          </th>
          {kinds.map((kind) => (
            <th key={kind} scope="col" className={kind}>
              {words.heads[kind]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {row(rows.median, ({ median }) => seconds(median))}
        {row(rows.p95, ({ p95, runs }) => seconds(runs > 1 ? p95 : null))}
        {row(rows.fastest, ({ fastest }) => seconds(fastest))}
        {row(rows.slowest, ({ slowest }) => seconds(slowest))}
        {row(rows.cold, ({ cold }) => coldText(cold))}
        {row(rows.runs, ({ runs }) => count(runs))}
        {failed ? row(rows.failed, ({ failures }) => count(failures)) : null}
        {parts.map((part, index) =>
          row(
            within.has(part) ? words.within(words.parts[part]) : words.parts[part],
            ({ memory }) => mebibytes(memory?.[part] ?? null),
            index === 0,
          ),
        )}
      </tbody>
    </table>
  );
}

/** One cold run as it was; of more, the slowest, which is the one that nothing was ready for. */
const coldText = (cold: readonly Millis[]): string =>
  cold.length === 0 ? unknown : seconds(Math.max(...cold));
