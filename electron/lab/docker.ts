import type { Readable } from "node:stream";
import type { LabImage } from "../../shared/model/race.ts";
import type { Bytes, Cores, Millis } from "../../shared/model/units.ts";

/** What a trial's container is made from. No network of its own: the VM has none either. */
export type ContainerWish = {
  readonly image: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly memory: Bytes;
  readonly cpus: Cores;
};

/**
 * The calls to one Docker daemon that the lab makes: unlike the engines' client, some of them change things. Each ends by
 * its own deadline or by its signal; each failure is a LabFailure. Foreign JSON comes back checked (zod), or not at all.
 */
export type LabDocker = {
  facts(
    signal: AbortSignal,
  ): Promise<{ readonly version: string; readonly storage: string; readonly cgroup: string }>;
  images(signal: AbortSignal): Promise<readonly Omit<LabImage, "prepared">[]>;
  /** The image's configuration as Docker tells it (`ImageInspect`), foreign; workload.ts makes sense of it. */
  image(name: string, signal: AbortSignal): Promise<unknown>;
  /** Gives the id. */
  create(wish: ContainerWish, signal: AbortSignal): Promise<string>;
  start(id: string, signal: AbortSignal): Promise<void>;
  /** The container as Docker tells it, foreign; null: gone. */
  inspect(id: string, signal: AbortSignal): Promise<unknown>;
  stop(id: string, signal: AbortSignal): Promise<void>;
  /** By force, with its volumes; nothing happens where it is gone already. */
  remove(id: string, signal: AbortSignal): Promise<void>;
  /** All containers with this label, running or not. */
  labelled(
    label: string,
    signal: AbortSignal,
  ): Promise<readonly { readonly id: string; readonly labels: Readonly<Record<string, string>> }[]>;
  /**
   * Lines that it prints, both streams, from its start on; taken before `start`, so that none is missed. `tty`: it has a
   * terminal, whose one stream comes without frames.
   */
  output(id: string, tty: boolean, signal: AbortSignal): Promise<AsyncIterable<string>>;
  /**
   * Runs a command in a running container, as its user: the exit code, null where it had not ended after `deadline` ms.
   */
  exec(id: string, argv: readonly string[], deadline: Millis, signal: AbortSignal): Promise<number | null>;
  /** Its whole file system as a tar stream. */
  export(id: string, signal: AbortSignal): Promise<Readable>;
  /** Makes an image of a tar stream; `changes` are lines of a Dockerfile. Gives its id. */
  import(tar: Readable, name: string, changes: readonly string[], signal: AbortSignal): Promise<string>;
  /** Takes an image's name away, and the image with its last one. False: a container needs it, and it stays. */
  removeImage(name: string, signal: AbortSignal): Promise<boolean>;
};
