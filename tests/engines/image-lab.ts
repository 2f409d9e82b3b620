import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { guestArguments, type Initramfs } from "../../electron/lab/image/initramfs.ts";
import { type Marker, parseSerialLine } from "../../electron/lab/image/markers.ts";

/** An image of one's own making: files by `fill` in a folder, imported with lines of a Dockerfile. */
export function makeImage(name: string, changes: readonly string[], fill: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "tare-image-"));
  try {
    fill(folder);
    const tar = execFileSync("tar", ["-C", folder, "--numeric-owner", "-c", "."], { maxBuffer: 1 << 28 });
    const args = ["import", ...changes.flatMap((line) => ["--change", line]), "-", name];
    execFileSync("docker", args, { input: tar, stdio: ["pipe", "ignore", "inherit"] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A small system: busybox with all its names, and accounts. */
export function busyboxSystem(folder: string): void {
  for (const name of ["bin", "dev", "etc", "proc", "root", "sys", "tmp"]) mkdirSync(join(folder, name));
  chmodSync(join(folder, "tmp"), 0o1777);
  // The kernel's own first root has one, with mode 0700: in an image without it the guest has one more folder.
  chmodSync(join(folder, "root"), 0o750);
  cpSync("/bin/busybox", join(folder, "bin/busybox"), { dereference: true });
  const names = execFileSync("/bin/busybox", ["--list"], { encoding: "utf8" }).split("\n").filter(Boolean);
  for (const name of names) if (name !== "busybox") symlinkSync("busybox", join(folder, "bin", name));
  writeFileSync(
    join(folder, "etc/passwd"),
    "root:x:0:0:root:/:/bin/sh\napp:x:1234:1234::/home/app:/bin/sh\n",
  );
  writeFileSync(join(folder, "etc/group"), "root:x:0:\napp:x:1234:\nvideo:x:44:app\n");
}

/** All that an image may hold and a guest must have again. */
export function oddSystem(folder: string): void {
  busyboxSystem(folder);
  const odd = join(folder, "odd");
  mkdirSync(odd);
  const at = (name: string) => join(odd, name);
  writeFileSync(at("big"), Buffer.alloc(40 << 20, "0123456789abcdef"));
  writeFileSync(at("one"), "three names");
  mkdirSync(at("deeper"));
  linkSync(at("one"), at("deeper/two"));
  linkSync(at("one"), at("three"));
  writeFileSync(at("empty"), "");
  writeFileSync(at("suid"), "x");
  writeFileSync(at("owned"), "x");
  chownSync(at("owned"), 12_345, 54_321);
  chmodSync(at("suid"), 0o6755);
  mkdirSync(at("sticky"));
  chmodSync(at("sticky"), 0o1770);
  execFileSync("mknod", ["-m", "640", at("fifo"), "p"]);
  execFileSync("mknod", ["-m", "600", at("block"), "b", "8", "17"]);
  execFileSync("mknod", ["-m", "666", at("character"), "c", "250", "300"]);
  linkSync(at("fifo"), at("fifo too"));
  symlinkSync(`/nowhere/${"x".repeat(141)}`, at("dangling"));
  symlinkSync("one", at("link"));
  const deep = Array.from({ length: 9 }, (_, index) => String(index).repeat(50)).join("/");
  mkdirSync(at(deep), { recursive: true });
  writeFileSync(at(`${deep}/file`), "deep");
  for (const name of [
    "with space",
    'it\'s "quoted"',
    "two\nlines",
    "한국어 이름",
    "-n",
    "a\\b",
    "TRAILER!!!",
    "=x",
  ])
    writeFileSync(at(name), name);
  utimesSync(at("owned"), 1_234_567_890, 1_234_567_890);
  lutimesSync(at("link"), 1_300_000_000, 1_300_000_000);
}

/** Prints kind, mode, owners, devices, links, size, time, target and content of every file: of both, to be compared. */
export const tree = `B=/bin/busybox; cd /
list() { $B find . -xdev \\( -path ./proc -o -path ./sys -o -path ./dev -o -path ./.tare -o -path ./.dockerenv -o -path ./etc/hosts -o -path ./etc/hostname -o -path ./etc/resolv.conf -o -path ./etc/mtab \\) -prune -o "$@" -print0 | $B sort -z; }
list ! -type d | $B xargs -0 $B stat -c '%n|%f|%u|%g|%h|%t,%T|%s|%Y|%N'
list -type d | $B xargs -0 $B stat -c '%n|%f|%u|%g'
list -type f | $B xargs -0 $B sha1sum
echo whole`;

export type Heard = { readonly at: number; readonly output: string; readonly marker: Marker | null };

/** A guest that boots in QEMU as simply as it can; the product's own way is electron/lab/guest/. */
export type Guest = {
  readonly heard: readonly Heard[];
  /** Resolves with the first line that fits; rejects when the guest ends before it or is given up. */
  until(fits: (line: Heard) => boolean): Promise<Heard>;
  /** Resolves when QEMU has ended. */
  readonly ended: Promise<void>;
  ask(): void;
  kill(): void;
};

const emulator = "qemu-system-x86_64";

export function boot(initramfs: Pick<Initramfs, "path" | "nonce">, kernel: string, memory: number): Guest {
  const args = ["-nodefaults", "-no-user-config", "-nic", "none", "-display", "none", "-no-reboot"];
  args.push("-M", "microvm,acpi=off", "-accel", "tcg", "-m", String(memory), "-serial", "stdio");
  args.push("-kernel", kernel, "-initrd", initramfs.path, "-append");
  args.push(`console=ttyS0 loglevel=7 cryptomgr.notests no_timer_check ${guestArguments}`);
  const qemu = spawn(emulator, args, { stdio: ["pipe", "pipe", "inherit"] });
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const check of waiting) check();
  };
  let rest = "";
  let over = false;
  qemu.stdout.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString("latin1")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const { output, marker } = parseSerialLine(
        Buffer.from(line, "latin1").toString("utf8"),
        initramfs.nonce,
      );
      heard.push({ at: performance.now(), output, marker });
    }
    wake();
  });
  const ended = new Promise<void>((resolve) => {
    qemu.once("close", () => {
      over = true;
      wake();
      resolve();
    });
  });
  return {
    heard,
    ended,
    until: (fits) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const found = heard.find(fits);
          if (!found && !over) return;
          waiting.delete(check);
          if (found) resolve(found);
          else
            reject(
              new Error(`the guest ended: ${JSON.stringify(heard.slice(-12).map(({ output }) => output))}`),
            );
        };
        waiting.add(check);
        check();
      }),
    ask: () => void qemu.stdin.write("\n"),
    kill: () => void qemu.kill("SIGKILL"),
  };
}

export const marked =
  (kind: Marker["kind"]) =>
  ({ marker }: Heard): boolean =>
    marker?.kind === kind;

/** What the workload printed: between our words exec and exit; behind them the kernel speaks again. */
export function printed(guest: Guest): readonly string[] {
  const from = guest.heard.findIndex(marked("exec"));
  const to = guest.heard.findIndex(marked("exit"));
  return guest.heard
    .slice(from + 1, to)
    .flatMap(({ output, marker }) => (marker === null || output !== "" ? [output.replace(/\r$/, "")] : []));
}
