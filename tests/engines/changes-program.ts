import { openChanges } from "../../electron/changes/changes.ts";
import { systemClock } from "../../electron/machine/clock.ts";
import { defaultSettings } from "../../shared/model/settings.ts";
import { facts } from "../fixtures/synthetic.ts";
import { instance } from "../unit/electron/history/play-source.ts";

/** What the program sets the memory of its container to. */
export const set = 128 << 20;

/** A Tare of its own, to be killed: sets the memory of the container `id`, whatever the dialog would say. */
async function main(directory: string, id: string, name: string): Promise<void> {
  const calls = openChanges(
    {
      directory,
      clock: systemClock,
      settings: () => ({ ...defaultSettings, changes: true }),
      people: { instance: () => instance(0, { id, name }), sample: () => null },
      live: () => true,
      host: () => facts,
    },
    new AbortController().signal,
  )({ confirm: async () => true });
  const wish = { instance: id, resource: "memory", to: set, now: true, file: false } as const;
  const prepared = await calls.prepareChange(wish);
  if ("trouble" in prepared) throw new Error(JSON.stringify(prepared.trouble));
  await calls.commitChange({ nonce: prepared.nonce });
}

const [, program = "", directory = "", id = "", name = ""] = process.argv;
if (program.endsWith("changes-program.js")) await main(directory, id, name);
