import type { Detail } from "../../shared/model/detail.ts";
import type { Reading } from "../../shared/model/reading.ts";

/** Weighs one instance through one handle; opened by readers.ts. */
export type Reader = {
  /**
   * The reading of now, without waiting: files are read through held descriptors, an API reader hands out the newest
   * reading it has. `null`: nothing new yet. `"gone"`: what it weighs is no more (ENODEV, another start time).
   */
  read(): Reading | null | "gone";
  /** Limits in force, processes and the files read: looked up on demand, may cost milliseconds. */
  describe(): Promise<Detail>;
  close(): void;
};
