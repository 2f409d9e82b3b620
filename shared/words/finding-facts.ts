import type { Finding } from "../model/finding.ts";

/** A number that a finding's sentence is made of; null: it is not known. */
export function factOf({ facts }: Finding, name: string): number | null {
  const value = facts[name];
  return typeof value === "number" ? value : null;
}

/** true where it is told as 1. */
export const isSo = (finding: Finding, name: string): boolean => factOf(finding, name) === 1;

/** Text from outside: the name of a process, of the one instance. */
export function nameOf({ facts }: Finding, name: string): string | null {
  const value = facts[name];
  return typeof value === "string" ? value : null;
}
