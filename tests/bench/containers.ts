import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const label = "tare.bench=1";
const image = "tare-busybox:1";

/** Makes the image from the machine's static busybox, if it is not there. */
export function makeImage(): void {
  try {
    execFileSync("docker", ["image", "inspect", image], { stdio: "ignore" });
  } catch {
    execFileSync(
      "sh",
      [
        "-c",
        `d=$(mktemp -d) && mkdir -p $d/bin $d/tmp $d/proc $d/sys $d/dev && cp /bin/busybox $d/bin/ && for a in sh sleep cat dd true; do ln -s busybox $d/bin/$a; done && tar -C $d -c . | docker import - ${image} && rm -rf $d`,
      ],
      { stdio: "ignore" },
    );
  }
}

/** Starts idle containers until `count` of ours run; they are on the bridge, as most are. */
export async function haveContainers(count: number): Promise<readonly string[]> {
  makeImage();
  const have = ours();
  for (let left = count - have.length; left > 0; left -= 4)
    await Promise.all(
      Array.from({ length: Math.min(4, left) }, () =>
        run("docker", [
          "run",
          "-d",
          "--label",
          label,
          "--name",
          `tare-bench-${crypto.randomUUID().slice(0, 13)}`,
          image,
          "sleep",
          "86400",
        ]),
      ),
    );
  return ours();
}

export const ours = (): readonly string[] =>
  execFileSync("docker", ["ps", "-q", "--no-trunc", "--filter", `label=${label}`], { encoding: "utf8" })
    .split("\n")
    .filter(Boolean);

/** Removes every container of the benchmark, also those that an earlier run left. */
export function removeContainers(): void {
  const all = execFileSync("docker", ["ps", "-aq", "--filter", `label=${label}`], { encoding: "utf8" })
    .split("\n")
    .filter(Boolean);
  for (let at = 0; at < all.length; at += 50)
    execFileSync("docker", ["rm", "-f", ...all.slice(at, at + 50)], { stdio: "ignore" });
}
