import { statSync } from "node:fs";
import { bytes, count, visible } from "../../shared/format.ts";
import type { Instance } from "../../shared/model/instance.ts";
import type { Race } from "../../shared/model/race.ts";
import { nameOf } from "../../shared/race/in-words.ts";
import type { App } from "../app.ts";
import { record as recordSource } from "../history/recorder.ts";
import { troubleOfFile } from "../history/trouble-of-file.ts";
import { systemClock } from "../machine/clock.ts";
import type { Command } from "./args.ts";
import { ask } from "./ask.ts";
import { CannotGoOn } from "./cannot-go-on.ts";
import type { Terminal } from "./terminal.ts";

/** `tare record`: exit code 0 when all of it is in the file, 1 when the last of it is not. */
export async function record(
  app: App,
  command: Extract<Command, { name: "record" }>,
  version: string,
  { say, print, remark, signal }: Terminal,
): Promise<number> {
  const file = visible(command.path);
  const seen = new Set<string>();
  const { only } = command;
  const keep = (instance: Instance) => {
    const wanted =
      only.length === 0 ||
      only.includes(instance.name) ||
      only.includes(instance.id) ||
      (instance.group !== null && only.includes(instance.group));
    if (wanted) seen.add(instance.id);
    return wanted;
  };
  const ofThese = (race: Race) => only.length === 0 || only.includes(race.image?.name ?? nameOf(race));
  const made = recordSource(command.path, app.source, {
    clock: systemClock,
    version,
    signal,
    for: command.for,
    name: command.host,
    keep,
    races: async () => (await ask(app, "races", {})).filter(ofThese),
    onBegun: () => remark(say.recording(file)),
    onSaved: () => undefined,
    onTrouble: (trouble) => remark(trouble ? say.notSaved(file, trouble.code) : say.savedAgain(file)),
  });
  const { from, to, unsaved } = await made.catch((error: NodeJS.ErrnoException) => {
    throw new CannotGoOn(
      error.code === "EEXIST"
        ? say.exists(file)
        : say.cannotRecord(file, troubleOfFile(error, command.path).code),
    );
  });
  if (unsaved) remark(say.lost(file, unsaved.code));
  const length = say.duration((to ?? 0) - (from ?? 0));
  print(say.recorded(file, length, count(seen.size), bytes(statSync(command.path).size)));
  return unsaved ? 1 : 0;
}
