import { bytes, cores, count } from "../../shared/format.ts";
import type { Resource } from "../../shared/model/change.ts";
import type { Words } from "../../shared/words/words.ts";
import { amountText, isMemory, unitOf } from "./amount.ts";

/** An amount of use, in the fitting unit: "191 MiB", "0.49 cores", "15 processes". */
export function usedText({ units }: Words["apply"], resource: Resource, amount: number): string {
  if (isMemory(resource)) return bytes(amount);
  return resource === "pids" ? units.pids(count(amount)) : units.cores(cores(amount));
}

/** An amount as it is set, exactly: "320 MiB", "1.5 cores". */
export function limitText({ units }: Words["apply"], resource: Resource, amount: number): string {
  const unit = unitOf(resource, amount);
  return units[unit](amountText(amount, unit));
}
