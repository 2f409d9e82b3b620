import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { leanDockerode } from "../../renderer/vite.config.ts";
import { base } from "./base.ts";
import { archive } from "./cpio.ts";

export type Booted = {
  /** Each line that the program printed as JSON, by its `name`. */
  readonly results: ReadonlyMap<string, unknown>;
  /** Exit code of the program; null: the guest ended, or was ended, before it did. */
  readonly code: number | null;
  /** All of the serial line, for the message of a failing test. */
  readonly serial: string;
};

export type BootOptions = {
  /** The TypeScript program to run inside; it is bundled to one file with all that it imports. */
  readonly program: string;
  /** Further files of the guest: path -> content. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** Further words of the kernel's command line. */
  readonly kernel?: string;
  /** The guest is killed after so many milliseconds. */
  readonly deadline: number;
};

/** Boots the cgroup v2 guest with a program of ours, without hardware acceleration, and gives back what it printed. */
export async function boot(options: BootOptions): Promise<Booted> {
  const { image, kernel } = base();
  const folder = mkdtempSync(join(tmpdir(), "tare-guest-run-"));
  try {
    const whole = join(folder, "image.cpio");
    copyFileSync(image, whole);
    const segment = archive(whole, "a", 5_000_000);
    segment.file("test/run.mjs", 0o644, await bundle(options.program));
    for (const [path, content] of Object.entries(options.files ?? {})) segment.file(path, 0o644, content);
    segment.end();
    return parseSerial(await run(kernel, whole, options));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One file with everything in it: the guest has no node_modules. */
async function bundle(program: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    plugins: [{ ...leanDockerode, applyToEnvironment: () => true }],
    ssr: { noExternal: true },
    build: {
      ...{ ssr: program, write: false, minify: false, target: "node20" },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const chunks = [built].flat().flatMap((one) => ("output" in one ? one.output : []));
  const code = chunks.flatMap((chunk) => (chunk.type === "chunk" ? [chunk.code] : []));
  if (code.length !== 1) throw new Error(`${program} did not become one file`);
  return code.join("");
}

function run(kernel: string, image: string, { kernel: words = "", deadline }: BootOptions): Promise<string> {
  // Nothing of ours may outlive the test: the guest goes with its parent, should that be killed.
  const guest = spawn(
    "setpriv",
    [
      ...["--pdeathsig", "KILL", "qemu-system-x86_64"],
      ...["-nodefaults", "-no-user-config", "-nic", "none", "-display", "none", "-no-reboot"],
      ...["-M", "q35", "-accel", "tcg,thread=multi,tb-size=512", "-smp", "2", "-m", "2048"],
      ...["-kernel", kernel, "-initrd", image, "-serial", "stdio"],
      "-append",
      `console=ttyS0 loglevel=1 cryptomgr.notests no_timer_check rdinit=/init panic=-1 rootfstype=ramfs psi=1 ${words}`,
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let serial = "";
  for (const stream of [guest.stdout, guest.stderr]) stream.on("data", (piece) => (serial += piece));
  const timer = setTimeout(() => {
    serial += `\nkilled after ${deadline} ms`;
    guest.kill("SIGKILL");
  }, deadline);
  return new Promise((resolve, reject) => {
    guest.on("error", reject);
    guest.on("close", () => {
      clearTimeout(timer);
      resolve(serial);
    });
  });
}

function parseSerial(serial: string): Booted {
  const results = new Map<string, unknown>();
  let code: number | null = null;
  for (const row of serial.split(/\r?\n/)) {
    const exit = /^TARE:exit (\d+)/.exec(row)?.[1];
    if (exit !== undefined) code = Number(exit);
    if (!row.startsWith('{"name":')) continue;
    const result: { readonly name: string } = JSON.parse(row);
    results.set(result.name, result);
  }
  return { results, code, serial };
}
