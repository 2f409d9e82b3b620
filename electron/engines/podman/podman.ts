import { type DockerApiOptions, dockerApi } from "../docker-api/engine.ts";
import { dockerPlaces, podmanPlaces } from "../docker-api/places.ts";
import type { Engine } from "../engine.ts";

/**
 * Podman through its Docker-compatible service. It may also stand behind DOCKER_HOST or docker.sock (the podman-docker
 * package links it there); over ssh the docker command would be asked for, which a Podman host lacks.
 */
export const podman = (options: DockerApiOptions): Engine =>
  dockerApi(
    "podman",
    podmanPlaces,
    (surroundings) => dockerPlaces(surroundings).filter(({ where }) => !where.startsWith("ssh://")),
    options,
  );
