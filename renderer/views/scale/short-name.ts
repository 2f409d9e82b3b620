import type { Instance } from "../../../shared/model/instance.ts";

/** A name where there is little room: a project's prefix and a compose index of 1 say nothing there. */
export const shortName = ({ name, group }: Pick<Instance, "name" | "group">): string =>
  (group !== null && name.startsWith(`${group}-`) ? name.slice(group.length + 1) : name).replace(/-1$/, "");
