import { z } from "zod/mini";
import type { Probe, Wish } from "../../shared/model/race.ts";
import type { Millis } from "../../shared/model/units.ts";
import { LabFailure } from "./trial.ts";
import type { HealthCheck, Workload } from "./workload.ts";

/** null, "" and [] are how engines and builders write "not set"; a shell-form command of an old builder is one string. */
const words = z.catch(z.nullish(z.union([z.array(z.string()), z.string()])), null);
const text = z.catch(z.nullish(z.string()), null);
const nanos = z.catch(z.nullish(z.number()), null);

const Health = z.object({
  Test: z.catch(z.nullish(z.array(z.string())), null),
  Interval: nanos,
  Timeout: nanos,
});
const Config = z.object({
  Entrypoint: words,
  Cmd: words,
  Env: z.catch(z.nullish(z.array(z.string())), null),
  User: text,
  WorkingDir: text,
  /** Of a SHELL line in the Dockerfile: what CMD-SHELL is given to. */
  Shell: z.catch(z.nullish(z.array(z.string())), null),
  Healthcheck: z.catch(z.nullish(Health), null),
});
const Inspect = z.object({
  Id: z.string().check(z.regex(/^(sha256:)?[0-9a-f]{64}$/)),
  Architecture: z.string(),
  Os: z.catch(z.nullish(z.string()), null),
  Size: z.number(),
  Config: z.nullish(Config),
  /** Podman puts the check beside the configuration, and only there. */
  HealthCheck: z.catch(z.nullish(Health), null),
});

/** Go's names of processors, as Node names the host's. https://go.dev/doc/install/source#environment */
const architectures: ReadonlyMap<string, string> = new Map([
  ["x64", "amd64"],
  ["arm64", "arm64"],
  ["arm", "arm"],
  ["ia32", "386"],
  ["ppc64", "ppc64le"],
  ["s390x", "s390x"],
  ["riscv64", "riscv64"],
  ["loong64", "loong64"],
]);

/**
 * What an image says is to be run, from GET /images/{name}/json, https://docs.docker.com/reference/api/engine/ (ImageInspect)
 *   {"Id":"sha256:3f9c…","Architecture":"amd64","Os":"linux","Size":1982256,"Config":{"Entrypoint":null,"Cmd":["/bin/sh"],
 *    "Env":["PATH=/bin"],"User":"","WorkingDir":"","Healthcheck":{"Test":["CMD-SHELL","wget -q …"],"Interval":30000000000}}}
 * Throws a LabFailure where it can't be raced: nothing to run, another processor, no health check where one is wished for.
 * `host`: the processor as Node names it (process.arch).
 */
export function workloadOf(
  json: unknown,
  image: string,
  wish: Pick<Wish, "probe" | "memory" | "cpus">,
  host: string,
): Workload {
  const parsed = Inspect.safeParse(json);
  if (!parsed.success)
    throw new LabFailure({ code: "failed", where: image, cause: z.prettifyError(parsed.error) });
  const { Id, Architecture, Os, Size, Config: config, HealthCheck } = parsed.data;
  const own = architectures.get(host) ?? host;
  if (Architecture !== own || (Os ?? "linux") !== "linux")
    throw new LabFailure({
      code: "other-architecture",
      where: image,
      cause: `${Os ?? "linux"}/${Architecture}, this machine is linux/${own}`,
    });
  const [program, ...args] = [...commandOf(config?.Entrypoint), ...commandOf(config?.Cmd)];
  if (!program) throw new LabFailure({ code: "no-command", where: image });
  const health = healthOf(config?.Healthcheck ?? HealthCheck, config?.Shell ?? []);
  requireHealth(wish.probe, health, image);
  return {
    image,
    digest: Id.startsWith("sha256:") ? Id : `sha256:${Id}`,
    bytes: Size,
    argv: [program, ...args],
    env: config?.Env ?? [],
    directory: config?.WorkingDir || "/",
    user: config?.User ?? "",
    architecture: Architecture,
    health,
    probe: wish.probe,
    memory: wish.memory,
    cpus: wish.cpus,
  };
}

/** Throws where health is what is waited for, and there is no check to tell it. */
export function requireHealth(probe: Probe, health: HealthCheck | null, where: string): void {
  if (probe.kind === "health" && health === null) throw new LabFailure({ code: "no-healthcheck", where });
}

const commandOf = (told: readonly string[] | string | null | undefined): readonly string[] =>
  typeof told === "string" ? (told === "" ? [] : ["/bin/sh", "-c", told]) : (told ?? []);

/** The defaults of a HEALTHCHECK line, 30 s each. https://docs.docker.com/reference/dockerfile/#healthcheck */
const usual: Millis = 30_000;

/**
 * An image's or a container's check; null: none, or ["NONE"], which takes an inherited one away. Times come in ns, 0 is
 * the default. A shell of its own (SHELL ["/bin/bash","-c"]) makes it a command like any other.
 */
export function healthOf(
  told: z.infer<typeof Health> | null | undefined,
  shell: readonly string[],
): HealthCheck | null {
  const [kind, first, ...rest] = told?.Test ?? [];
  if (first === undefined || first === "") return null;
  const times = { interval: millis(told?.Interval), timeout: millis(told?.Timeout) };
  if (kind === "CMD") return { argv: [first, ...rest], shell: false, ...times };
  if (kind !== "CMD-SHELL") return null;
  const [program, ...flags] = shell;
  return program === undefined
    ? { argv: [first], shell: true, ...times }
    : { argv: [program, ...flags, first], shell: false, ...times };
}

const millis = (told: number | null | undefined): Millis => (told && told > 0 ? told / 1e6 : usual);
