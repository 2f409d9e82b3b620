import { shell } from "electron";

/** Every address that Tare ever opens in the user's browser. None is made from what an engine, a label or a file says. */
const links: ReadonlySet<string> = new Set([
  "https://docs.docker.com/engine/install/",
  "https://docs.kernel.org/admin-guide/cgroup-v2.html",
  "https://docs.kernel.org/admin-guide/cgroup-v1/memory.html",
  "https://libvirt.org/manpages/virsh.html",
  "https://www.qemu.org/docs/master/",
]);

/** Opens `url` outside if it is one of ours, to the letter. */
export function openLink(url: string): void {
  if (links.has(url)) void shell.openExternal(url);
}
