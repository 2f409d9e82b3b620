import type { App } from "../app.ts";
import { follow } from "./follow.ts";
import { instancesTable } from "./instances-table.ts";
import { jsonLine, listLine } from "./line.ts";
import { openRaced } from "./raced.ts";
import type { Terminal } from "./terminal.ts";
import { troubleLines } from "./troubles.ts";

/** An engine that is not found by then, or an instance that can't be weighed twice, is not waited for. */
const patience = 10_000;

/** `tare list`: what runs here and what it weighs, once, after two readings; of a recording: what there was at its end. */
export async function list(
  app: App,
  { json, directory }: { readonly json: boolean; readonly directory: string | null },
  terminal: Terminal,
): Promise<number> {
  const recorded = !app.source.live;
  if (recorded) app.source.steer({ position: Number.MAX_SAFE_INTEGER, playing: false });
  const seen = await follow(app, terminal.signal, (world) => recorded || world.settled(), patience);
  const all = openRaced(app.source, directory)(seen);
  if (json) {
    for (const one of all) terminal.print(jsonLine(listLine(one)));
    for (const line of troubleLines(seen.engines(), terminal)) terminal.remark(line);
    return 0;
  }
  for (const line of instancesTable(all, seen.engines(), terminal)) terminal.print(line);
  return 0;
}
