import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type Context, configFolder, currentContext, readContext } from "./context.ts";

/** What the outside says about where engines are; a test hands in its own. */
export type Surroundings = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly uid: number | null;
  /** Where the system's own sockets are; another folder only in tests. */
  readonly root: string;
};

/** This process's own, with what is given in their place. */
export const surroundingsOf = (given: Partial<Surroundings> = {}): Surroundings => ({
  environment: process.env,
  home: homedir(),
  platform: process.platform,
  uid: process.getuid?.() ?? null,
  root: "/",
  ...given,
});

/** Where a daemon may be. */
export type Place = {
  /** The address as a user writes it: unix:///var/run/docker.sock, tcp://10.0.0.5:2376, ssh://me@far. */
  readonly where: string;
  /** The setting that names it (DOCKER_HOST, a context); null: one of the usual places. */
  readonly setting: string | null;
  /** Folder of ca.pem, cert.pem, key.pem; null: no TLS was asked for. */
  readonly certificates: string | null;
  /** The setting asks not to check the certificate. */
  readonly unchecked: boolean;
};

const usual = (path: string): Place => ({
  where: `${path.startsWith("//./pipe/") ? "npipe" : "unix"}://${path}`,
  setting: null,
  certificates: null,
  unchecked: false,
});

/**
 * Where Docker may be, first the likeliest. DOCKER_HOST alone counts where it is set, as for the docker command; else
 * the current context, then the usual sockets (system, rootless, Desktop, Colima, OrbStack, Lima).
 */
export function dockerPlaces(surroundings: Surroundings): readonly Place[] {
  const { environment, home, platform } = surroundings;
  const host = environment.DOCKER_HOST;
  if (host) return [fromEnvironment(host, "DOCKER_HOST", surroundings)];
  const context = currentContext(surroundings);
  const named = context === null ? null : fromContext(readContext(surroundings, context));
  const sockets =
    platform === "win32"
      ? ["//./pipe/docker_engine", "//./pipe/dockerDesktopLinuxEngine"]
      : [
          join(surroundings.root, "var/run/docker.sock"),
          ...runtimeFolders(surroundings).map((folder) => join(folder, "docker.sock")),
          join(home, ".docker/run/docker.sock"),
          join(home, ".docker/desktop/docker.sock"),
          join(home, ".orbstack/run/docker.sock"),
          ...entries(join(home, ".colima")).map((profile) => join(home, ".colima", profile, "docker.sock")),
          ...entries(join(home, ".lima")).map((vm) => join(home, ".lima", vm, "sock/docker.sock")),
        ];
  return distinct([...(named ? [named] : []), ...sockets.map(usual)]);
}

/** Where Podman's Docker-compatible service may be: CONTAINER_HOST, the system's and the users' sockets, its machines. */
export function podmanPlaces(surroundings: Surroundings): readonly Place[] {
  const { environment, home } = surroundings;
  const host = environment.CONTAINER_HOST;
  if (host) return [fromEnvironment(host, "CONTAINER_HOST", surroundings)];
  if (surroundings.platform === "win32") return [usual("//./pipe/podman-machine-default")];
  const machines = join(home, ".local/share/containers/podman/machine");
  return distinct(
    [
      join(surroundings.root, "run/podman/podman.sock"),
      ...runtimeFolders(surroundings).map((folder) => join(folder, "podman/podman.sock")),
      ...["", ...entries(machines)].map((machine) => join(machines, machine, "podman.sock")),
    ].map(usual),
  );
}

/** The place that a claim's endpoint names, with the certificates that belong to it. */
export const placeOf = (where: string, surroundings: Surroundings): Place =>
  [...dockerPlaces(surroundings), ...podmanPlaces(surroundings)].find((place) => place.where === where) ?? {
    where,
    setting: null,
    certificates: null,
    unchecked: false,
  };

function fromEnvironment(host: string, setting: string, surroundings: Surroundings): Place {
  const { environment } = surroundings;
  // Docker's own command takes a host without scheme as tcp and any value of DOCKER_TLS_VERIFY but "" as yes.
  const where = host.includes("://") ? host : `tcp://${host}`;
  const checked = Boolean(environment.DOCKER_TLS_VERIFY) || where.endsWith(":2376");
  const tls = checked || Boolean(environment.DOCKER_TLS);
  const folder = environment.DOCKER_CERT_PATH || configFolder(surroundings);
  return { where, setting, certificates: tls ? folder : null, unchecked: tls && !checked };
}

const fromContext = (context: Context): Place => ({
  where: context.host ?? `context:${context.name}`,
  setting: `docker context ${context.name}`,
  certificates: context.certificates,
  unchecked: context.unchecked,
});

/** Ours; for root those of all users, whose rootless daemons it may see. */
function runtimeFolders({ environment, uid, root }: Surroundings): readonly string[] {
  const own = environment.XDG_RUNTIME_DIR;
  const users = join(root, "run/user");
  if (uid === 0) return [...(own ? [own] : []), ...entries(users).map((user) => join(users, user))];
  return [own ?? join(users, String(uid ?? 0))];
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}

const distinct = (places: readonly Place[]): readonly Place[] =>
  [...new Map([...places].reverse().map((place) => [place.where, place])).values()].reverse();
