import type { Bytes } from "../../../shared/model/units.ts";

export type Accelerator = "kvm" | "hvf" | "whpx" | "tcg";

/** A virtual machine as QEMU is asked for it. */
export type Box = {
  /** As other programs list it: Tare's own engine reads it too. */
  readonly name: string;
  readonly accelerator: Accelerator;
  /** With its options, as in `-machine`. */
  readonly machine: string;
  readonly memory: Bytes;
  readonly vcpus: number;
  /** QEMU's own seccomp filter: Linux only, and not in every build. */
  readonly sandbox: boolean;
};

/** The firmware's port comes first of what `keep` of spawn.ts gives beside the arguments. */
const firmwareDescriptor = 3;

/** A comma ends an option, and two are one. */
const escaped = (value: string) => value.replaceAll(",", ",,");

/**
 * What every guest of ours is started with. Nothing that it was not given: no default devices, no file of the user's, no
 * network, no screen, no monitor, no shared folder; and no way to start a program, get more rights or change its own limits.
 * -no-reboot: a guest that resets, as after a panic, ends. Source: https://www.qemu.org/docs/master/system/security.html
 */
function confined({ name, accelerator, machine, memory, vcpus, sandbox }: Box): readonly string[] {
  return [
    ...["-nodefaults", "-no-user-config", "-nic", "none", "-display", "none", "-no-reboot"],
    ...(sandbox
      ? ["-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny"]
      : []),
    ...["-name", `guest=${escaped(name)}`],
    ...["-machine", machine, "-accel", accelerator],
    ...["-m", `${Math.floor(memory / 1024)}k`, "-smp", String(vcpus)],
  ];
}

/** ttyS0 on our pipes. signal=off: an interrupt character of the workload's is none for QEMU. */
const serial = ["-chardev", "stdio,id=serial,signal=off", "-serial", "chardev:serial"];

/** SeaBIOS's debug port, https://www.seabios.org/Debugging */
const debugPort = (backend: string) => [
  ...["-chardev", `${backend},id=firmware`],
  ...["-device", "isa-debugcon,iobase=0x402,chardev=firmware"],
];
const onDescriptor = debugPort(`socket,fd=${firmwareDescriptor}`);

/** microvm's qboot prints nothing. */
const speaks = (machine: string) => !machine.startsWith("microvm");

export type DirectBoot = {
  /** Paths as QEMU opens them. */
  readonly kernel: string;
  readonly initramfs: string;
  /** What its init needs the kernel to be told. */
  readonly guestArguments: string;
  /** The descriptor of the firmware's port is given. */
  readonly firmware: boolean;
};

/**
 * A kernel and an initramfs, without boot loader or disk. The kernel: its lines on ttyS0 from the first on (earlyprintk),
 * down to "Run … as init" (loglevel 7: it dates the phases, and shows a panic); cryptomgr.notests saves 0.3 s of self-tests
 * under TCG; no_timer_check: on a busy host the check of the timer fails now and then, and halts the boot.
 */
export function directBoot(box: Box, boot: DirectBoot): readonly string[] {
  const kernel = `console=ttyS0 earlyprintk=ttyS0 loglevel=7 cryptomgr.notests no_timer_check ${boot.guestArguments}`;
  return [
    ...confined(box),
    ...serial,
    ...(boot.firmware && speaks(box.machine) ? onDescriptor : []),
    ...["-kernel", boot.kernel, "-initrd", boot.initramfs, "-append", kernel],
  ];
}

export type DiskBoot = {
  /** The descriptor of the disk image, open for reading only; or its path. */
  readonly disk: number | string;
  /** Told, never guessed by QEMU: a guest could have written another format's head into its raw disk. */
  readonly format: "raw" | "qcow2";
  readonly firmware: boolean;
  /** The descriptor of the guest agent's channel; null: none. */
  readonly agent: number | null;
};

/**
 * Firmware, boot loader and disk. snapshot=on: writes go to a file in the temporary directory that has no name any more;
 * cache=unsafe: nobody needs them to last.
 */
export function diskBoot(box: Box, { disk, format, firmware, agent }: DiskBoot): readonly string[] {
  return [
    ...confined(box),
    ...serial,
    ...(firmware ? onDescriptor : []),
    ...(typeof disk === "number" ? ["-add-fd", `fd=${disk},set=1`] : []),
    "-drive",
    `file=${typeof disk === "number" ? "/dev/fdset/1" : escaped(disk)},format=${format},if=none,id=disk,snapshot=on,cache=unsafe`,
    ...["-device", "virtio-blk-pci,drive=disk"],
    ...(agent === null
      ? []
      : [
          ...["-device", "virtio-serial-pci", "-chardev", `socket,id=agent,fd=${agent}`],
          ...["-device", "virtserialport,chardev=agent,name=org.qemu.guest_agent.0"],
        ]),
  ];
}

/** The firmware with nothing to boot, its words on stdout: what an accelerator can do shows in a tenth of a second. */
export const selfTest = (accelerator: Accelerator, sandbox: boolean): readonly string[] => [
  ...confined({
    name: "tare-lab self-test",
    accelerator,
    machine: "q35",
    memory: 32 << 20,
    vcpus: 1,
    sandbox,
  }),
  ...["-boot", "strict=on"],
  ...debugPort("stdio"),
];
