import type { Bytes } from "./units.ts";

/** A limit in force as the detail panel lists it; `key` is the kernel's or the engine's own name of it. */
export type NamedLimit = {
  readonly key:
    | "memory"
    | "memoryHigh"
    | "swap"
    | "cpu"
    | "cpuWeight"
    | "pids"
    | "ioRead"
    | "ioWrite"
    | "ioReads"
    | "ioWrites"
    | "ram"
    | "vcpus"
    | "balloon";
  readonly value: number | null;
  readonly ancestor: string | null;
  /** The file or command it was read from. */
  readonly from: string;
};

/** A process that belongs to an instance: the workload's heaviest, or a helper that exists only for the box. */
export type NamedProcess = {
  readonly pid: number;
  /** The program's name (comm). Arguments never leave the machine's side. */
  readonly name: string;
  readonly helper: boolean;
  readonly threads: number | null;
  readonly memory: Bytes | null;
};

/** What is looked up only when the panel of an instance is open. */
export type Detail = {
  readonly limits: readonly NamedLimit[];
  readonly processes: readonly NamedProcess[];
  /** Files, directories and calls that its figures are read from, as text. */
  readonly readFrom: readonly string[];
};
