import { cgroups } from "./cgroups/cgroups.ts";
import { docker } from "./docker/docker.ts";
import type { Engine } from "./engine.ts";
import { libvirt } from "./libvirt/libvirt.ts";
import { podman } from "./podman/podman.ts";
import { qemu } from "./qemu/qemu.ts";

export type EngineOptions = {
  /** Shows plain system services too. */
  readonly services: boolean;
};

/** THE list of engines, in the order of the strip. To add one: its folder and a line here. */
export const engines = ({ services }: EngineOptions): readonly Engine[] => [
  docker({}),
  podman({}),
  libvirt({}),
  qemu({}),
  cgroups({ services }),
];
