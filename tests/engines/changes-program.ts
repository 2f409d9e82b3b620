import { openChanges } from "../../electron/changes/changes.ts";
import { systemClock } from "../../electron/machine/clock.ts";
import { defaultSettings } from "../../shared/model/settings.ts";
import { facts } from "../fixtures/synthetic.ts";
import { instance } from "../unit/electron/history/play-source.ts";

// A Tare of its own, to be killed: sets the memory of the container `id` to 128 MiB, whatever the dialog would say.
const [, , directory = "", id = "", name = ""] = process.argv;
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
const prepared = await calls.prepareChange({
  instance: id,
  resource: "memory",
  to: 128 << 20,
  now: true,
  file: false,
});
if ("trouble" in prepared) throw new Error(JSON.stringify(prepared.trouble));
await calls.commitChange({ nonce: prepared.nonce });
