import { z } from "zod/mini";
import type { LabImage } from "../../shared/model/race.ts";

/** What Docker's answers to the lab's own calls hold; anything else throws. */
const Info = z.object({
  ServerVersion: z.string(),
  Driver: z.string(),
  CgroupDriver: z.catch(z.optional(z.string()), undefined),
  /** Docker 20.10 and later; those before know only v1. */
  CgroupVersion: z.catch(z.optional(z.string()), undefined),
});

/**
 * GET /info: `{"ServerVersion":"20.10.24","Driver":"overlay2","CgroupDriver":"cgroupfs","CgroupVersion":"1"}`. Podman's
 * version comes with its name: "Podman 4.3.1".
 */
export function parseFacts(json: unknown, engine: "docker" | "podman") {
  const { ServerVersion, Driver, CgroupDriver, CgroupVersion } = Info.parse(json);
  const cgroup = [`v${CgroupVersion || "1"}`, CgroupDriver].filter(Boolean).join(" ");
  const version = engine === "podman" ? `Podman ${ServerVersion}` : ServerVersion;
  return { version, storage: Driver, cgroup };
}

const Made = z.object({ Id: z.string().check(z.regex(/^[0-9a-f]{64}$/)) });
/** POST /containers/create, POST /containers/{id}/exec: `{"Id":"3f9c…","Warnings":[]}` */
export const parseId = (json: unknown): string => Made.parse(json).Id;

const ExecState = z.object({ Running: z.boolean(), ExitCode: z.nullish(z.number()) });
/** GET /exec/{id}/json; null: it still runs. */
export function parseExitCode(json: unknown): number | null {
  const { Running, ExitCode } = ExecState.parse(json);
  return Running ? null : (ExitCode ?? null);
}

const labels = z.catch(z.nullish(z.record(z.string(), z.string())), null);
const Labelled = z.array(z.object({ Id: z.string().check(z.regex(/^[0-9a-f]{64}$/)), Labels: labels }));
/** GET /containers/json */
export const parseLabelled = (json: unknown) =>
  Labelled.parse(json).map(({ Id, Labels }) => ({ id: Id, labels: Labels ?? {} }));

const Images = z.array(z.object({ Id: z.string(), RepoTags: z.catch(z.nullish(z.array(z.string())), null) }));
/** GET /images/json: each tag and whose it is. What has no tag is only a layer of something, or was replaced. */
export const parseTags = (json: unknown) =>
  Images.parse(json).flatMap(({ Id, RepoTags }) =>
    (RepoTags ?? []).filter((tag) => !tag.includes("<none>")).map((name) => ({ name, id: Id })),
  );

const Image = z.object({
  Size: z.number(),
  Config: z.nullish(
    z.object({
      ExposedPorts: z.catch(z.nullish(z.record(z.string(), z.unknown())), null),
      Healthcheck: z.catch(z.nullish(z.object({ Test: z.nullish(z.array(z.string())) })), null),
    }),
  ),
});
/** Of GET /images/{name}/json, what the picker shows. Null: it tells nothing of use. */
export function parseImage(json: unknown): Pick<LabImage, "bytes" | "port" | "health"> | null {
  const parsed = Image.safeParse(json);
  if (!parsed.success) return null;
  const test = parsed.data.Config?.Healthcheck?.Test ?? [];
  return {
    bytes: parsed.data.Size,
    port: leastPort(Object.keys(parsed.data.Config?.ExposedPorts ?? {})),
    health: test.length > 1 && test[0] !== "NONE",
  };
}

/** The least TCP port of "80/tcp", "443", "53/udp"; null: none. */
export function leastPort(exposed: readonly string[]): number | null {
  const ports = exposed.flatMap((text) => {
    const [, port] = /^(\d{1,5})(?:\/tcp)?$/.exec(text) ?? [];
    return port === undefined || Number(port) < 1 || Number(port) > 65_535 ? [] : [Number(port)];
  });
  return ports.length === 0 ? null : Math.min(...ports);
}

const Progress = z.object({ status: z.optional(z.string()), error: z.optional(z.string()) });
/**
 * POST /images/create: `{"status":"sha256:3f9c…"}` in the last of its lines, or `{"error":"no space left on device",…}` in
 * any, with 200 all the same.
 */
export function parseImported(text: string): { readonly id: string } | { readonly error: string } {
  let id: string | null = null;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "") continue;
    const { status, error } = Progress.parse(JSON.parse(line));
    if (error !== undefined) return { error };
    if (status !== undefined && /^(sha256:)?[0-9a-f]{64}$/.test(status))
      id = status.startsWith("sha256:") ? status : `sha256:${status}`;
  }
  return id === null ? { error: "it names no image" } : { id };
}
