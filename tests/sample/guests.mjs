// The two guests of the sample: a small one by direct kernel boot under libvirt, and a Debian with systemd by QEMU alone.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { line, sh, stay, trySh } from "./shell.mjs";

/** Debian's cloud kernel: what it needs of virtio are modules. */
function kernel() {
  const name = readdirSync("/boot").find((file) => /^vmlinuz-.*cloud/.test(file));
  if (!name) throw new Error("no /boot/vmlinuz-*cloud*: install linux-image-cloud-amd64");
  return { path: join("/boot", name), release: name.slice("vmlinuz-".length) };
}

/** Paths of a module and all that it needs, in the order in which they are loaded. */
const modules = (release, name) =>
  sh("modprobe", "-S", release, "--show-depends", name)
    .split("\n")
    .flatMap((entry) => entry.match(/^insmod (\S+)/)?.[1] ?? []);

const init = `#!/bin/sh
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev
for module in $(cat /modules/order); do insmod /modules/$module; done
hostname appliance
httpd -p 80 -h /
while :; do
  dd if=/dev/zero of=/tmp/work bs=1M count=24 2> /dev/null
  i=0; while [ $i -lt 40000 ]; do i=$((i+1)); done
  sleep 12; rm -f /tmp/work; sleep 8
done
`;

/** Kernel, busybox and the balloon: boots in two seconds, serves a page, and works a little now and then. */
function appliance(folder) {
  const { path, release } = kernel();
  const root = join(folder, "appliance");
  rmSync(root, { recursive: true, force: true });
  cpSync(join(folder, "images/busybox:1.35"), root, { recursive: true, verbatimSymlinks: true });
  const needed = [...new Set([...modules(release, "virtio_pci"), ...modules(release, "virtio_balloon")])];
  mkdirSync(join(root, "modules"));
  for (const module of needed) cpSync(module, join(root, "modules", basename(module)));
  writeFileSync(join(root, "modules/order"), needed.map((module) => basename(module)).join(" "));
  writeFileSync(join(root, "init"), init, { mode: 0o755 });
  line(`cd '${root}' && find . | cpio -o -H newc --quiet > '${folder}/appliance.img'`);
  cpSync(path, join(folder, "vmlinuz"));
}

const domain = (folder) => `<domain type='qemu'>
  <name>appliance</name>
  <memory unit='MiB'>256</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <kernel>${folder}/vmlinuz</kernel>
    <initrd>${folder}/appliance.img</initrd>
    <cmdline>console=ttyS0 rdinit=/init rootfstype=ramfs panic=-1 cryptomgr.notests no_timer_check quiet</cmdline>
  </os>
  <on_poweroff>destroy</on_poweroff>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <memballoon model='virtio'><stats period='1'/></memballoon>
  </devices>
</domain>
`;

const size = "2G";

/** The same four programs as in the containers, under systemd, on a disk of their own. */
function disk(folder, root) {
  const path = join(folder, "debian.raw");
  if (existsSync(path)) return;
  const { release } = kernel();
  cpSync(join("/lib/modules", release), join(root, "lib/modules", release), { recursive: true });
  writeFileSync(join(root, "etc/hostname"), "debian\n");
  writeFileSync(join(root, "etc/fstab"), "/dev/vda / ext4 defaults 0 0\n");
  sh("mke2fs", "-q", "-t", "ext4", "-d", root, path, size);
}

/** Builds what both need; the disk is kept for the next time. */
export function prepare(folder, root) {
  appliance(folder);
  disk(folder, root);
}

export const recorded = ["appliance", "debian"];

/** Starts both; gives the QEMU that is ours to end. */
export function start(folder) {
  const { path, release } = kernel();
  const xml = join(folder, "appliance.xml");
  writeFileSync(xml, domain(folder));
  sh("virsh", "-c", "qemu:///system", "create", xml);
  return stay(
    "qemu-system-x86_64",
    ...["-name", "debian", "-nodefaults", "-no-user-config", "-display", "none"],
    ...["-M", "q35", "-accel", "tcg,thread=multi", "-smp", "2", "-m", "1024"],
    ...["-kernel", path, "-initrd", `/boot/initrd.img-${release}`],
    ...["-append", "root=/dev/vda rw console=ttyS0 quiet no_timer_check cryptomgr.notests"],
    ...["-drive", `file=${folder}/debian.raw,format=raw,if=none,id=d,snapshot=on,cache=unsafe`],
    ...["-device", "virtio-blk-pci,drive=d", "-nic", "none"],
    ...["-serial", `file:${folder}/debian.log`],
  );
}

/** Removes the domain; the other guest ends with this process. */
export const sweep = () => trySh("virsh", "-c", "qemu:///system", "destroy", "appliance");
