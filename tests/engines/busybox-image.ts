import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The image of every test container: one static busybox, from this machine, no registry. */
export const busyboxImage = "tare-busybox:1";

/** The image's files as a tar, for `docker import` here and for a guest that has no network. */
export function busyboxTar(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "tare-image-"));
  try {
    for (const name of ["bin", "dev", "etc", "proc", "run", "sys", "tmp"]) mkdirSync(join(folder, name));
    chmodSync(join(folder, "tmp"), 0o1777);
    cpSync("/bin/busybox", join(folder, "bin/busybox"), { dereference: true });
    const names = execFileSync("/bin/busybox", ["--list"], { encoding: "utf8" }).split("\n").filter(Boolean);
    for (const name of names) if (name !== "busybox") symlinkSync("busybox", join(folder, "bin", name));
    writeFileSync(join(folder, "etc/passwd"), "root:x:0:0:root:/:/bin/sh\n");
    return execFileSync("tar", ["-C", folder, "-c", "."], { maxBuffer: 1 << 26 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes the image where it is missing. Two tests that do so at once make it twice, which harms nobody. */
export function ensureBusyboxImage(): void {
  const found = execFileSync("docker", ["images", "-q", busyboxImage], { encoding: "utf8" });
  if (found.trim() !== "") return;
  const command = ["import", "--change", 'CMD ["/bin/sh"]', "-", busyboxImage];
  execFileSync("docker", command, { input: busyboxTar(), stdio: ["pipe", "ignore", "inherit"] });
}
