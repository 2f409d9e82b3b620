import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseAccelerator, findQemu } from "../../electron/lab/guest/accelerator.ts";
import { chooseMachine, type Machine } from "../../electron/lab/guest/machine.ts";
import { guestStarter } from "../../electron/lab/guest/vm.ts";
import { bootableKernel } from "../../electron/lab/image/kernel.ts";
import { median as medianOf } from "../../shared/stats/outliers.ts";
import { archive } from "../guest/cpio.ts";
import { cpuOf } from "./cpu.ts";
import { against, atMost, type Result } from "./result.ts";

const rounds = 7;
const nonce = "5f0c9b3a61d2e874";
const forever = new AbortController().signal;

/** A web server in as large an image as nginx's is (12 MB), ready when it listens: what our init does, without Docker. */
function webServer(path: string): void {
  const into = archive(path, "wx", 1);
  into.copy(".tare/busybox", "/bin/busybox");
  into.device("dev/console", 5, 1);
  into.device("dev/null", 1, 3);
  into.folder("proc");
  into.file("usr/lib/image", 0o644, Buffer.alloc(12 << 20, "tare"));
  const script = `#!/.tare/busybox ash
B=/.tare/busybox
$B mount -t proc proc /proc
echo TARE:${nonce}:init
$B mkfifo /nap; exec 3<>/nap
probe() { while :; do while read -r a b c d e; do case "$b $d" in *:0050\\ 0A) echo TARE:${nonce}:ready; return;; esac; done < /proc/net/tcp; read -t 0.005 x <&3; done; }
probe &
echo TARE:${nonce}:exec
exec $B httpd -f -p 0.0.0.0:80
`;
  into.file(".tare/init", 0o755, script);
  into.end();
}

/** The newest kernel as it lies in /boot: what a plain `qemu -kernel` would boot. */
function packedKernel(): string {
  const [name] = readdirSync("/boot")
    .filter((file) => file.startsWith("vmlinuz-"))
    .sort()
    .reverse();
  if (name === undefined) throw new Error("no /boot/vmlinuz-*");
  return join("/boot", name);
}

/** Our guest, warm, beside the plain boot of the same image: q35 and the packed kernel. In turns, so that both see the same. */
export async function benchLabGuest(): Promise<readonly Result[]> {
  const directory = mkdtempSync(join(tmpdir(), "tare-bench-guest-"));
  try {
    const qemu = await findQemu(forever);
    const chosen = await chooseAccelerator({ qemu, directory }, forever);
    const { path: kernel } = await bootableKernel({ chosen: null, directory, signal: forever });
    const machine = await chooseMachine({ qemu, chosen, kernel, vcpus: 1, directory }, forever);
    const path = join(directory, "web.cpio");
    webServer(path);
    const { size } = statSync(path);
    const base = {
      qemu,
      chosen,
      directory,
      workload: { image: "web", memory: 256 << 20, cpus: 1, probe: { kind: "port", port: 80 } },
      initramfs: { path, nonce, unpacked: size, needed: 2 * size },
    } as const;
    const plainMachine: Machine = { machine: "q35", kernel: 0, init: 0 };
    const ours = guestStarter({ ...base, kernel, machine });
    const plain = guestStarter({ ...base, kernel: packedKernel(), machine: plainMachine });
    const found = { ours: [] as Round[], plain: [] as Round[] };
    for (let round = 0; round <= rounds; round++)
      for (const [name, starter] of [["ours", ours] as const, ["plain", plain] as const]) {
        const result = await once(starter);
        if (round > 0) found[name].push(result);
      }
    const note = `${machine.machine}, ${chosen.accelerator}, median of ${rounds}`;
    const both = (figure: keyof Round) =>
      [found.ours, found.plain].map((all) => medianOf(all.map((one) => one[figure])) ?? Number.NaN);
    const [ready = Number.NaN, plainReady = Number.NaN] = both("ready");
    const [cpu = Number.NaN, plainCpu = Number.NaN] = both("cpu");
    return [
      against(
        "a web server as a VM, warm, beside q35 and bzImage: ready",
        ready,
        plainReady,
        "ms",
        0.85,
        note,
      ),
      against("the same: CPU of QEMU until ready", cpu, plainCpu, "ms", 0.85, note),
      atMost("the accelerator's self-test", chosen.took, 1_000, "ms", chosen.accelerator),
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

type Round = { readonly ready: number; readonly cpu: number };

/** Left running for as long as its CPU time is read. */
async function once(starter: ReturnType<typeof guestStarter>): Promise<Round> {
  const trial = { giveUp: 60_000, weigh: false, keep: true, saw: () => undefined };
  const { moments, trouble, kept } = await starter.run(trial, forever);
  if (trouble || !kept || moments.ready === undefined)
    throw new Error(`the guest was not ready: ${JSON.stringify(trouble)}`);
  const cpu = cpuOf(Number(kept.id.replace("qemu:", "")));
  await kept.stop();
  return { ready: moments.ready, cpu };
}
