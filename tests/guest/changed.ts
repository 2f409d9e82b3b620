import { openChanges } from "../../electron/changes/changes.ts";
import { systemClock } from "../../electron/machine/clock.ts";
import type { Change, ChangeTrouble, Prepared } from "../../shared/model/change.ts";
import type { Instance } from "../../shared/model/instance.ts";
import { defaultSettings } from "../../shared/model/settings.ts";
import { facts } from "../fixtures/synthetic.ts";
import { textOf } from "./kernel.ts";

const MiB = 2 ** 20;

/** Files of a cgroup after a step. */
type Step = { readonly max: string | null; readonly swap: string | null };
/** What the changes of one container's memory came to, beside the kernel's own files. */
export type Changed = {
  readonly before: Step;
  readonly set: Step & { readonly change: Change };
  readonly undone: Step & { readonly change: Change };
  readonly low: Prepared;
  readonly unnamed: ChangeTrouble;
  readonly named: Step & { readonly change: Change };
};

/** Sets, undoes, and sets below its use, the memory of a container without a limit; `folder` is its cgroup. */
export async function changed(instance: Instance, folder: string): Promise<Changed> {
  const page = openChanges(
    {
      directory: "/tmp/tare-changes",
      clock: systemClock,
      settings: () => ({ ...defaultSettings, changes: true }),
      people: { instance: () => instance, sample: () => null },
      live: () => true,
      host: () => facts,
    },
    new AbortController().signal,
  )({ confirm: async () => true });
  const step = (): Step => ({ max: textOf(folder, "memory.max"), swap: textOf(folder, "memory.swap.max") });
  const { id, name } = instance;
  const prepare = async (to: number) => {
    const reply = await page.prepareChange({ instance: id, resource: "memory", to, now: true, file: false });
    if ("trouble" in reply) throw new Error(JSON.stringify(reply));
    return reply;
  };
  const before = step();
  const first = changeOf(await page.commitChange({ nonce: (await prepare(64 * MiB)).nonce }));
  const set = { ...step(), change: first };
  const undone = { change: changeOf(await page.undoChange({ id: first.id })), ...step() };
  const low = await prepare(8 * MiB);
  const unnamed = await page.commitChange({ nonce: low.nonce });
  const last = changeOf(await page.commitChange({ nonce: low.nonce, name }));
  const named = { change: last, ...step() };
  if (!("trouble" in unnamed)) throw new Error("changed without the name");
  return { before, set, undone, low, unnamed: unnamed.trouble, named };
}

function changeOf(reply: { readonly change: Change } | { readonly trouble: ChangeTrouble }): Change {
  if ("trouble" in reply) throw new Error(JSON.stringify(reply));
  return reply.change;
}
