import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { findLabDaemon } from "../../electron/lab/docker-daemon.ts";
import { guestHelper } from "../../electron/lab/image/helper.ts";
import { initramfsFor } from "../../electron/lab/image/initramfs.ts";
import { openNotes } from "../../electron/lab/notes.ts";
import { workloadOf } from "../../electron/lab/workload-of.ts";
import { end, entry } from "../unit/electron/lab/image/made-archives.ts";
import { atMost, type Result } from "./result.ts";

const name = "tare-bench-image:1";
const files = { large: 6, small: 7_000 } as const;
const megabyte = 1_000_000;

/**
 * 230 MB in 7,006 files, as a system of that size has them: few large ones, thousands of small ones. Always the same bytes,
 * so that making the image leaves nothing to be cleared away while it is measured.
 */
async function* system(): AsyncGenerator<Buffer> {
  const content = Buffer.alloc(megabyte, "what a program is made of: ");
  for (let index = 0; index < files.large; index++) {
    yield entry({ name: `usr/lib/large-${index}`, size: 30 * megabyte });
    for (let part = 0; part < 30; part++) yield content;
    yield content.subarray(0, (512 - ((30 * megabyte) % 512)) % 512);
  }
  const small = content.subarray(0, 7_000);
  const fill = Buffer.alloc(512 - (small.length % 512));
  for (let index = 0; index < files.small; index++) {
    yield entry({ name: `usr/share/some/folder-${index % 100}/small-${index}`, size: small.length });
    yield small;
    yield fill;
  }
  yield end;
}

/** An image of 230 MB as a guest's initramfs, the first time and again: CPU of this process, and what it grew by. */
export async function benchLabImage(): Promise<readonly Result[]> {
  const { signal } = new AbortController();
  const directory = mkdtempSync(join(tmpdir(), "tare-bench-"));
  const daemon = await findLabDaemon(signal);
  const notes = openNotes(directory);
  const { docker } = daemon;
  try {
    await docker.import(Readable.from(system()), name, ['CMD ["/bin/true"]'], signal);
    const wish = { probe: { kind: "exit" }, memory: 2 ** 30, cpus: 1 } as const;
    const workload = workloadOf(await docker.image(name, signal), name, wish, process.arch);
    const helper = await guestHelper({ machine: process.arch, directory, lender: null });
    const measured = async () => {
      const before = process.memoryUsage.rss();
      let most = before;
      const look = setInterval(() => {
        most = Math.max(most, process.memoryUsage.rss());
      }, 100);
      const began = process.cpuUsage();
      const { bytes, remove, cold } = await initramfsFor(workload, {
        docker,
        notes,
        helper,
        directory,
        signal,
      });
      const { user, system: kernel } = process.cpuUsage(began);
      clearInterval(look);
      remove();
      const note = `${Math.round(bytes / megabyte)} MB, ${cold ? "cold" : "warm"}`;
      return { cpu: (user + kernel) / 1_000, grown: (most - before) / megabyte, note };
    };
    const cold = await measured();
    const warm = await measured();
    return [
      atMost("image of 230 MB to initramfs: CPU", cold.cpu, 2_000, "ms", cold.note),
      atMost("image of 230 MB to initramfs: memory", cold.grown, 100, "MB", cold.note),
      atMost("the same again: CPU", warm.cpu, 100, "ms", warm.note),
    ];
  } finally {
    execFileSync("docker", ["rmi", "-f", name], { stdio: "ignore" });
    daemon.close();
    notes.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
