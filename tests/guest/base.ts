import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { basename, join } from "node:path";
import { type Archive, archive } from "./cpio.ts";

const init = readFileSync(new URL("init.sh", import.meta.url));
const engines = [
  ...["dockerd", "containerd", "containerd-shim-runc-v2", "runc", "docker-init"],
  ...["podman", "conmon", "crun"],
];

/** Loaded by init, and by those programs that want them. */
const modules = { always: ["overlay"], asked: ["brd"] };

/** No systemd and no journal in there. */
const podmanSettings = '[engine]\ncgroup_manager = "cgroupfs"\nruntime = "crun"\nevents_logger = "file"\n';

export type Base = { readonly image: string; readonly kernel: string };

/**
 * The guest's first file system: busybox, this Node, Docker and Podman, each with its libraries. Built once for each set
 * of their versions and kept in the temporary directory: 2 s, 300 MB.
 */
export function base(): Base {
  const kernel = newestKernel();
  const programs = [process.execPath, ...engines.map(locate)];
  const parts = [...programs, "/bin/busybox", kernel].map((path) => {
    const real = realpathSync(path);
    const { size, mtimeMs } = statSync(real);
    return `${real} ${size} ${mtimeMs}`;
  });
  const key = createHash("sha256")
    .update([...parts, JSON.stringify(modules)].join("\n"))
    .update(init)
    .digest("hex")
    .slice(0, 16);
  const folder = join(tmpdir(), `tare-guest-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const image = join(folder, `${key}.cpio`);
  if (!existsSync(image)) {
    const unfinished = `${image}.${process.pid}`;
    build(archive(unfinished, "wx", 1_000), programs, kernel);
    renameSync(unfinished, image);
    for (const name of readdirSync(folder)) {
      const old = join(folder, name);
      if (old !== image && Date.now() - statSync(old).mtimeMs > 3_600_000) rmSync(old, { force: true });
    }
  }
  return { image, kernel };
}

function build(into: Archive, programs: readonly string[], kernel: string): void {
  for (const name of [
    "proc",
    "sys",
    "dev",
    "tmp",
    "run",
    "root",
    "new",
    "var/lib",
    "var/tmp",
    "sbin",
    "usr/sbin",
    "etc/docker",
  ])
    into.folder(name);
  into.copy("bin/busybox", "/bin/busybox");
  for (const name of output("/bin/busybox", ["--list"]).split("\n").filter(Boolean))
    if (name !== "busybox") into.link(`bin/${name}`, "busybox");
  const done = new Set<string>();
  for (const program of programs) {
    into.copy(
      join("usr", program.includes("sbin") ? "sbin" : "bin", basename(program)),
      realpathSync(program),
    );
    for (const library of librariesOf(program)) {
      if (done.has(library)) continue;
      done.add(library);
      into.copy(library, realpathSync(library));
    }
  }
  const release = basename(kernel).replace(/^vmlinuz-/, "");
  const files = (name: string) =>
    output("modprobe", ["-S", release, "--show-depends", name])
      .split("\n")
      .flatMap((row) => /^insmod (\S+)/.exec(row)?.[1] ?? []);
  const always = modules.always.flatMap(files);
  for (const path of new Set([...always, ...modules.asked.flatMap(files)]))
    into.copy(`lib/modules/${basename(path)}`, path);
  into.file("lib/modules/order", 0o644, always.map((path) => `/lib/modules/${basename(path)}\n`).join(""));
  into.file("etc/passwd", 0o644, "root:x:0:0:root:/root:/bin/sh\n");
  into.file("etc/group", 0o644, "root:x:0:\n");
  into.file("etc/hosts", 0o644, "127.0.0.1 localhost\n");
  into.file("etc/containers/policy.json", 0o644, '{"default":[{"type":"insecureAcceptAnything"}]}');
  into.file("etc/containers/containers.conf", 0o644, podmanSettings);
  into.file("init", 0o755, init);
  into.device("dev/console", 5, 1);
  into.device("dev/null", 1, 3);
  into.end();
}

const output = (program: string, args: readonly string[]) =>
  execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

const locate = (program: string) =>
  output("sh", ["-c", `PATH=$PATH:/usr/sbin:/sbin; command -v ${program}`]).trim();

/** What the loader would load; nothing for a static program, at which ldd fails. */
function librariesOf(program: string): readonly string[] {
  try {
    return (
      output("ldd", [program])
        .match(/\/\S+/g)
        ?.filter((path) => existsSync(path)) ?? []
    );
  } catch {
    return [];
  }
}

/** Debian's cloud kernel: it has serial console, PSI and cgroups built in. */
function newestKernel(): string {
  const found = readdirSync("/boot")
    .filter((name) => /^vmlinuz-.*cloud/.test(name))
    .sort()
    .at(-1);
  if (found === undefined) throw new Error("no cloud kernel in /boot: npm run setup:engines");
  return `/boot/${found}`;
}
