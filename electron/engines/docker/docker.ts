import { type DockerApiOptions, dockerApi } from "../docker-api/engine.ts";
import { dockerPlaces } from "../docker-api/places.ts";
import type { Engine } from "../engine.ts";

/** Docker, and whatever else answers at its places and is not Podman. */
export const docker = (options: DockerApiOptions): Engine =>
  dockerApi("docker", dockerPlaces, () => [], options);
