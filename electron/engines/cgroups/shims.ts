import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";

/**
 * Containers that a containerd shim looks after: id -> namespace ("moby" is Docker, "k8s.io" Kubernetes). The only way to
 * know a container whose cgroup says nothing (`ctr run`, Docker under a --cgroup-parent). Looks at every process, so it
 * is asked only when there is such a cgroup.
 *   containerd-shim-runc-v2 -namespace moby -id 3f9c… -address /run/containerd/containerd.sock
 */
export function readShims(proc: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const pid of readdirSync(proc)) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      if (!basename(readlinkSync(`${proc}/${pid}/exe`)).startsWith("containerd-shim")) continue;
      const shim = parseShim(readFileSync(`${proc}/${pid}/cmdline`, "utf8"));
      if (shim) found.set(shim.id, shim.namespace);
    } catch {
      // ended meanwhile, or another user's
    }
  }
  return found;
}

/** The arguments of a shim, NUL between them. Null: it is none, or looks after nothing. */
export function parseShim(text: string): { readonly id: string; readonly namespace: string } | null {
  const args = text.split("\0");
  const after = (option: string) => {
    const at = args.findIndex((arg) => arg === `-${option}` || arg === `--${option}`);
    return at < 0 ? undefined : args[at + 1];
  };
  const id = after("id");
  const namespace = after("namespace");
  return id && namespace ? { id, namespace } : null;
}
