import type { Controller } from "./instance.ts";
import type { Bytes, BytesPerSecond, Cores, Millis } from "./units.ts";

/** What seldom changes of the computer that is watched. */
export type HostFacts = {
  readonly name: string;
  readonly os: string;
  readonly kernel: string;
  readonly cpu: string;
  readonly threads: number;
  readonly memory: Bytes;
  /** 1, 2, or 1 with an empty v2 beside it; null: no cgroups here. */
  readonly cgroup: "v1" | "v2" | "hybrid" | null;
  /** Controllers that this kernel has switched on; null: not known. */
  readonly controllers: readonly Controller[] | null;
};

/** The host in one second. null is unknown. */
export type HostSample = {
  readonly cores: Cores | null;
  readonly available: Bytes | null;
  readonly free: Bytes | null;
  /** Page cache and buffers of the whole host. */
  readonly cache: Bytes | null;
  readonly read: BytesPerSecond | null;
  readonly written: BytesPerSecond | null;
  readonly received: BytesPerSecond | null;
  readonly sent: BytesPerSecond | null;
};

/** Tare's own weight. */
export type SelfSample = { readonly cores: Cores | null; readonly resident: Bytes };

/** What a recording says of itself; null for live. */
export type ReplayState = {
  readonly name: string;
  /** When the recorded stretch began and ended. */
  readonly from: Millis;
  readonly to: Millis;
  readonly position: Millis;
  readonly playing: boolean;
  readonly speed: number;
  /** true: the sample that ships with Tare. */
  readonly sample: boolean;
};
