import "./chart-table.css";

/** A column: its head with unit, and how a mean of it is written (NaN: nothing was measured). */
export type TableColumn = {
  readonly key: string;
  readonly head: string;
  readonly unit: string;
  readonly text: (value: number) => string;
};
/** A row: its moment, a value a column, and what happened in it. */
export type TableRow = {
  readonly key: string;
  readonly time: string;
  readonly values: readonly number[];
  readonly note: string;
};

/** The figures of all charts as one table, newest first: for reading exactly, and for those who do not see the charts. */
export function ChartTable({
  caption,
  timeHead,
  noteHead,
  columns,
  rows,
}: {
  readonly caption: string;
  readonly timeHead: string;
  readonly noteHead: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="chart-table" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{timeHead}</th>
            {columns.map(({ key, head, unit }) => (
              <th key={key} scope="col">
                {head} <span className="chart-unit">{unit}</span>
              </th>
            ))}
            <th scope="col">{noteHead}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, time, values, note }) => (
            <tr key={key}>
              <th scope="row">{time}</th>
              {columns.map((column, index) => (
                <td key={column.key}>{column.text(values[index] ?? Number.NaN)}</td>
              ))}
              <td>{note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
