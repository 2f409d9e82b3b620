import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { basename, dirname, join } from "node:path";
import type { Millis } from "../../../shared/model/units.ts";
import { EngineFailure } from "../engine.ts";

/** A daemon that there may be, and where it would listen. */
export type Place = { readonly uri: string; readonly sockets: readonly string[] };

const names = ["libvirt-sock", "virtqemud-sock", "libvirt-sock-ro", "virtqemud-sock-ro"];

/**
 * The machine's daemon and the user's own, https://libvirt.org/uri.html. Root has none of its own: libvirt sends root's
 * session to the machine's daemon, which refuses it.
 */
export function libvirtPlaces(
  environment: Readonly<Record<string, string | undefined>>,
  uid: number,
): readonly Place[] {
  const { XDG_RUNTIME_DIR: runtime, HOME: home = "/" } = environment;
  const own = runtime ? join(runtime, "libvirt") : join(home, ".cache/libvirt");
  const at = (folder: string) => names.map((name) => join(folder, name));
  return [
    { uri: "qemu:///system", sockets: [...at("/run/libvirt"), ...at("/var/run/libvirt")] },
    ...(uid === 0 ? [] : [{ uri: "qemu:///session", sockets: at(own) }]),
  ];
}

const patience: Millis = 2_000;

/**
 * The first socket of `place` at which somebody listens; null where there is no socket at all. Asked before virsh is:
 * it would start a session's daemon where only its old socket lies about, and costs a process to tell that nobody is here.
 * Throws an EngineFailure where there are sockets and all refuse.
 */
export async function listeningSocket(place: Place): Promise<string | null> {
  let refusal: EngineFailure | null = null;
  for (const path of place.sockets) {
    if (!isThere(path)) continue;
    const error = await reach(path);
    if (error === null) return path;
    const code =
      error === "EACCES" || error === "EPERM" ? "denied" : error === "ETIMEDOUT" ? "timeout" : "refused";
    refusal ??= new EngineFailure(code, path, error);
  }
  if (refusal) throw refusal;
  return null;
}

function isThere(path: string): boolean {
  try {
    return readdirSync(dirname(path)).includes(basename(path));
  } catch {
    return false;
  }
}

/** Null: somebody takes the call; else why not, as the system's code. */
const reach = (path: string) =>
  new Promise<string | null>((resolve) => {
    const socket = connect({ path });
    const timer = setTimeout(() => done("ETIMEDOUT"), patience);
    const done = (error: string | null) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(error);
    };
    socket.on("connect", () => done(null));
    socket.on("error", (error: NodeJS.ErrnoException) => done(error.code ?? "EIO"));
  });
