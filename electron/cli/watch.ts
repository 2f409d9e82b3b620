import { clockTime } from "../../shared/format.ts";
import type { App } from "../app.ts";
import { follow } from "./follow.ts";
import { instancesTable } from "./instances-table.ts";
import { jsonLine, listLine } from "./line.ts";
import { openRaced } from "./raced.ts";
import type { Terminal } from "./terminal.ts";

/** Top left, and everything below cleared; https://man7.org/linux/man-pages/man4/console_codes.4.html */
const clear = "\x1b[H\x1b[J";

/** `tare watch`: `tare list` again each second, until Ctrl-C. */
export async function watch(
  app: App,
  { json, directory }: { readonly json: boolean; readonly directory: string | null },
  terminal: Terminal,
): Promise<number> {
  const raced = openRaced(app.source, directory);
  let shown = 0;
  await follow(
    app,
    terminal.signal,
    (world, { at }) => {
      const all = raced(world);
      if (json) for (const one of all) terminal.print(jsonLine({ at, ...listLine(one) }));
      else {
        const lines = [clockTime(at, terminal.offset), ...instancesTable(all, world.engines(), terminal)];
        if (terminal.screen) terminal.write(`${clear}${lines.join("\n")}\n`);
        else terminal.print((shown > 0 ? "\n" : "") + lines.join("\n"));
      }
      shown++;
      return false;
    },
    null,
  );
  return 0;
}
