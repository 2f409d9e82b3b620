import type { Probe } from "../../shared/model/race.ts";
import type { Bytes, Cores, Millis } from "../../shared/model/units.ts";

/** What an image says is to be run, in the terms of its configuration: the same for both kinds of box. */
export type Workload = {
  /** Name as the user knows it, and the image's id (sha256:…). */
  readonly image: string;
  readonly digest: string;
  readonly bytes: Bytes;
  /** Entrypoint and command, in one. */
  readonly argv: readonly [string, ...string[]];
  /** KEY=value, as in the image. Never leaves the machine's side. */
  readonly env: readonly string[];
  readonly directory: string;
  /** As in the image: name, uid, name:group, uid:gid; empty: root. */
  readonly user: string;
  readonly architecture: string;
  readonly health: HealthCheck | null;
  readonly probe: Probe;
  readonly memory: Bytes;
  readonly cpus: Cores;
};

/** The image's HEALTHCHECK. `shell`: the one string is given to /bin/sh -c. */
export type HealthCheck = {
  readonly argv: readonly [string, ...string[]];
  readonly shell: boolean;
  readonly interval: Millis;
  readonly timeout: Millis;
};
