import { clockTime } from "../../shared/format.ts";
import type { App } from "../app.ts";
import { follow } from "./follow.ts";
import { instancesTable } from "./instances-table.ts";
import { jsonLine, listLine } from "./line.ts";
import type { Terminal } from "./terminal.ts";

/** Top left, and everything below cleared; https://man7.org/linux/man-pages/man4/console_codes.4.html */
const clear = "\x1b[H\x1b[J";

/** `tare watch`: `tare list` again each second, until Ctrl-C. */
export async function watch(app: App, json: boolean, terminal: Terminal): Promise<number> {
  let shown = 0;
  await follow(
    app,
    terminal.signal,
    (world, { at }) => {
      if (json)
        for (const { instance, sample } of world.instances())
          terminal.print(jsonLine({ at, ...listLine(instance, sample) }));
      else {
        const lines = [clockTime(at, terminal.offset), ...instancesTable(world, terminal)];
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
