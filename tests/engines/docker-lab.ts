import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { busyboxImage } from "./busybox-image.ts";

const execute = promisify(execFile);

/** The docker command, at the daemon of `host` or the machine's own. Gives its output without the last newline. */
export async function dockerCommand(args: readonly string[], host?: string): Promise<string> {
  const { stdout } = await execute("docker", [...(host ? ["-H", host] : []), ...args], { timeout: 30_000 });
  return stdout.trim();
}

/** Removes every container of this test's, also those of an earlier run that was killed. */
export async function removeContainers(prefix: string): Promise<void> {
  const ids = (await dockerCommand(["ps", "-aq", "--filter", `name=^/${prefix}`]))
    .split("\n")
    .filter(Boolean);
  if (ids.length > 0) await dockerCommand(["rm", "-f", ...ids]);
}

/** Waits for a condition, in a hook too; throws when it does not come true in time. */
export async function eventually(is: () => boolean | Promise<boolean>, most: number): Promise<void> {
  const deadline = performance.now() + most;
  while (!(await is())) {
    if (performance.now() > deadline) throw new Error(`not within ${most} ms: ${is}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A daemon of the test's own, beside the machine's: its own data, containerd namespace, network and socket. */
export async function ownDaemon() {
  const folder = mkdtempSync(join(tmpdir(), "tare-docker-daemon-"));
  const host = `unix://${folder}/docker.sock`;
  const log = join(folder, "log");
  let child: ReturnType<typeof spawn> | null = null;
  const stop = async (name: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGCONT");
    child.kill(name);
    await ended;
    // A killed daemon leaves its pid and its containerd's, and the next one waits for whoever may have them.
    for (const left of ["docker.pid", "exec/containerd/containerd.pid"])
      rmSync(join(folder, left), { force: true });
  };
  const start = async () => {
    const out = openSync(log, "a");
    child = spawn(
      "setpriv", // ends it with us, should this test be killed
      [
        // In a network of its own: with --bridge=none a daemon removes docker0, which is the machine's daemon's.
        ...["--pdeathsig", "TERM", "unshare", "--net", "dockerd"],
        ...["-D", "--host", host, "--data-root", join(folder, "data"), "--exec-root", join(folder, "exec")],
        ...[
          "--pidfile",
          join(folder, "docker.pid"),
          "--bridge=none",
          "--iptables=false",
          "--ip6tables=false",
        ],
        ...["--ip-forward=false", "--containerd-namespace", "tare-docker", "--containerd-plugins-namespace"],
        "tare-docker-plugins",
      ],
      { stdio: ["ignore", out, out] },
    );
    await eventually(async () => (await dockerCommand(["version"], host).catch(() => "")) !== "", 20_000);
  };
  await start();
  return {
    host,
    socket: join(folder, "docker.sock"),
    start,
    stop,
    signal: (name: NodeJS.Signals) => child?.kill(name),
    /** Connections to it, as the kernel counts them: the server's ends carry the path, in the network of who called. */
    connections: () =>
      readFileSync("/proc/net/unix", "latin1")
        .split("\n")
        .filter((line) => line.endsWith(` ${folder}/docker.sock`) && / 0001 03 /.test(line)).length,
    /** Every call it was asked so far: it logs them in its debug mode. */
    calls: () => (readFileSync(log, "utf8").match(/Calling [A-Z]+ [^" ]+/g) ?? []) as readonly string[],
    async close() {
      await stop("SIGTERM");
      await execute("umount", [join(folder, "data")]).catch(() => undefined); // a killed one leaves it mounted
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Podman's service with its own storage, set up so that it runs on hybrid cgroups and without CAP_SYS_RESOURCE. */
export async function podmanService() {
  const folder = mkdtempSync(join(tmpdir(), "tare-docker-podman-"));
  const socket = join(folder, "podman.sock");
  const settings = join(folder, "containers.conf");
  writeFileSync(
    settings,
    '[containers]\ndefault_ulimits=["nofile=1024:1024","nproc=4096:4096"]\n[engine]\nruntime="runc"\ncgroup_manager="cgroupfs"\n',
  );
  const environment = { ...process.env, CONTAINERS_CONF: settings };
  mkdirSync(join(folder, "run"));
  const own = ["--root", join(folder, "data"), "--runroot", join(folder, "run")];
  const command = async (...args: readonly string[]) => {
    const { stdout } = await execute("podman", [...own, ...args], { env: environment, timeout: 30_000 });
    return stdout.trim();
  };
  const archive = join(folder, "image.tar");
  await dockerCommand(["save", "-o", archive, busyboxImage]);
  await command("load", "-q", "-i", archive);
  const service = spawn(
    "setpriv",
    ["--pdeathsig", "TERM", "podman", ...own, "system", "service", "--time=0", `unix://${socket}`],
    {
      env: environment,
      stdio: "ignore",
    },
  );
  await eventually(() => existsSync(socket), 10_000);
  return {
    socket,
    pid: service.pid,
    command,
    async close() {
      await command("rm", "-fa", "-t", "0").catch(() => undefined);
      const ended = once(service, "exit");
      service.kill("SIGTERM");
      await ended;
      await execute("umount", [join(folder, "data/overlay")]).catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
