import type { Instance } from "../model/instance.ts";

/** The image of an instance that can be raced as it is: one that Docker has. null: it has none, or no race can take it. */
export const raceableImage = ({
  kind,
  engine,
  image,
}: Pick<Instance, "kind" | "engine" | "image">): string | null =>
  kind === "container" && engine === "docker" ? image : null;
