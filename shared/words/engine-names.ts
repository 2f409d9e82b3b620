import type { EngineName } from "../model/instance.ts";

/** Names of engines as their makers write them: the same in every language. */
export const engineNames: { readonly [name in EngineName]: string } = {
  docker: "Docker",
  podman: "Podman",
  libvirt: "libvirt",
  qemu: "QEMU",
  containerd: "containerd",
  kubernetes: "Kubernetes",
  lxc: "LXC",
  nspawn: "nspawn",
  buildkit: "BuildKit",
  cgroup: "cgroups",
};
