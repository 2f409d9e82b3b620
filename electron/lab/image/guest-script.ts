import { healthPause } from "../health-pace.ts";
import type { HealthCheck, Workload } from "../workload.ts";
import type { Account } from "./accounts.ts";
import { markerStart, memoryLines } from "./markers.ts";
import { quote } from "./shell-quote.ts";

// What runs in the guest before and beside the workload: busybox ash, which forks for nothing that it can do itself. Under
// emulation a fork with exec costs some 10 ms, and the probe must not steal from what it watches.

/** /.tare/fstab: what a container finds mounted, with the same options; in one call of mount. */
export const fstab = `proc /proc proc nosuid,nodev,noexec 0 0
sysfs /sys sysfs ro,nosuid,nodev,noexec 0 0
devpts /dev/pts devpts nosuid,noexec,newinstance,ptmxmode=0666,mode=0620,gid=5 0 0
shm /dev/shm tmpfs nosuid,nodev,noexec,size=65536k 0 0
mqueue /dev/mqueue mqueue nosuid,nodev,noexec 0 0
`;

/** Where `program` is looked for if it names no path, in the image's own PATH: never busybox' own programs. */
function candidates(program: string, path: string): readonly string[] {
  if (program.includes("/")) return [program];
  return path.split(":").map((folder) => `${folder === "" ? "." : folder}/${program}`);
}

const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The workload's environment as Docker makes it: its own, and PATH, HOSTNAME and HOME where it has none. */
export function environmentOf(env: readonly string[], hostname: string, home: string): readonly string[] {
  const has = (key: string) => env.some((entry) => entry.startsWith(`${key}=`));
  return [
    ...(has("PATH") ? [] : [`PATH=${defaultPath}`]),
    ...(has("HOSTNAME") ? [] : [`HOSTNAME=${hostname}`]),
    ...(has("HOME") ? [] : [`HOME=${home}`]),
    ...env.filter((entry) => entry.indexOf("=") > 0),
  ];
}

/** Words that start `argv` as this account, in this environment: each of them execs the next. */
function chain(environment: readonly string[], account: Account, program: string): string {
  const env = ['"$B" env -i', ...environment.map(quote)].join(" ");
  // start-stop-daemon takes further groups from /etc/group, but only for who stands in /etc/passwd.
  if (account.groups.length > 0)
    return `${env} "$B" start-stop-daemon -S -c ${account.uid}:${account.gid} -x ${program} --`;
  return `${env} "$B" nsenter -G ${account.gid} -S ${account.uid} -- ${program}`;
}

/** Sets `variable` to the first candidate that can be run, else to the last, whose failure then tells its path. */
const find = (variable: string, program: string, path: string) =>
  `for ${variable} in ${candidates(program, path).map(quote).join(" ")}; do [ -f "$${variable}" ] && [ -x "$${variable}" ] && break; done`;

/** The init of one workload's guest: /.tare/init. */
export function guestScript(
  workload: Pick<Workload, "argv" | "env" | "directory" | "probe" | "health">,
  account: Account,
  nonce: string,
): string {
  const hostname = nonce.slice(0, 12);
  const environment = environmentOf(workload.env, hostname, account.home);
  const path = environment.findLast((entry) => entry.startsWith("PATH="))?.slice(5) ?? defaultPath;
  const [program, ...args] = workload.argv;
  const { probe } = workload;
  const directory = quote(workload.directory === "" ? "/" : workload.directory);
  const probed = probe.kind !== "exit";
  return `#!/.tare/busybox sh
B=/.tare/busybox T=${markerStart(nonce)}
echo "\${T}init"
"$B" mount -a -T /.tare/fstab 2>/dev/null
echo 1 >/proc/sys/kernel/printk
echo ${hostname} >/proc/sys/kernel/hostname
[ -e /proc/sys/net/ipv4/ip_unprivileged_port_start ] && echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start
"$B" ip link set lo up
ulimit -S -n 1024 2>/dev/null; ulimit -H -n 524288 2>/dev/null
[ -d ${directory} ] || "$B" mkdir -p ${directory}
cd ${directory} || cd /
${find("P", program, path)}
"$B" cat </.tare/out >/dev/console 2>/dev/null &
C=$!
exec 3<>/.tare/nap
${probed ? `${memory}\n${probing(workload, account, environment, path)}\n` : ""}echo "\${T}exec"
"$B" unshare -p -f --mount-proc ${chain(environment, account, '"$P"')}${args.map((word) => ` ${quote(word)}`).join("")} </dev/null >/.tare/out 2>&1 3>&- &
W=$!
${probed ? "probe &\n" : ""}wait $W
X=$?
wait $C
${probed ? "" : `[ $X = 0 ] && echo "\${T}ready"\n`}echo "\${T}exit $X"
"$B" reboot -f
`;
}

/**
 * Tells what the kernel says of memory, and the share of all processes that are not ours. No fork. statm would be cheaper,
 * and tells nothing of small processes: the kernel counts their pages by the 64.
 */
const memory = `memory() {
  m=
  while read -r name value unit; do
    case $name in ${Object.keys(memoryLines).join(":|")}:) m="$m \${name%:}=$value";; esac
  done </proc/meminfo
  read -r self rest </proc/self/stat
  w=0 a=0
  for p in /proc/[0-9]*; do
    case \${p#/proc/} in 1|$self|$C|$W) continue;; esac
    while read -r name value unit; do
      case $name in Pss:) w=$((w + value));; Pss_Anon:) a=$((a + value)); break;; esac
    done <"$p/smaps_rollup"
  done 2>/dev/null
  [ -e /proc/1/smaps_rollup ] && m="$m workload=$w workloadAnonymous=$a"
  echo "\${T}memory$m"
}`;

/** The function that runs beside the workload: looks until it is ready, tells its memory, and again for each line asked. */
function probing(
  { probe, health }: Pick<Workload, "probe" | "health">,
  account: Account,
  environment: readonly string[],
  path: string,
): string {
  const told = `  echo "\${T}ready"\n  memory\n`;
  const look =
    probe.kind === "port"
      ? `  look ${probe.port.toString(16).toUpperCase().padStart(4, "0")}\n${told}`
      : probe.kind === "health" && health !== null
        ? `${healthLook(health, account, environment, path)}${told}`
        : "";
  return `${probe.kind === "port" ? `${portLook}\n` : ""}probe() {
${look}  while read -r asked; do memory; done </dev/console
}`;
}

// /proc/net/tcp, https://docs.kernel.org/networking/proc_net_tcp.html
//   sl  local_address rem_address   st tx_queue …
//    0: 00000000:0050 00000000:0000 0A 00000000:00000000 …       0A: listening; numbers are hexadecimal
const portLook = `look() {
  while :; do
    for file in /proc/net/tcp /proc/net/tcp6; do
      [ -r $file ] && while read -r slot local remote state rest; do
        case "$local $state" in *:"$1 0A") return;; esac
      done <$file
    done
    read -t 0.005 nap <&3
  done
}`;

/** Docker runs it inside the container: so it runs in the workload's namespaces, as its user, from its directory. */
function healthLook(
  health: HealthCheck,
  account: Account,
  environment: readonly string[],
  path: string,
): string {
  const [program, ...args] = health.shell ? (["/bin/sh", "-c", ...health.argv] as const) : health.argv;
  const pause = healthPause(health) / 1_000;
  const limit = Math.max(1, Math.ceil(health.timeout / 1_000));
  return `  ${find("H", program, path)}
  until { read -r inner rest </proc/$W/task/$W/children; } 2>/dev/null; [ -n "$inner" ]; do read -t 0.005 nap <&3; done
  until "$B" nsenter -t "$inner" -m -p "$B" timeout -s KILL ${limit} ${chain(environment, account, '"$H"')}${args.map((word) => ` ${quote(word)}`).join("")} </dev/null >/dev/null 2>&1 3>&-; do
    read -t ${pause} nap <&3
  done
`;
}
