import { updateCommand, virshCommands } from "../../shared/mends/commands.ts";
import { composeLines, kubernetesLines } from "../../shared/mends/lines.ts";
import { type Setting, settable, settingFrom, settingTo } from "../../shared/mends/setting.ts";
import { nameOrId, shortId } from "../../shared/mends/shell.ts";
import type { ChangeTrouble, Mend, Resource } from "../../shared/model/change.ts";
import type { Instance } from "../../shared/model/instance.ts";
import { type FileChange, fileChange } from "./compose/files.ts";
import type { Desk } from "./desk.ts";
import { changeTroubleOf } from "./failure.ts";
import type { Hand, Look } from "./hand.ts";

/** A limit that somebody wants to set. */
export type MendWish = { readonly instance: string; readonly resource: Resource; readonly to: number };
type EngineTarget = "docker" | "podman" | "libvirt";

/**
 * Every way to set a limit of an instance: the one in force first, then what it is made from, then the same for others. Of
 * one that runs here as its engine keeps its limits now; of a recorded one (`desk` null) as is usual, to be copied.
 */
export async function mendsOf(
  { resource, to }: MendWish,
  instance: Instance,
  desk: Desk | null,
): Promise<readonly Mend[]> {
  const { id, name, kind, engine, virtualization } = instance;
  const ofVm = resource === "vmMemory" || resource === "vmCpu";
  if (ofVm !== (kind === "vm")) return [];
  const usual = settingTo(settingFrom(resource, null), settable(resource, to));
  const called = nameOrId(name, shortId(id));
  const others = ofVm ? [] : linesMend("kubernetes", kubernetesLines(name, usual), null);
  if (engine !== "docker" && engine !== "podman" && engine !== "libvirt") return others;
  const forGood = (setting: Setting) =>
    engine === "libvirt"
      ? linesMend(
          "libvirt",
          virshCommands(called, setting, "config", virtualization?.configured ?? null).join("\n"),
          null,
        )
      : [];
  const unseen = (trouble: ChangeTrouble | null): readonly Mend[] => {
    const text = commandOf(engine, called, usual);
    const now: Mend = { target: engine, now: true, text, file: null, appliable: false, trouble };
    return [now, ...forGood(usual), ...others];
  };
  if (desk === null) return unseen(null);
  try {
    return await desk.withSeen({ instance: id, name, resource }, async ({ hand, look, setting }) => {
      const after = settingTo(setting, settable(resource, to));
      const now = engineMend(engine, id, hand, look.name, after);
      return [now, ...fileMends(look, after), ...forGood(after), ...others];
    });
  } catch (error) {
    return unseen(changeTroubleOf(error, name));
  }
}

function commandOf(engine: EngineTarget, called: string, setting: Setting): string {
  return engine === "libvirt"
    ? virshCommands(called, setting, "live").join("\n")
    : updateCommand(engine, called, setting);
}

/** The engine's command for an instance that it has in hand. */
export const engineMend = (
  target: EngineTarget,
  id: string,
  hand: Hand,
  name: string,
  after: Setting,
): Mend => ({
  target,
  now: true,
  text: hand.command(after, nameOrId(name, shortId(id))),
  file: null,
  appliable: true,
  trouble: null,
});

/** The patch of the file that a container was made from. */
export const composeMend = (service: string, after: Setting, { path, diff }: FileChange): Mend => ({
  target: "compose",
  now: false,
  text: composeLines(service, after),
  file: { path, diff },
  appliable: true,
  trouble: null,
});

/** Of a container that compose made: the patch, or the lines to write by hand and why Tare does not write them. */
function fileMends({ compose, name }: Look, after: Setting): readonly Mend[] {
  if (compose === null) return [];
  try {
    return [composeMend(compose.service, after, fileChange(compose, after))];
  } catch (error) {
    return linesMend("compose", composeLines(compose.service, after), changeTroubleOf(error, name));
  }
}

/** Lines to copy; none where there is nothing to say. */
const linesMend = (target: Mend["target"], text: string, trouble: ChangeTrouble | null): readonly Mend[] =>
  text === "" ? [] : [{ target, now: false, text, file: null, appliable: false, trouble }];
