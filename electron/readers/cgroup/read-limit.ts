import { cpus, totalmem } from "node:os";
import { readOnce, shared } from "../../machine/held-file.ts";
import { parseNumber, parseQuota } from "./parse.ts";

/** Reads a limit in a folder. null: no limit, or no such file. */
export type Read = (folder: string) => number | null;

export const numberIn = (path: string) => {
  const length = readOnce(path);
  return length < 0 ? null : parseNumber(shared, length);
};
export const file =
  (name: string): Read =>
  (folder) =>
    numberIn(`${folder}/${name}`);

export const quotaV2: Read = (folder) => {
  const length = readOnce(`${folder}/cpu.max`);
  return length < 0 ? null : parseQuota(shared, length);
};
/** cpu.cfs_quota_us is -1 without a limit, which is no number to the parser. */
export const quotaV1: Read = (folder) => {
  const quota = numberIn(`${folder}/cpu.cfs_quota_us`);
  const period = quota === null ? null : numberIn(`${folder}/cpu.cfs_period_us`);
  return quota === null || !period ? null : quota / period;
};
/** v1 limits memory and swap together: what memsw leaves beside the memory limit is the limit of swap. */
export const swapV1: Read = (folder) => {
  const memory = numberIn(`${folder}/memory.limit_in_bytes`);
  // The kernel keeps the limit of both at or above that of memory: without the one there is none of the other.
  if (memory === null || memory > physical()) return null;
  const both = numberIn(`${folder}/memory.memsw.limit_in_bytes`);
  return both === null || both > 2 ** 62 ? null : both - memory;
};

let memory = 0;
let threads = 0;
export const physical = () => (memory ||= totalmem());
export const cores = () => (threads ||= cpus().length);

/** A small file's text without its last line end; "": not there, or nothing in it. */
export const textIn = (path: string): string =>
  shared.toString("latin1", 0, Math.max(0, readOnce(path))).trimEnd();
