import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { cgroupMounts } from "../../electron/machine/cgroup-paths.ts";
import { eventually } from "../engines/docker-lab.ts";

/**
 * A container for the engine of cgroups, made of nothing but its cgroups and a process in them, in some milliseconds: it
 * is named as LXC names its own, `lxc.payload.NAME`. `after` runs in it; as a rule it sleeps.
 */
export async function box(name: string, after = "exec sleep 600") {
  const mounts = cgroupMounts();
  const points = [
    mounts?.unified,
    ...["memory", "cpu", "cpuacct", "pids"].map((one) => mounts?.controllers.get(one)),
  ];
  const folders = [...new Set(points.filter((point) => point !== undefined && point !== null))].map(
    (point) => `${point}/lxc.payload.${name}`,
  );
  for (const folder of folders) mkdirSync(folder);
  // Its shell waits until it stands in all of them.
  const child = spawn("setpriv", ["--pdeathsig", "KILL", "sh", "-c", `read -r go; ${after}`], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  await once(child, "spawn");
  const { pid } = child;
  if (pid === undefined) throw new Error("no shell");
  for (const folder of folders) writeFileSync(`${folder}/cgroup.procs`, String(pid));
  child.stdin.end("go\n");
  return {
    id: `lxc:${name}`,
    pid,
    async end() {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, "exit");
        child.kill("SIGKILL");
        await ended;
      }
      for (const folder of folders)
        await eventually(() => readFileSync(`${folder}/cgroup.procs`, "latin1") === "", 5_000).then(() =>
          rmdirSync(folder),
        );
    },
  };
}
