import { Duplex } from "node:stream";
import type { Kept } from "../../machine/spawn.ts";
import { findProgram, keep } from "../../machine/spawn.ts";
import { EngineFailure } from "../engine.ts";
import type { Address } from "./address.ts";

type SshAddress = Extract<Address, { readonly via: "ssh" }>;

/**
 * One connection to a daemon behind ssh, as the docker command makes it: `ssh HOST docker system dial-stdio` whose
 * stdin and stdout are the wire. The user's own ssh asks its agent and knows its hosts; BatchMode because nobody could
 * answer a question here. dockerode's own ssh:// needs ssh2, which is not bundled, and does not check host keys.
 */
export function openTunnel(address: SshAddress): Duplex {
  const ssh = findProgram("ssh");
  if (ssh === null) throw new EngineFailure("absent", "ssh");
  const stop = new AbortController();
  const child = keep(
    ssh,
    [
      ...["-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=10", "-o", "ServerAliveInterval=15"],
      ...(address.port === null ? [] : ["-p", address.port]),
      ...["--", address.destination, "docker", "system", "dial-stdio"],
    ],
    stop.signal,
  );
  return wire(child, stop);
}

/** Child's stdin and stdout as the socket that Node's HTTP client expects. Its last words become the error. */
function wire(child: Kept, stop: AbortController): Duplex {
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk.toString("utf8")).slice(-500);
  });
  const wire = new Duplex({
    read: () => void child.stdout.resume(),
    write: (chunk, _encoding, done) => void child.stdin.write(chunk, () => done()),
    final: (done) => void child.stdin.end(() => done()),
    destroy: (error, done) => {
      stop.abort();
      done(error);
    },
  });
  child.stdout.on("data", (chunk: Buffer) => {
    if (!wire.push(chunk)) child.stdout.pause();
  });
  // Its output ends before it does: only its exit tells an end from a failure, and what it complained of.
  void child.ended.then(({ code }) => {
    if (wire.destroyed) return;
    if (code === 0) wire.push(null);
    else wire.destroy(new Error(complaint.trim() || `ssh ended with ${code}`));
  });
  // What the HTTP client calls on a socket; a pipe has none of it.
  const itself = () => wire;
  return Object.assign(wire, {
    setTimeout: itself,
    setNoDelay: itself,
    setKeepAlive: itself,
    ref: itself,
    unref: itself,
  });
}
