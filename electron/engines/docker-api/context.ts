import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod/mini";

/** One `docker context`; `host` is null where its file is missing or can't be read. */
export type Context = {
  readonly name: string;
  readonly host: string | null;
  readonly certificates: string | null;
  readonly unchecked: boolean;
};

type Settings = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
};

/** Docker's own folder of settings. */
export const configFolder = ({ environment, home }: Settings): string =>
  environment.DOCKER_CONFIG || join(home, ".docker");

const Config = z.object({ currentContext: z.optional(z.string()) });
// {"Name":"far","Metadata":{},"Endpoints":{"docker":{"Host":"ssh://me@far","SkipTLSVerify":false}}}
const Meta = z.object({
  Endpoints: z.object({
    docker: z.object({ Host: z.string(), SkipTLSVerify: z.optional(z.boolean()) }),
  }),
});

/** Name of the context in use; null: the default one, which is the usual socket. */
export function currentContext(settings: Settings): string | null {
  const config = Config.safeParse(readJson(join(configFolder(settings), "config.json")));
  const name = settings.environment.DOCKER_CONTEXT || (config.success ? config.data.currentContext : "");
  return name && name !== "default" ? name : null;
}

/** Reads contexts/meta/<sha256 of the name>/meta.json, and where its TLS material lies. */
export function readContext(settings: Settings, name: string): Context {
  const contexts = join(configFolder(settings), "contexts");
  const key = createHash("sha256").update(name).digest("hex");
  const meta = Meta.safeParse(readJson(join(contexts, "meta", key, "meta.json")));
  const tls = join(contexts, "tls", key, "docker");
  return {
    name,
    host: meta.success ? meta.data.Endpoints.docker.Host : null,
    certificates: existsSync(tls) ? tls : null,
    unchecked: meta.success && meta.data.Endpoints.docker.SkipTLSVerify === true,
  };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
