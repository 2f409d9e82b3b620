import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseAccelerator, findQemu } from "../../electron/lab/guest/accelerator.ts";
import { chooseMachine } from "../../electron/lab/guest/machine.ts";
import type { GuestOptions } from "../../electron/lab/guest/vm.ts";
import { textOf } from "../../electron/machine/proc-files.ts";
import { archive } from "../guest/cpio.ts";

export const kernel = `/boot/${readdirSync("/boot")
  .filter((name) => /^vmlinuz-.*cloud/.test(name))
  .sort()
  .at(-1)}`;
export const nonce = "5f0c9b3a61d2e874";
export const never = new AbortController().signal;

/** A folder as the lab has it: for root alone. */
export const labFolder = () => mkdtempSync(join(tmpdir(), "tare-guest-test-"));

/** A guest in the terms of the lab's contract with its init, made of busybox alone; `body` runs after the mounts. */
export function initramfs(folder: string, name: string, body: string) {
  const path = join(folder, `${name}.cpio`);
  rmSync(path, { force: true });
  const into = archive(path, "wx", 1);
  into.copy(".tare/busybox", "/bin/busybox");
  into.device("dev/console", 5, 1);
  into.device("dev/null", 1, 3);
  into.folder("proc");
  const script = `#!/.tare/busybox ash
B=/.tare/busybox
tell() { echo "TARE:${nonce}:$*"; }
$B mount -t proc proc /proc
tell init
${body}
`;
  into.file(".tare/init", 0o755, script);
  into.end();
  const { size } = statSync(path);
  return { path, nonce, unpacked: size, needed: 2 * size + 100e6 };
}

/** Accelerator and machine of this computer, kept in `folder`; what a starter needs beside its image. */
export async function runsOn(folder: string) {
  const qemu = await findQemu(never);
  const options = { qemu, directory: folder };
  const chosen = await chooseAccelerator(options, never);
  const machine = await chooseMachine({ ...options, chosen, kernel, vcpus: 1 }, never);
  return { qemu, chosen, machine, directory: folder, kernel };
}

export const workload = (probe: GuestOptions["workload"]["probe"]): GuestOptions["workload"] => ({
  image: "tare-guest-test:1",
  memory: 256 << 20,
  cpus: 1,
  probe,
});

/** Children of this process with `mark` in their arguments: all that a test may have left, and nobody else's. */
export function guestsOf(mark: string): readonly number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => {
      if (!(pid > 0)) return false;
      const parent = /^PPid:\t(\d+)$/m.exec(textOf(`/proc/${pid}/status`))?.[1];
      return Number(parent) === process.pid && textOf(`/proc/${pid}/cmdline`).includes(mark);
    });
}
