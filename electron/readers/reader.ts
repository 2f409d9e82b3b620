import type { Detail } from "../../shared/model/detail.ts";
import type { Bounds } from "../../shared/model/instance.ts";
import type { Reading } from "../../shared/model/reading.ts";
import type { Bytes } from "../../shared/model/units.ts";

/** Weighs one instance through one handle; opened by readers.ts. */
export type Reader = {
  /**
   * The reading of now, without waiting: files are read through held descriptors, an API reader hands out the newest
   * reading it has. `null`: nothing new yet. `"gone"`: what it weighs is no more (ENODEV, another start time).
   */
  read(): Reading | null | "gone";
  /** What numbers do not say of the limits that it read last, the same object until that changes; null: not read here. */
  bounds(): Bounds | null;
  /** Somebody changed its limits: the next reading looks them up, whoever's turn it is. */
  lookAgain(): void;
  /** Limits in force, processes and the files read: looked up on demand, may cost milliseconds. */
  describe(): Promise<Detail>;
  close(): void;
};

/** A process that exists only for one box: its shim, monitor, port or network proxy. */
export type Helper = {
  readonly pid: number;
  readonly name: string;
  /** What it holds alone, or this box's share where it serves several; null: not looked at yet, or not ours to see. */
  readonly private: Bytes | null;
};

/** The helpers of a container, by its engine's own id; empty: none was found. */
export type HelpersOf = (container: string) => readonly Helper[];
