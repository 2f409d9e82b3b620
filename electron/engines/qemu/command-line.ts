import type { Bytes } from "../../../shared/model/units.ts";
import { type Options, parseConfig, parseCount, parseOptions, parseSize } from "./options.ts";

/** What a QEMU process was started with, as far as we use it. Arguments themselves go no further than here. */
export type Started = {
  readonly name: string | null;
  /** Last part of the path of the first disk image. */
  readonly disk: string | null;
  readonly uuid: string | null;
  readonly machine: string | null;
  readonly vcpus: number;
  /** RAM, hot-plugged modules that stand on the command line included. */
  readonly memory: Bytes;
  /** What was asked for, in order of preference; not what is in use. */
  readonly accelerators: readonly string[];
  /** Paths of QMP's listening unix sockets, as the process sees them. */
  readonly sockets: readonly string[];
  /** -S or -incoming: it runs only after somebody says so. */
  readonly waits: boolean;
  /** Some other program's VM: its sockets are not ours to use. */
  readonly managed: "libvirt" | "other" | null;
};

/** Options without a value (QEMU 10.0 qemu-options.hx, and those that went since 4.0); all others take the next argument. */
const flags = new Set(
  (
    "S s h help version usb snapshot nographic portrait full-screen daemonize nodefaults no-user-config " +
    "nodefconfig enable-kvm no-kvm enable-sync-profile no-reboot no-shutdown no-acpi no-hpet no-fd-bootchk " +
    "win2k-hack singlestep preconfig only-migratable mem-prealloc audio-help xen-attach xen-domid-restrict " +
    "xen-create curses sdl no-quit no-frame alt-grab ctrl-grab old-param semihosting enable-fips no-fips " +
    "tdf no-kvm-irqchip no-kvm-pit mem-merge"
  ).split(" "),
);

/** Other spellings of one option; the group's name of -readconfig is the one we use. */
const groups: ReadonlyMap<string, string> = new Map([
  ["m", "memory"],
  ["smp", "smp-opts"],
  ["M", "machine"],
  ["hdb", "hda"],
  ["hdc", "hda"],
  ["hdd", "hda"],
  ["sd", "hda"],
]);
/** The key that the first item of a group may leave out. */
const implied: ReadonlyMap<string, string> = new Map([
  ["name", "guest"],
  ["memory", "size"],
  ["smp-opts", "cpus"],
  ["machine", "type"],
  ["accel", "accel"],
  ["object", "qom-type"],
  ["device", "driver"],
  ["chardev", "backend"],
  ["mon", "chardev"],
]);

type Option = { readonly group: string; readonly text: string; readonly options: Options };

/**
 * Reads the arguments of a QEMU process (formats: https://www.qemu.org/docs/master/system/invocation.html). `program` is
 * the name of its executable; `readConfig` gives the text of a -readconfig file, null where it can't be read.
 * Null: not a VM (help, version, libvirt's capability probe with no machine, a device model of Xen).
 */
export function parseCommandLine(
  program: string,
  args: readonly string[],
  readConfig: (path: string) => string | null,
): Started | null {
  const all = optionsOf(args, readConfig);
  const of = (group: string) => all.filter((option) => option.group === group);
  const has = (group: string) => all.some((option) => option.group === group);
  const last = (group: string) => of(group).at(-1)?.text ?? null;
  /** Later ones override, key by key. */
  const merged = (group: string): Options => new Map(of(group).flatMap(({ options }) => [...options]));

  const machine = merged("machine");
  const accelerators = acceleratorsOf(program, all, machine);
  const type = machine.get("type") ?? null;
  if (["h", "help", "version"].some(has) || type === "none" || type === "help" || type === "?") return null;
  if (has("xen-domid") || has("xen-attach") || accelerators.includes("xen")) return null;

  const name = merged("name").get("guest") ?? null;
  const uuid = uuidOf(last("uuid")) ?? uuidOf(smbiosUuid(of("smbios")));
  const sockets = socketsOf(all);
  return {
    name: name === "" ? null : name,
    disk: diskOf(all),
    uuid,
    machine: type,
    vcpus: vcpusOf(merged("smp-opts"), machine),
    memory: memoryOf(merged("memory"), machine) + pluggedOf(of("device"), of("object")),
    accelerators,
    sockets,
    waits: has("S") || has("incoming"),
    managed: managerOf(name, uuid, all, sockets),
  };
}

function optionsOf(args: readonly string[], readConfig: (path: string) => string | null): readonly Option[] {
  const found: Option[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? "";
    if (!word.startsWith("-") || word === "-") {
      // An argument without an option before it is the first disk.
      if (word !== "") found.push({ group: "hda", text: word, options: new Map() });
      continue;
    }
    const option = word.replace(/^--?/, "");
    const group = groups.get(option) ?? option;
    const next = args[index + 1];
    const alone = flags.has(option) || next === undefined;
    const text = alone ? "" : next;
    if (!alone) index++;
    found.push({ group, text, options: parseOptions(text, implied.get(group) ?? "") });
    // A file's options count where it stands.
    if (group === "readconfig")
      for (const [inside, options] of parseConfig(readConfig(text) ?? ""))
        found.push({ group: inside, text: "", options });
  }
  return found;
}

/** 128 MiB where nothing is said; no suffix is MiB; rounded up to 8 KiB, as QEMU does. */
function memoryOf(memory: Options, machine: Options): Bytes {
  const size = parseSize(memory.get("size") ?? machine.get("memory.size") ?? "", "M") || 128 * 2 ** 20;
  return Math.ceil(size / 8192) * 8192;
}

/** Modules of memory beside -m: the sizes of the objects that pc-dimm devices name. */
function pluggedOf(devices: readonly Option[], objects: readonly Option[]): Bytes {
  const sizes = new Map(
    objects.map(({ options }) => [options.get("id"), parseSize(options.get("size") ?? "", "B") ?? 0]),
  );
  return devices
    .filter(({ options }) => options.get("driver") === "pc-dimm")
    .reduce((sum, { options }) => sum + (sizes.get(options.get("memdev")) ?? 0), 0);
}

const levels = ["drawers", "books", "sockets", "dies", "clusters", "modules", "cores", "threads"];

/** cpus, else maxcpus, else the product of the topology; 1 where nothing is said (QEMU hw/core/machine-smp.c). */
function vcpusOf(smp: Options, machine: Options): number {
  const count = (key: string) => parseCount(smp.get(key) ?? machine.get(`smp.${key}`)) || null;
  return (
    count("cpus") ?? count("maxcpus") ?? levels.reduce((product, level) => product * (count(level) ?? 1), 1)
  );
}

function acceleratorsOf(program: string, all: readonly Option[], machine: Options): readonly string[] {
  const asked = all.flatMap(({ group, options }) => {
    if (group === "enable-kvm") return ["kvm"];
    return group === "accel" ? [options.get("accel") ?? ""] : [];
  });
  const wanted = asked.length > 0 ? asked : (machine.get("accel") ?? "").split(":");
  const named = wanted.filter((one) => one !== "");
  if (named.length > 0) return named;
  return program.endsWith("kvm") ? ["kvm", "tcg"] : ["tcg"];
}

function smbiosUuid(tables: readonly Option[]): string | null {
  return tables.findLast(({ options }) => options.get("type") === "1")?.options.get("uuid") ?? null;
}

/** Lower case; null: none, not one, or the one that means none. */
function uuidOf(text: string | null): string | null {
  const uuid = text?.toLowerCase() ?? "";
  const one = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid);
  return one && uuid !== "00000000-0000-0000-0000-000000000000" ? uuid : null;
}

/** Firmware comes as a disk too. */
const firmware = /\.fd$|OVMF|AAVMF/i;

function diskOf(all: readonly Option[]): string | null {
  for (const { group, text, options } of all) {
    if (options.get("if") === "pflash") continue;
    const key = new Map([
      ["drive", "file"],
      ["blockdev", "filename"],
    ]).get(group);
    const path = group === "hda" ? text : key === undefined ? undefined : options.get(key);
    const part = path?.split("/").at(-1);
    if (part && !firmware.test(part)) return part;
  }
  return null;
}

/** -qmp unix:PATH,server=on and -chardev socket,path=PATH + -mon mode=control; what listens only (we can't call a client). */
function socketsOf(all: readonly Option[]): readonly string[] {
  const listens = (options: Options) => ["on", "yes", "true"].includes(options.get("server") ?? "");
  const direct = all.flatMap(({ group, text }) => {
    if ((group !== "qmp" && group !== "qmp-pretty") || !text.startsWith("unix:")) return [];
    const options = parseOptions(text.slice("unix:".length), "path");
    const path = options.get("path");
    return path && listens(options) ? [path] : [];
  });
  const controls = all.flatMap(({ group, options }) =>
    group === "mon" && options.get("mode") === "control" ? [options.get("chardev")] : [],
  );
  const devices = all.flatMap(({ group, options }) => {
    const path = options.get("path");
    if (group !== "chardev" || !path || !listens(options)) return [];
    return controls.includes(options.get("id")) ? [path] : [];
  });
  return [...direct, ...devices];
}

/** Places of managers that keep their monitor open, or want to find it free. */
const owned =
  /\/libvirt\/|\/qemu-server\/|\/incus\/|\/lxd\/|\/run\/vc\/|\/run\/kata|multipass|\/\.?lima\/|\/\.?colima\/|podman|docker/i;

function managerOf(
  name: string | null,
  uuid: string | null,
  all: readonly Option[],
  sockets: readonly string[],
): Started["managed"] {
  const texts = all.flatMap(({ group, text, options }) => {
    if (group === "chardev") return [options.get("path") ?? ""];
    return group === "object" || group === "pidfile" || group === "readconfig" ? [text] : [];
  });
  const places = [...sockets, ...texts];
  // libvirt hands its monitor over as an open descriptor, or keeps it under its own folder.
  const byDescriptor = all.some(({ group, options }) => group === "chardev" && options.has("fd"));
  if (uuid !== null && places.some((place) => place.includes("/libvirt/"))) return "libvirt";
  if (uuid !== null && byDescriptor && all.some(({ group }) => group === "no-user-config")) return "libvirt";
  const byName = /^(?:sandbox-|lima-|colima)/.test(name ?? "");
  return byName || places.some((place) => owned.test(place)) || all.some(({ group }) => group === "id")
    ? "other"
    : null;
}
