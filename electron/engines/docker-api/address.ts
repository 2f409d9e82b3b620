import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { EngineFailure } from "../engine.ts";
import type { Place } from "./places.ts";

export type Tls = { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer };
export type Address =
  | { readonly via: "socket"; readonly path: string }
  | { readonly via: "tcp"; readonly host: string; readonly port: number; readonly tls: Tls | null }
  | { readonly via: "ssh"; readonly destination: string; readonly port: string | null };

/** A place as it is shown: a socket by its path, with the setting that names it where there is one. */
export function shown(place: Place): string {
  const address = place.where.replace(/^(unix|npipe):\/\/(?=.)/, "");
  return place.setting === null ? address : `${place.setting}=${address}`;
}

/**
 * How to reach a place. Throws `misconfigured` where the setting can't be right, and `unsafe` for TCP off this machine
 * without TLS or with an unchecked certificate: whoever listens there is root on that machine, and so is whoever
 * listens in between (CVE-2025-9074 is what an open port 2375 leads to).
 */
export function addressOf(place: Place): Address {
  const wrong = (why: string) => new EngineFailure("misconfigured", shown(place), new Error(why));
  const [, scheme, rest] = /^([a-z]+):\/\/(.*)$/.exec(place.where) ?? [];
  if (scheme === undefined || rest === undefined || rest === "") throw wrong("not an address");
  if (scheme === "unix" || scheme === "npipe") return { via: "socket", path: rest };
  let url: URL;
  try {
    url = new URL(`http://${rest}`);
  } catch {
    throw wrong("not an address");
  }
  // A destination that begins with a dash would be an option of ssh (CVE-2017-1000117 and its kin).
  if (url.hostname === "" || url.hostname.startsWith("-") || url.username.startsWith("-"))
    throw wrong("not a host");
  if (scheme === "ssh") {
    const user = url.username === "" ? "" : `${decodeURIComponent(url.username)}@`;
    return { via: "ssh", destination: `${user}${url.hostname}`, port: url.port || null };
  }
  if (scheme !== "tcp" && scheme !== "http" && scheme !== "https")
    throw wrong(`${scheme}:// is not known here`);
  const tls = place.certificates !== null || scheme === "https" ? readTls(place, wrong) : null;
  if ((tls === null || place.unchecked) && !isLoopback(url.hostname))
    throw new EngineFailure("unsafe", shown(place));
  return {
    via: "tcp",
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port || (tls ? 2376 : 2375)),
    tls,
  };
}

/** 127.0.0.0/8, ::1 and localhost: nobody else is on that wire. */
function isLoopback(host: string): boolean {
  return /^127(\.\d{1,3}){3}$/.test(host) || host === "[::1]" || host === "localhost";
}

function readTls(place: Place, wrong: (why: string) => EngineFailure): Tls {
  const folder = place.certificates;
  if (folder === null) return {};
  const file = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name)) : null);
  try {
    const [ca, cert, key] = [file("ca.pem"), file("cert.pem"), file("key.pem")];
    if (!ca && !cert) throw new Error(`no ca.pem or cert.pem in ${folder}`);
    return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}
