import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCommandLine, type Started } from "../../../../../electron/engines/qemu/command-line.ts";
import { fuzzRuns } from "../../../../fuzz-runs.ts";

const MiB = 2 ** 20;
const GiB = 2 ** 30;
const noFile = () => null;

/** What a command line says, written as one would type it; no word of these holds a blank. */
const started = (
  line: string,
  readConfig: (path: string) => string | null = noFile,
  program = "qemu-system-x86_64",
) =>
  parseCommandLine(
    program,
    line.split(" ").filter((word) => word !== ""),
    readConfig,
  );

describe("name", () => {
  test.each([
    ["-name web", "web"],
    ["--name web", "web"],
    ["-name guest=web,debug-threads=on", "web"],
    ["-name web,process=qemu-web", "web"],
    ["-name guest=a,,b", "a,b"],
    ["-name one -name two", "two"],
    ["-name debug-threads=on", null],
    ["", null],
  ])("%s", (line, name) => expect(started(line)?.name).toBe(name));

  test("a blank stays in it, since arguments come apart at NUL", () => {
    expect(parseCommandLine("qemu-kvm", ["-name", "my vm, two"], noFile)?.name).toBe("my vm");
    expect(parseCommandLine("qemu-kvm", ["-name", "my vm,, two"], noFile)?.name).toBe("my vm, two");
  });
});

describe("memory", () => {
  test.each([
    ["", 128 * MiB],
    ["-m 2048", 2 * GiB],
    ["-m 2G", 2 * GiB],
    ["-m 1.5G", 1.5 * GiB],
    ["-m size=2048", 2 * GiB],
    ["-m 1G,slots=3,maxmem=4G", GiB],
    ["-m size=131072k", 128 * MiB],
    ["-m slots=3,maxmem=4G", 128 * MiB],
    ["-m 64 -m slots=2", 64 * MiB],
    ["-m 1G -m 2G", 2 * GiB],
    ["-m 1048577b", 1_056_768], // 1 MiB + 1 byte, up to the next 8 KiB: 129 x 8,192
    ["-m 0", 128 * MiB],
    ["-m lots", 128 * MiB],
    ["-machine q35,memory.size=2G", 2 * GiB],
    // What stands in the object of the whole RAM is -m again, not more.
    ['-m 128 -object {"qom-type":"memory-backend-ram","id":"pc.ram","size":134217728}', 128 * MiB],
    // 1 GiB + a module of 512 MiB; a second object that no module uses does not count.
    [
      "-m 1G,slots=2,maxmem=4G -object memory-backend-ram,id=mem1,size=512M -device pc-dimm,id=d1,memdev=mem1 " +
        "-object memory-backend-file,id=spare,size=2G,mem-path=/x,share=on",
      1.5 * GiB,
    ],
    [
      '-m 1G -object {"qom-type":"memory-backend-ram","id":"m1","size":268435456} -device {"driver":"pc-dimm","memdev":"m1"}',
      1.25 * GiB,
    ],
  ])("%s", (line, bytes) => expect(started(line)?.memory).toBe(bytes));
});

describe("vCPUs", () => {
  test.each([
    ["", 1],
    ["-smp 4", 4],
    ["-smp cpus=4,maxcpus=8", 4],
    ["-smp 4,sockets=2,cores=2,threads=1", 4],
    ["-smp sockets=2,cores=4", 8],
    ["-smp sockets=2,dies=2,cores=2,threads=2", 16],
    ["-smp maxcpus=8", 8],
    ["-smp 2 -smp sockets=2", 2],
    ["-smp x", 1],
    ["-M q35,smp.cpus=3", 3],
  ])("%s", (line, vcpus) => expect(started(line)?.vcpus).toBe(vcpus));
});

describe("accelerators, as asked for", () => {
  test.each([
    ["", ["tcg"]],
    ["-enable-kvm", ["kvm"]],
    ["-accel kvm", ["kvm"]],
    ["-accel kvm -accel tcg", ["kvm", "tcg"]],
    ["-accel tcg,thread=multi", ["tcg"]],
    ["-machine q35,accel=kvm:tcg", ["kvm", "tcg"]],
    ["-machine type=q35,accel=hvf", ["hvf"]],
    ["-M q35,accel=whpx", ["whpx"]],
  ])("%s", (line, accelerators) => expect(started(line)?.accelerators).toEqual(accelerators));

  test("a binary that is called kvm asks for it by itself", () => {
    expect(started("-m 64", noFile, "qemu-kvm")?.accelerators).toEqual(["kvm", "tcg"]);
  });
});

test.each([
  ["-uuid 5A1C0000-0000-4000-8000-00000000000F", "5a1c0000-0000-4000-8000-00000000000f"],
  ["-smbios type=1,uuid=5a1c0000-0000-4000-8000-00000000000f", "5a1c0000-0000-4000-8000-00000000000f"],
  ["-smbios type=0,uuid=5a1c0000-0000-4000-8000-00000000000f", null],
  ["-uuid 00000000-0000-0000-0000-000000000000", null],
  ["-uuid nonsense", null],
  ["", null],
])("uuid %s", (line, uuid) => expect(started(line)?.uuid).toBe(uuid));

test.each([
  ["-M q35", "q35"],
  ["-machine type=pc-q35-7.2,usb=off", "pc-q35-7.2"],
  ["-M microvm,acpi=off", "microvm"],
  ["-machine accel=tcg", null],
])("machine %s", (line, machine) => expect(started(line)?.machine).toBe(machine));

test.each([
  ["-hda /srv/a.qcow2", "a.qcow2"],
  ["/srv/b.img", "b.img"],
  ["-snapshot /srv/b.img", "b.img"],
  ["-drive file=/srv/c.img,if=virtio", "c.img"],
  ["-drive if=pflash,file=/fw/code.bin -drive file=/srv/d.img", "d.img"],
  ["-drive file=/usr/share/OVMF/OVMF_CODE.fd -blockdev driver=file,node-name=f,filename=/srv/e.raw", "e.raw"],
  ['-blockdev {"driver":"file","filename":"/srv/f.raw","node-name":"n"}', "f.raw"],
  ["-kernel /boot/vmlinuz -append quiet", null],
])("disk %s", (line, disk) => expect(started(line)?.disk).toBe(disk));

describe("QMP sockets", () => {
  test.each([
    ["-qmp unix:/p,server=on,wait=off", ["/p"]],
    ["-qmp unix:/p,server,nowait", ["/p"]],
    ["-qmp unix:./vm.qmp,server", ["./vm.qmp"]],
    ["-chardev socket,id=m,path=/p,server=on,wait=off -mon chardev=m,mode=control", ["/p"]],
    ["-chardev socket,id=m,path=/p,server=on -mon m,mode=control", ["/p"]],
    ["-chardev socket,id=m,path=/p,server=on -mon chardev=m,mode=readline", []],
    ["-chardev socket,id=m,path=/p -mon chardev=m,mode=control", []], // it calls, it does not listen
    ["-monitor unix:/p,server", []], // for people, not QMP
    ["-qmp tcp:127.0.0.1:4444,server", []],
    ["-qmp stdio", []],
    ["-chardev socket,id=charmonitor,fd=27,server=on,wait=off -mon chardev=charmonitor,mode=control", []],
  ])("%s", (line, sockets) => expect(started(line)?.sockets).toEqual(sockets));
});

test.each([
  ["-m 64", null],
  ["-qmp unix:/tmp/vm.qmp,server", null],
  [
    '-uuid 5a1c0000-0000-4000-8000-00000000000f -object {"qom-type":"secret","file":"/var/lib/libvirt/qemu/domain-1-x/master-key.aes"}',
    "libvirt",
  ],
  [
    "-uuid 5a1c0000-0000-4000-8000-00000000000f -no-user-config -chardev socket,id=m,fd=27,server=on",
    "libvirt",
  ],
  ["-id 101 -qmp unix:/var/run/qemu-server/101.qmp,server=on", "other"],
  ["-readconfig /run/incus/web/qemu.conf", "other"],
  ["-name lima-default", "other"],
  ["-name sandbox-0123", "other"],
  ["-qmp unix:/run/user/1000/podman/qmp_machine.sock,server=on", "other"],
  // A disk in libvirt's folder makes nobody libvirt's.
  ["-drive file=/var/lib/libvirt/images/a.qcow2", null],
] as const)("manager of %s", (line, managed) => expect(started(line)?.managed).toBe(managed));

test.each([
  ["-S -no-user-config -nodefaults -nographic -machine none,accel=kvm:tcg -qmp unix:/x,server"],
  ["-M none"],
  ["-machine help"],
  ["-version"],
  ["--help"],
  ["-xen-domid 4 -name guest=xen"],
  ["-xen-attach"],
  ["-M xenfv,accel=xen"],
  ["-accel xen"],
])("no VM: %s", (line) => expect(started(line)).toBeNull());

test.each([
  ["-S", true],
  ["-incoming tcp:0:4444", true],
  ["-m 64", false],
  ["-append -S", false], // the guest's words, not QEMU's
])("waits for a word: %s", (line, waits) => expect(started(line)?.waits).toBe(waits));

test("a configuration file counts where it stands: what comes later goes before it", () => {
  const config = `[machine]
type = "q35"
[memory]
size = "1024M"
[smp-opts]
cpus = "2"
[object "mem1"]
qom-type = "memory-backend-ram"
size = "1024M"
[device "dimm1"]
driver = "pc-dimm"
memdev = "mem1"`;
  const files = (path: string) => (path === "/run/vm.conf" ? config : null);
  const expected: Partial<Started> = { memory: 2 * GiB, vcpus: 2, machine: "q35" };
  expect(started("-readconfig /run/vm.conf", files)).toMatchObject(expected);
  expect(started("-readconfig /run/vm.conf -m 3G -smp 4", files)).toMatchObject({
    memory: 4 * GiB,
    vcpus: 4,
  });
  expect(started("-readconfig /run/other.conf", files)).toMatchObject({ memory: 128 * MiB, vcpus: 1 });
});

test("no command line makes it throw or give NaN", () => {
  const word = fc.oneof(
    fc.constantFrom(
      "-name",
      "-m",
      "-smp",
      "-object",
      "-device",
      "-machine",
      "-chardev",
      "-mon",
      "-qmp",
      "-S",
    ),
    fc.constantFrom("-uuid", "-readconfig", "-drive", "-accel", "--", "-", "{}", "=,", ",,,"),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(word), fc.string(), (words, config) => {
      const found = parseCommandLine("qemu-system-x86_64", words, () => config);
      if (!found) return;
      expect(found.memory).toBeGreaterThan(0);
      expect(found.vcpus).toBeGreaterThanOrEqual(1);
    }),
    fuzzRuns(5_000),
  );
});
