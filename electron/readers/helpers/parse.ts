/** Whom a helper's command line says it serves. */
export type Serves =
  /** Named by the engine's own id. */
  | { readonly by: "id"; readonly id: string }
  /** By the address that it forwards to. */
  | { readonly by: "address"; readonly address: string }
  /** By the network namespace: a path to one, or any process in it. */
  | { readonly by: "namespace"; readonly path: string }
  /** By its own network namespace, or that of its child: it says nothing else. */
  | { readonly by: "child" };

/** What a helper is called in /proc/PID/comm, which is cut to 15 bytes: the sieve before a command line is read. */
export const helperComm =
  /^(containerd-shim|conmon|docker-proxy|slirp4netns|pasta|pasta\.avx2|rootlessport|rootlessport-ch|exe|lxc-start|\[lxc monitor\])/;

/**
 * Reads from a command line which container a helper exists for; null: it is no helper (or a shim's short-lived
 * `start` and `delete`). Examples, in order of the cases:
 *   containerd-shim-runc-v2 -namespace moby -id b64b741c… -address /run/containerd/containerd.sock
 *   conmon --api-version 1 -c 9f86d081… -u 9f86d081… -r /usr/bin/crun -b …
 *   docker-proxy -proto tcp -host-ip 127.0.0.1 -host-port 8080 -container-ip 172.17.0.2 -container-port 80
 *   slirp4netns --disable-host-loopback --mtu=65520 -c -e 3 -r 4 --netns-type=path /run/user/1000/netns/netns-1b tap0
 *   pasta --config-net -t 8080-8080:80-80 … --netns /run/user/1000/netns/netns-1b
 *   containers-rootlessport        (all else comes by its standard input)
 *   [lxc monitor] /var/lib/lxc web
 */
export function parseServes(args: readonly string[]): Serves | null {
  const program = args[0]?.slice(args[0].lastIndexOf("/") + 1) ?? "";
  const after = (...flags: readonly string[]) => {
    const at = args.findIndex((arg) => flags.includes(arg));
    return at < 0 ? undefined : args[at + 1];
  };
  const last = args.at(-1);
  if (program.startsWith("containerd-shim")) {
    const id = after("-id", "--id");
    return id === undefined || last === "start" || last === "delete" ? null : { by: "id", id };
  }
  if (program === "conmon") {
    const id = after("-c", "--cid");
    return id === undefined ? null : { by: "id", id };
  }
  if (program === "docker-proxy") {
    const address = after("-container-ip");
    return address === undefined ? null : { by: "address", address };
  }
  if (program === "slirp4netns") return namespaceOf(isNamespace(last) ? last : args.at(-2));
  if (program === "pasta" || program === "pasta.avx2") return namespaceOf(after("--netns") ?? last);
  if (/^(containers-)?rootlessport(-child)?$/.test(program)) return { by: "child" };
  // setproctitle leaves one string, not several arguments.
  const monitored = /^\[lxc monitor\] \S+ (\S+)$/.exec(args.join(" ").trim())?.[1];
  return monitored === undefined ? null : { by: "id", id: monitored };
}

const isNamespace = (arg: string | undefined) =>
  arg !== undefined && (arg.startsWith("/") || /^\d+$/.test(arg));

/** A path, or the pid of a process in the namespace. */
function namespaceOf(arg: string | undefined): Serves | null {
  if (arg === undefined || !isNamespace(arg)) return null;
  return { by: "namespace", path: arg.startsWith("/") ? arg : `/proc/${arg}/ns/net` };
}

/**
 * The addresses of a network namespace as `addressKey` writes them, from /proc/PID/net/fib_trie
 *            |-- 172.17.0.2
 *               /32 host LOCAL
 * and /proc/PID/net/if_inet6
 *   fd000000000000000000000000000002 0c 40 00 80     eth0
 */
export function parseAddresses(fibTrie: string, inet6: string): ReadonlySet<string> {
  const found = new Set<string>();
  let leaf = "";
  for (const row of fibTrie.split("\n")) {
    leaf = /\|-- (\d+\.\d+\.\d+\.\d+)$/.exec(row)?.[1] ?? leaf;
    if (row.endsWith("/32 host LOCAL") && !leaf.startsWith("127.")) found.add(leaf);
  }
  for (const row of inet6.split("\n")) {
    const digits = /^([0-9a-f]{32}) /.exec(row)?.[1];
    if (digits) found.add(digits);
  }
  return found;
}

/** An address in one form: IPv4 as it is written, IPv6 as the kernel's 32 digits: fd00::2 is fd00…0002. */
export function addressKey(address: string): string {
  const [head = "", tail] = address.split("::");
  if (!address.includes(":")) return address;
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const before = groups(head);
  const behind = groups(tail ?? "");
  const zeros = Array<string>(Math.max(0, 8 - before.length - behind.length)).fill("0");
  return [...before, ...zeros, ...behind].map((group) => group.toLowerCase().padStart(4, "0")).join("");
}
