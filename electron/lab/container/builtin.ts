import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { z } from "zod/mini";
import type { Subject } from "../../../shared/model/race.ts";
import { builtinProbes } from "../../../shared/race/builtin-probes.ts";
import type { LabDocker } from "../docker.ts";
import { LabFailure } from "../trial.ts";
import { type TarEntry, writeTar } from "./tar-writer.ts";

export type BuiltinName = Extract<Subject, { kind: "builtin" }>["name"];

type Builtin = {
  /** Names under which busybox is found in the image. */
  readonly programs: readonly string[];
  /** Lines of a Dockerfile. */
  readonly changes: readonly string[];
};

/**
 * As many turns of a counting loop in busybox' shell as take about a second on a core of 2020s: an amount and not a time, so
 * that both kinds of box, and two computers, are given the same. A loop in one process, for `sha1sum` of a pipe would
 * measure pipes, and processors that hash by themselves.
 */
const turns = 500_000;
const work = `i=0; while [ $i -lt ${turns} ]; do i=$((i+1)); done`;

const { port } = builtinProbes.web;

/** What can be raced on a machine whose Docker has no image at all: each is one static busybox, 2 MB. */
const builtins: Readonly<Record<BuiltinName, Builtin>> = {
  true: { programs: ["true"], changes: ['CMD ["/bin/true"]'] },
  web: {
    programs: ["httpd"],
    changes: [`CMD ["/bin/httpd", "-f", "-p", "${port}", "-h", "/www"]`, `EXPOSE ${port}/tcp`],
  },
  work: {
    programs: ["sh"],
    changes: [`CMD ${JSON.stringify(["/bin/sh", "-c", work])}`],
  },
};

/** On the images, with the workload's name: what lacks it is somebody else's, whatever it is called. */
const label = "io.tare.lab";
const prefix = "tare-lab-";

/**
 * The image of a built-in workload, made if Docker has it not: its name. `busybox`: a static one, for Linux on this
 * processor. The tag is a hash of all that is in it, so an image is used again by every later race, and its archive for VMs
 * with it, until the machine's busybox changes.
 */
export async function builtinImage(
  name: BuiltinName,
  busybox: string,
  docker: LabDocker,
  signal: AbortSignal,
): Promise<string> {
  const { programs, changes } = builtins[name];
  const tar = writeTar(entriesOf(await readFile(busybox), programs));
  const lines = [...changes, `LABEL ${label}=${name}`];
  const hash = createHash("sha256").update(tar).update(lines.join("\n")).digest("hex");
  const image = `${prefix}${name}:${hash.slice(0, 12)}`;
  if (!(await isOurs(docker, image, signal))) await docker.import(Readable.from([tar]), image, lines, signal);
  return image;
}

/** Removes what this built-in workload was made as before, from another busybox; but not what a container needs. */
export async function sweepBuiltins(
  docker: LabDocker,
  current: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const repository = current.slice(0, current.indexOf(":") + 1);
  const swept: string[] = [];
  for (const { name } of await docker.images(signal)) {
    if (!name.startsWith(repository) || !/:[0-9a-f]{12}$/.test(name) || name === current) continue;
    if ((await isOurs(docker, name, signal)) && (await docker.removeImage(name, signal))) swept.push(name);
  }
  return swept;
}

function entriesOf(busybox: Uint8Array, programs: readonly string[]): readonly TarEntry[] {
  const directory = (path: string): TarEntry => ({ path, mode: 0o755, directory: true });
  return [
    directory("bin/"),
    { path: "bin/busybox", mode: 0o755, bytes: busybox },
    ...programs.map((program): TarEntry => ({ path: `bin/${program}`, mode: 0o777, link: "busybox" })),
    ...["dev/", "etc/", "proc/", "sys/", "tmp/", "www/"].map(directory),
    { path: "etc/passwd", mode: 0o644, bytes: Buffer.from("root:x:0:0:root:/:/bin/sh\n") },
    { path: "www/index.html", mode: 0o644, bytes: Buffer.from("<!doctype html><title>Tare</title>\n") },
  ];
}

const Labelled = z.object({ Config: z.object({ Labels: z.record(z.string(), z.string()) }) });

async function isOurs(docker: LabDocker, image: string, signal: AbortSignal): Promise<boolean> {
  try {
    const parsed = Labelled.safeParse(await docker.image(image, signal));
    return parsed.success && new Map(Object.entries(parsed.data.Config.Labels)).has(label);
  } catch (error) {
    if (error instanceof LabFailure && error.trouble.code === "no-image") return false;
    throw error;
  }
}
