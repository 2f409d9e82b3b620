import { milliseconds, unknown } from "../../../shared/format.ts";
import type { Race } from "../../../shared/model/race.ts";
import { type PhaseName, phasesOf } from "../../../shared/race/phases.ts";
import type { Summary } from "../../../shared/race/summary.ts";
import { tellLabTrouble } from "../../../shared/words/lab-mends.ts";
import { Foreign } from "../../components/foreign.tsx";
import { useWords } from "../../state/words.ts";
import "./runs-table.css";

const order: readonly PhaseName[] = [
  "create",
  "start",
  "process",
  "qemu",
  "firmware",
  "kernel",
  "init",
  "ready",
];

/** The charts of a result as a table: every run in the order run, with its phases. */
export function RunsTable({ race, summary }: { readonly race: Race; readonly summary: Summary }) {
  const { startup, lab } = useWords();
  const words = startup.table;
  const rows = race.trials.map((trial) => ({ trial, phases: phasesOf(trial.kind, trial.moments) }));
  const names = order.filter((name) =>
    rows.some(({ phases }) => phases.some((phase) => phase.name === name)),
  );
  const far = (place: number) => summary.halves[race.trials[place]?.kind ?? "vm"].outliers.has(place);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="runs-table" aria-label={words.runsCaption} tabIndex={0}>
      <table>
        <caption>{words.runsCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.run}</th>
            <th scope="col">{words.kind}</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {lab.phases[name]}
              </th>
            ))}
            <th scope="col">{words.ready}</th>
            <th scope="col">{words.note}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ trial, phases }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a run is its place in the order
            <tr key={place}>
              <th scope="row">{place + 1}</th>
              <td className={trial.kind}>{words.heads[trial.kind]}</td>
              {names.map((name) => {
                const phase = phases.find((one) => one.name === name);
                return <td key={name}>{phase ? milliseconds(phase.to - phase.from) : unknown}</td>;
              })}
              <td>{trial.trouble === null ? milliseconds(trial.moments.ready ?? null) : unknown}</td>
              <td className="note">
                {trial.trouble !== null ? (
                  <Foreign text={tellLabTrouble(trial.trouble, lab).what} />
                ) : trial.cold ? (
                  words.cold
                ) : far(place) ? (
                  words.outlier
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
