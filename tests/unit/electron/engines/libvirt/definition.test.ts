import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDefinition } from "../../../../../electron/engines/libvirt/definition.ts";
import { fuzzRuns } from "../../../../fuzz-runs.ts";

const MiB = 2 ** 20;
const unknown = {
  type: null,
  machine: null,
  memory: null,
  vcpus: null,
  hardLimit: null,
  quota: null,
  tuned: [],
  statsPeriod: null,
};
const domain = (inside: string) => `<domain type='kvm'>${inside}</domain>`;

test("reads what libvirt 9.0 writes", () => {
  const xml = `<?xml version="1.0"?>
<!-- WARNING: <memory>1</memory> -->
<domain type='kvm' id='3' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>a &amp; b</name>
  <metadata>
    <app:vm xmlns:app="urn:x"><memory unit='KiB'>7</memory></app:vm>
    <note><![CDATA[</note></metadata><memory unit='KiB'>9</memory>]]></note>
  </metadata>
  <memory unit='KiB'>262144</memory>
  <currentMemory unit='KiB'>131072</currentMemory>
  <memtune>
    <hard_limit unit='KiB'>524288</hard_limit>
  </memtune>
  <vcpu placement='static' current='2'>4</vcpu>
  <cputune>
    <period>100000</period>
    <quota>50000</quota>
  </cputune>
  <os>
    <type arch='x86_64' machine='pc-q35-7.2'>hvm</type>
    <boot dev='hd'/>
  </os>
  <devices>
    <disk type='file'><source file='/srv/a>b/c.img'/><target dev="vda"/></disk>
    <memballoon model='virtio'>
      <stats period='5'/>
    </memballoon>
  </devices>
</domain>
`;
  expect(parseDefinition(xml)).toEqual({
    type: "kvm",
    machine: "pc-q35-7.2",
    memory: 256 * MiB,
    vcpus: 2,
    hardLimit: 512 * MiB,
    tuned: [
      expect.objectContaining({ key: "domainMemory", value: 512 * MiB, from: "virsh memtune: hard_limit" }),
      expect.objectContaining({ key: "domainVcpu", value: 0.5, told: "50000 100000" }),
    ],
    quota: 1, // 2 vCPUs x 50,000 / 100,000
    statsPeriod: 5_000,
  });
});

test.each([
  ["<memory>1024</memory>", MiB],
  ["<memory unit='b'>1024</memory>", 1024],
  ["<memory unit='bytes'>1024</memory>", 1024],
  ["<memory unit='KB'>1000</memory>", 1_000_000],
  ["<memory unit='k'>1024</memory>", MiB],
  ["<memory unit='MiB'>64</memory>", 64 * MiB],
  ["<memory unit='GB'>1</memory>", 1_000_000_000],
  ["<memory unit='G'>1</memory>", 1024 * MiB],
  ["<memory unit='parsecs'>1</memory>", null],
  ["<memory>lots</memory>", null],
  ["<memory unit='KiB'>9007199254740988</memory>", null], // libvirt's way to write "no limit"
  ["<other><memory>1024</memory></other>", null],
])("size %s", (inside, bytes) => {
  expect(parseDefinition(domain(inside)).memory).toBe(bytes);
});

test.each([
  ["", null],
  ["<quota>-1</quota>", null],
  ["<quota>0</quota>", null],
  ["<quota>25000</quota>", 1], //                                                      4 x 0.25
  ["<period>50000</period><quota>25000</quota>", 2], //                                4 x 0.5
  ["<global_quota>150000</global_quota>", 1.5],
  ["<quota>25000</quota><global_quota>50000</global_quota>", 0.5], //     the smaller of 1 and 0.5
  ["<global_period>200000</global_period><global_quota>50000</global_quota>", 0.25],
])("quota %s", (inside, cores) => {
  expect(parseDefinition(domain(`<vcpu>4</vcpu><cputune>${inside}</cputune>`)).quota).toBe(cores);
});

test.each([
  ["nothing", ""],
  ["another document", "<html><body>502</body></html>"],
  ["no element at all", "< > </ ><a"],
  ["comments without an end", "<!-- <!-- <!--"],
])("%s says nothing", (_, xml) => {
  expect(parseDefinition(xml)).toEqual(unknown);
});

test("a document that never closes a tag takes no time", () => {
  const began = performance.now();
  for (const part of ["<a ", "<a '", "<!--", "<![CDATA[", "<a", "</", '<a b="'])
    parseDefinition(part.repeat(200_000));
  expect(performance.now() - began).toBeLessThan(5_000);
}, 60_000);

test("no text makes it throw or give NaN", () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "<domain>",
      "</domain>",
      "<memory unit='",
      "'>",
      "<vcpu/>",
      "<cputune><quota>",
      "&amp;",
      "<!--",
    ),
  );
  fc.assert(
    fc.property(fc.array(part), (parts) =>
      Object.values(parseDefinition(parts.join(""))).every((value) => !Number.isNaN(value)),
    ),
    fuzzRuns(10_000),
  );
});
