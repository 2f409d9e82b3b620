import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDomstats } from "../../electron/engines/libvirt/parse.ts";
import { openVirsh } from "../../electron/engines/libvirt/virsh.ts";
import { systemClock } from "../../electron/machine/clock.ts";
import { readers } from "../../electron/readers/readers.ts";
import { cpuOf, microsOf, pidsOf, wait } from "./cpu.ts";
import { against, atMost, type Result } from "./result.ts";

const uri = "qemu:///system";
const names = ["tare-bench-vm-1", "tare-bench-vm-2"];
const rounds = 60;
const command = "domstats --raw --nowait --state --cpu-total --balloon --vcpu --interface --block";

/** A libvirt tick beside a spawned `virsh domstats`, with virsh's, libvirtd's and our CPU; a QEMU guest by /proc. */
export async function benchVms(): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), "tare-bench-"));
  const stop = new AbortController();
  try {
    for (const name of names) define(name, folder);
    const virsh = await openVirsh({ program: "/usr/bin/virsh", uri, deadline: 5_000, signal: stop.signal });
    const kept = await cpuOfRounds(async () => {
      parseDomstats(await virsh.ask(command));
    });
    const spawned = await cpuOfRounds(async () => {
      parseDomstats(await output("virsh", ["-q", "-c", uri, "domstats", "--raw"]));
    });
    const pid = pidsOf("qemu-system-x86", "qemu-system-x86_64")[0] ?? 0;
    const guest = readers(systemClock)({ via: "process", pid, ticks: startOf(pid), paths: null });
    const micros = microsOf(() => guest.read(), 500);
    guest.close();
    return [
      against("libvirt: a tick beside a spawned virsh domstats (all parties)", kept, spawned, "ms", 1 / 5),
      atMost("a QEMU guest by /proc", micros, 100, "us"),
    ];
  } finally {
    stop.abort();
    for (const name of names) {
      execFileSync("sh", ["-c", `virsh -c ${uri} destroy ${name}; virsh -c ${uri} undefine ${name}; true`], {
        stdio: "ignore",
      });
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

function define(name: string, folder: string): void {
  execFileSync("sh", ["-c", `virsh -c ${uri} destroy ${name}; virsh -c ${uri} undefine ${name}; true`], {
    stdio: "ignore",
  });
  const file = join(folder, `${name}.xml`);
  writeFileSync(
    file,
    `<domain type='qemu'><name>${name}</name><memory unit='MiB'>64</memory><vcpu>1</vcpu><os><type arch='x86_64' machine='q35'>hvm</type></os><devices><emulator>/usr/bin/qemu-system-x86_64</emulator><memballoon model='virtio'/></devices></domain>`,
  );
  execFileSync("virsh", ["-c", uri, "define", file], { stdio: "ignore" });
  execFileSync("virsh", ["-c", uri, "start", name], { stdio: "ignore" });
}

/** ms of CPU a round: ours with all ended children, the virsh that is kept, and libvirtd. */
async function cpuOfRounds(round: () => Promise<void>): Promise<number> {
  const others = pidsOf("virsh", "libvirtd");
  const before = others.map(cpuOf);
  const own = usage();
  for (let n = 0; n < rounds; n++) {
    await round();
    await wait(50);
  }
  const outside = others.reduce((sum, pid, index) => sum + cpuOf(pid) - (before[index] ?? 0), 0);
  return (usage() - own + outside) / rounds;
}

/** ms: this process, and its children that have ended (cutime, cstime). */
function usage(): number {
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  return [11, 12, 13, 14].reduce((sum, field) => sum + (fields[field] ?? 0), 0) * 10;
}

const startOf = (pid: number) => {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
};

const output = (program: string, args: readonly string[]) =>
  new Promise<string>((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.once("error", reject);
    child.once("close", () => resolve(out));
  });
