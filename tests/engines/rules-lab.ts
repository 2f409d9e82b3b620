import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { cgroupMounts } from "../../electron/machine/cgroup-paths.ts";
import { busyboxImage, ensureBusyboxImage } from "./busybox-image.ts";
import { dockerCommand, eventually, removeContainers } from "./docker-lab.ts";

export const prefix = "tare-rules-";
const group = "tare-rules";
const trees = () => {
  const mounts = cgroupMounts();
  return [...new Set([...(mounts?.controllers.values() ?? []), mounts?.unified])].filter(
    (tree) => tree != null,
  );
};

/** Starts one container; `script` is busybox's sh. `family`: what its name begins with. */
export async function box(
  name: string,
  script: string,
  options: readonly string[],
  family: string = prefix,
): Promise<void> {
  const run = ["run", "-d", "--name", family + name, "--network", "none", "--log-driver", "none"];
  await dockerCommand([...run, ...options, busyboxImage, "sh", "-c", script]);
}

/** A group around containers that lets them have 48 MiB, whatever their engine says. */
export function smallGroup(): string {
  const mounts = cgroupMounts();
  const folder = `${mounts?.controllers.get("memory") ?? mounts?.unified}/${group}`;
  if (!existsSync(folder)) mkdirSync(folder);
  const file = existsSync(`${folder}/memory.max`) ? "memory.max" : "memory.limit_in_bytes";
  writeFileSync(`${folder}/${file}`, String(48 * 2 ** 20));
  return `/${group}`;
}

export async function prepare(): Promise<void> {
  await sweep();
  ensureBusyboxImage();
}

export async function sweep(): Promise<void> {
  await removeContainers(prefix);
  await eventually(() => trees().every((tree) => removed(`${tree}/${group}`)), 10_000);
}

/** A cgroup is busy for a moment after the last of its processes. */
function removed(folder: string): boolean {
  try {
    if (existsSync(folder)) rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** The disk that Docker's files stand on, as `--device-read-bps` wants it. */
export async function dockerDisk(): Promise<string> {
  const root = await dockerCommand(["info", "--format", "{{.DockerRootDir}}"]);
  const mounts = readFileSync("/proc/mounts", "latin1")
    .split("\n")
    .map((line) => line.split(" "))
    .filter(
      ([device = "", point = ""]) =>
        device.startsWith("/dev/") && `${root}/`.startsWith(`${point}/`.replace("//", "/")),
    )
    .sort((a, b) => (b[1]?.length ?? 0) - (a[1]?.length ?? 0));
  return mounts[0]?.[0] ?? "";
}
