import type { EngineName, Kind } from "../../../shared/model/instance.ts";

/** What a cgroup's path says of it. */
export type Recognised =
  /** One container or VM. `id` is the engine's own; `group` a pod, task or allocation. */
  | {
      readonly what: "instance";
      readonly engine: EngineName;
      readonly id: string;
      readonly name: string;
      readonly group: string | null;
      readonly kind: Kind;
    }
  /** Exists only for an instance (conmon, a monitor, a pause's pod): part of its tare, not one itself. */
  | { readonly what: "helper" }
  /** A VM that another engine claims by its process. */
  | { readonly what: "vm" }
  /** A plain unit of systemd. */
  | { readonly what: "service"; readonly name: string };

/** An instance, and where in the hierarchy it stands. */
export type Found = {
  /** Path of the instance's own cgroup: the topmost one of its match. */
  readonly top: string;
  readonly recognised: Recognised;
  /** Path of the instance that this one runs inside of (Docker in Docker, kind); null: none. */
  readonly outer: string | null;
};

/**
 * What the process at `path` belongs to: the innermost match along the path, "/docker/<id>/system.slice/x.service" is
 * the container <id>. `path` is relative to the hierarchy's root, a byte a character. Null: nothing we know.
 */
export function recognise(path: string): Found | null {
  const parts = path.split("/").slice(1);
  const matches: Omit<Found, "outer">[] = [];
  for (let depth = 1; depth <= parts.length; depth++) {
    const top = `/${parts.slice(0, depth).join("/")}`;
    const recognised = recogniseGroup(top);
    // systemd runs inside of containers too: its units there are part of them.
    if (!recognised || (recognised.what === "service" && matches.length > 0)) continue;
    matches.push({ top, recognised });
  }
  const inner = matches.at(-1);
  const around = matches.slice(0, -1).findLast(({ recognised }) => recognised.what === "instance");
  return inner ? { ...inner, outer: around?.top ?? null } : null;
}

const id64 = "[0-9a-f]{64}";
const podUid = /pod([0-9a-f]{8}[-_](?:[0-9a-f]{4}[-_]){3}[0-9a-f]{12}|[0-9a-f]{32})(?=[./]|$)/;

type Row = {
  readonly pattern: RegExp;
  readonly is: (match: RegExpExecArray, path: string) => Recognised | null;
};

/** Engines' names in the prefixes of systemd scopes. */
const byPrefix: ReadonlyMap<string, EngineName> = new Map([
  ["docker", "docker"],
  ["libpod", "podman"],
  ["nerdctl", "containerd"],
  ["cri-containerd", "containerd"],
  ["crio", "kubernetes"],
]);

/** THE table, in order: the first match wins. Each pattern is of the end of one cgroup's path. */
const rows: readonly Row[] = [
  // Look-alikes first.
  { pattern: /\/(?:libpod-conmon-[^/]*|crio-conmon-[^/]*|conmon)$/, is: helper },
  { pattern: /\/(?:podman-\d+\.scope|podman-pause-[^/]*\.scope|rootless-netns-[^/]*\.scope)$/, is: helper },
  { pattern: /\/(?:lxc\.monitor(?:\.[^/]*)?|lxc\.pivot)$/, is: helper },
  { pattern: /\/lxc\.monitor\/[^/]*$/, is: helper },
  { pattern: /\/kata_overhead(?:\/[^/]*)?$/, is: helper },
  {
    pattern: /(?:\/buildkit\/|\/docker-buildkit[-_/])([a-z0-9]{25})(?:\.scope)?$/,
    is: ([, id]) => one("buildkit", id),
  },
  // VMs: the qemu engine finds them by their processes.
  { pattern: /\/machine-qemu\\x2d[^/]*\.scope$/, is: () => ({ what: "vm" }) },
  { pattern: /\/qemu-\d+-[^/]*\.libvirt-qemu$/, is: () => ({ what: "vm" }) },
  { pattern: /\/qemu\.slice\/\d+\.scope$/, is: () => ({ what: "vm" }) },
  { pattern: /\/kata_([0-9A-Za-z-]{1,64})$/, is: ([, id], path) => kata(id, path) },
  { pattern: /\/kata-([0-9A-Za-z-]{1,64})\.scope$/, is: ([, id], path) => kata(id, path) },
  {
    pattern: /\/firecracker\/([A-Za-z0-9-]{1,64})$/,
    is: ([, id = ""]) => ({ ...instance("cgroup", `firecracker/${id}`), name: id, kind: "vm" }),
  },
  // Containers under systemd: a scope a container.
  {
    pattern: new RegExp(`/(docker|libpod|nerdctl|cri-containerd|crio)-(${id64})\\.scope$`),
    is: ([, prefix = "", id], path) => scoped(byPrefix.get(prefix) ?? "cgroup", id, path),
  },
  // containerd with the systemd form under the cgroupfs driver: the whole name in one part, colons between.
  {
    pattern: new RegExp(`\\.slice:(?:cri-containerd|crio):(${id64})$`),
    is: ([, id], path) => inPod(id, path),
  },
  // Without systemd: a directory a container.
  { pattern: new RegExp(`/pod[-0-9a-f]{32,36}/(?:crio-)?(${id64})$`), is: ([, id], path) => inPod(id, path) },
  { pattern: new RegExp(`/crio-(?:conmon-)?${id64}$`), is: helper },
  { pattern: new RegExp(`/libpod_parent/libpod-(${id64})$`), is: ([, id]) => one("podman", id) },
  {
    pattern: new RegExp(`/libpod_parent/(${id64})/(?:libpod-)?(${id64})$`),
    is: ([, pod, id]) => one("podman", id, shortOf(pod)),
  },
  { pattern: new RegExp(`/libpod-payload-(${id64})$`), is: ([, id]) => one("podman", id) },
  { pattern: new RegExp(`/libpod-(${id64})$`), is: ([, id]) => one("podman", id) },
  { pattern: new RegExp(`/docker/(${id64})$`), is: ([, id]) => one("docker", id) },
  { pattern: new RegExp(`/ecs/([^/]{1,128})/(${id64})$`), is: ([, task, id]) => one("docker", id, task) },
  {
    pattern: /\/ecs\/([^/]{1,128})\/([0-9a-f]{32}-\d{1,20})$/,
    is: ([, task, id]) => one("containerd", id, task),
  },
  // System containers: by name.
  { pattern: /\/lxc\.payload[./]([^/]+)$/, is: ([, name]) => named("lxc", name) },
  { pattern: /^\/lxc\/([^/]+)$/, is: ([, name]) => named("lxc", name) },
  {
    pattern: /\/machine-lxc\\x2d\d+\\x2d([^/]*)\.scope$/,
    is: ([, name]) => named("lxc", unescapeUnit(name ?? "")),
  },
  {
    pattern: /\/systemd-nspawn@([^/]*)\.service$/,
    is: ([, name]) => named("nspawn", unescapeUnit(name ?? "")),
  },
  {
    pattern: /\/machine\.slice\/machine-([^/]*)\.scope$/,
    is: ([, name]) => named("nspawn", unescapeUnit(name ?? "")),
  },
  // Schedulers of their own.
  {
    pattern: /\/nomad(?:\.slice)?\/(?:[^/]*\.slice\/)?([0-9a-f-]{36})\.([^/]+?)(?:\.scope)?$/,
    is: ([, allocation = "", task = ""]) => ({
      ...instance("cgroup", `nomad/${allocation}.${task}`),
      name: task,
      group: allocation.slice(0, 8),
    }),
  },
  {
    pattern: /\/garden\/([^/]+)$/,
    is: ([, handle = ""]) => ({ ...instance("cgroup", `garden/${handle}`), name: handle }),
  },
  // Everything else of systemd.
  {
    pattern: /\/([^/]+)\.(?:service|scope)$/,
    is: ([, name = ""]) => ({ what: "service", name: unescapeUnit(name) }),
  },
];

/** What one cgroup is, by its own path alone. */
export function recogniseGroup(path: string): Recognised | null {
  if (path.length > 4_096) return null;
  for (const { pattern, is } of rows) {
    const match = pattern.exec(path);
    const recognised = match && is(match, path);
    if (recognised) return recognised;
  }
  return null;
}

function helper(): Recognised {
  return { what: "helper" };
}

const shortOf = (id: string | undefined) => (id ?? "").slice(0, 12);

const instance = (engine: EngineName, id: string) =>
  ({ what: "instance", engine, id, name: shortOf(id), group: null, kind: "container" }) as const;

/** A container that is known by its id only; its name is the id's first twelve, as engines print it. */
function one(engine: EngineName, id: string | undefined, group: string | null = null): Recognised | null {
  return id === undefined ? null : { ...instance(engine, id), group };
}

/** A system container: its name is its id. Empty names are none. */
function named(engine: EngineName, name: string | undefined): Recognised | null {
  return name ? { ...instance(engine, name), name } : null;
}

function scoped(engine: EngineName, id: string | undefined, path: string): Recognised | null {
  if (podUid.test(path)) return inPod(id, path);
  const [, podmanPod] = /libpod_pod_([0-9a-f]{64})\.slice\//.exec(path) ?? [];
  const [, task] = /\/ecstasks-([^/]*)\.slice\//.exec(path) ?? [];
  return one(engine, id, podmanPod ? shortOf(podmanPod) : (task ?? null));
}

/** The pod's uid stands in its own part of the path; systemd's names have "_" where it has "-". */
function inPod(id: string | undefined, path: string): Recognised | null {
  return one("kubernetes", id, podUid.exec(path)?.[1]?.replaceAll("_", "-") ?? null);
}

/** A Kata sandbox: a VM around a pod's containers. */
function kata(id: string | undefined, path: string): Recognised | null {
  const found = one("kubernetes", id, podUid.exec(path)?.[1]?.replaceAll("_", "-") ?? null);
  return found?.what === "instance" ? { ...found, kind: "vm" } : null;
}

/** systemd writes "-" and other bytes as \xHH, four characters. For names only: paths keep them. */
export function unescapeUnit(name: string): string {
  return name.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
