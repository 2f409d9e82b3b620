import { execFileSync } from "node:child_process";
import { describe, test } from "vitest";

/** How each thing that a real test may need is looked for: a command that succeeds where it is there. */
const probes = {
  docker: ["docker", ["info"]],
  podman: ["podman", ["--version"]],
  qemu: ["qemu-system-x86_64", ["--version"]],
  agent: ["qemu-ga", ["--version"]],
  libvirt: ["virsh", ["-c", "qemu:///system", "list"]],
  lxc: ["lxc-create", ["--version"]],
  busybox: ["sh", ["-c", "test -x /bin/busybox && ! ldd /bin/busybox"]],
  kernel: ["sh", ["-c", "ls /boot/vmlinuz-*cloud*"]],
  chromium: ["sh", ["-c", "command -v chromium || command -v google-chrome"]],
  openssl: ["openssl", ["version"]],
  xmllint: ["xmllint", ["--version"]],
  loop: ["sh", ["-c", "command -v losetup && command -v mke2fs && test -e /dev/loop-control"]],
  root: ["sh", ["-c", "test $(id -u) = 0"]],
} as const satisfies Record<string, readonly [string, readonly string[]]>;

export type Need = keyof typeof probes;

function here(need: Need): boolean {
  const [program, args] = probes[need];
  try {
    execFileSync(program, args, { stdio: "ignore", timeout: 15_000 });
    return true;
  } catch {
    return false;
  }
}

/**
 * `describe` where all that is needed is here; else a skipped group that names what is missing and the command that
 * enables it. With TARE_NO_SKIP=1 (the project's CI) a skip is a failure.
 */
export function needs(...what: readonly Need[]): (name: string, body: () => void) => void {
  const missing = what.filter((need) => !here(need));
  if (missing.length === 0) return (name, body) => void describe(name, body);
  const why = `needs ${missing.join(", ")}: npm run setup:engines`;
  if (process.env.TARE_NO_SKIP === "1")
    return (name) =>
      void test(name, () => {
        throw new Error(`${name}: ${why}, and TARE_NO_SKIP is set`);
      });
  return (name, body) => void describe.skip(`${name} (${why})`, body);
}
