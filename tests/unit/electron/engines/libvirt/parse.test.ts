import fc from "fast-check";
import { expect, test } from "vitest";
import {
  isActive,
  parseDomstats,
  parseList,
  parseVersion,
  sizeOf,
  stateOf,
  toldOf,
} from "../../../../../electron/engines/libvirt/parse.ts";
import { fuzzRuns } from "../../../../fuzz-runs.ts";

const KiB = 1024;
const now = 1_795_500_309_000;
/** Two domains as libvirt 9.0 tells them: names with blanks and quotes, paths with "=", holes in the indexes. */
const text = `virsh > domstats --raw
Domain: 'tare one'
  state.state=1
  state.reason=1
  cpu.time=646178000
  balloon.current=131072
  balloon.maximum=262144
  balloon.unused=41284
  balloon.available=106812
  balloon.usable=52120
  balloon.last-update=1795500309
  balloon.rss=141208
  vcpu.current=1
  vcpu.2.halted=yes
  vcpu.2.guest_mode.cur=no
  net.count=2
  net.0.name=vnet0
  net.0.rx.bytes=1204
  net.0.tx.bytes=300
  net.3.rx.bytes=1000
  net.3.tx.bytes=30
  block.count=1
  block.0.name=vda
  block.0.path=/srv/a b=c.qcow2
  block.0.rd.bytes=10485760
  block.0.wr.bytes=4096

Domain: 'it's "two"'
  state.state=5
  state.reason=2
  cpu.time=999000000

`;
const stats = (...lines: string[]) => {
  const [one] = parseDomstats(["Domain: 'x'", ...lines.map((line) => `  ${line}`)].join("\n"));
  if (!one) throw new Error("no domain");
  return one;
};

test("comes apart by domain and key", () => {
  const [one, two, ...rest] = parseDomstats(text);
  expect([one?.name, two?.name, rest]).toEqual(["tare one", `it's "two"`, []]);
  expect(one?.keys.get("block.0.path")).toBe("/srv/a b=c.qcow2");
  expect(one && stateOf(one)).toBe("running");
  expect(one && sizeOf(one)).toEqual({ memory: 262_144 * KiB, vcpus: 1 });
  expect(one && toldOf(one, now, null)).toEqual({
    cpu: { used: 646_178_000, periods: null, throttledPeriods: null, throttledTime: null },
    resident: 141_208 * KiB,
    guest: { allowed: 131_072 * KiB, inUse: 54_692 * KiB }, // 106,812 - 52,120
    network: { received: 2_204, sent: 330 }, //              1,204 + 1,000; 300 + 30
    io: { read: 10_485_760, written: 4_096 },
  });
  expect(two && [stateOf(two), isActive(two)]).toEqual(["stopped", false]);
});

test.each([
  ["1", "running", true],
  ["2", "running", true],
  ["3", "paused", true],
  ["4", "stopping", true],
  ["5", "stopped", false],
  ["6", "dead", false],
  ["7", "paused", true],
  ["0", "unknown", false],
  ["99", "unknown", false],
])("state %s is %s", (code, state, active) => {
  const one = stats(`state.state=${code}`);
  expect([stateOf(one), isActive(one)]).toEqual([state, active]);
});

const guest = ["balloon.available=100", "balloon.unused=30"];
test.each([
  ["unused where usable is missing", [...guest, "balloon.last-update=1795500308"], null, 70 * KiB],
  ["never updated", [...guest, "balloon.last-update=0"], null, null],
  ["no time of update", guest, null, null],
  ["a minute old, no period known", [...guest, "balloon.last-update=1795500248"], null, null], // 61 s
  ["3 periods of 5 s old", [...guest, "balloon.last-update=1795500294"], 5_000, 70 * KiB], //   15 s
  ["older than that", [...guest, "balloon.last-update=1795500292"], 5_000, null], //            17 s
  [
    "more left than there is",
    ["balloon.available=1", "balloon.unused=2", "balloon.last-update=1795500309"],
    null,
    null,
  ],
  ["a word among the numbers", ["balloon.available=no", "balloon.unused=2"], null, null],
  [
    "-1 unsigned",
    ["balloon.available=18446744073709551615", "balloon.usable=2", "balloon.last-update=1795500309"],
    null,
    null,
  ],
] as const)("in use: %s", (_, lines, period, expected) => {
  expect(toldOf(stats(...lines), now, period).guest).toEqual({ allowed: null, inUse: expected });
});

test("what is not counted is unknown, and no device moved nothing", () => {
  expect(toldOf(stats("state.state=1"), now, null)).toEqual({
    guest: { allowed: null, inUse: null },
    network: null,
    io: null,
  });
  expect(toldOf(stats("net.count=0", "block.count=1"), now, null)).toMatchObject({
    network: { received: 0, sent: 0 },
    io: null,
  });
});

test("lists names as they are, and skips what is no line of a list", () => {
  const list = `virsh > list --all
4580b76c-ab47-4f42-975e-04b5872582c9 a name with blanks
5a1c0000-0000-4000-8000-00000000000f it's

not-a-uuid x
`;
  expect([...parseList(list)]).toEqual([
    ["a name with blanks", "4580b76c-ab47-4f42-975e-04b5872582c9"],
    ["it's", "5a1c0000-0000-4000-8000-00000000000f"],
  ]);
});

test.each([
  ["Using API: QEMU 9.0.0\nRunning against daemon: 9.0.0\n", "9.0.0"],
  ["Using API: QEMU 9.0.0", null],
  ["", null],
])("version of the daemon", (answer, version) => expect(parseVersion(answer)).toBe(version));

test("no text makes them throw or give NaN", () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "Domain: 'a'",
      "Domain: '",
      "  net.0.rx.bytes=1",
      "  state.state=1",
      "  =",
      "  block.1.wr.bytes=-3",
    ),
    fc
      .tuple(fc.constantFrom("balloon.current", "cpu.time", "net.9.tx.bytes"), fc.string())
      .map(([key, value]) => `  ${key}=${value}`),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const found = parseDomstats(lines.join("\n")).map((one) => [
        toldOf(one, now, null),
        sizeOf(one),
        stateOf(one),
      ]);
      parseList(lines.join("\n"));
      return !/NaN|Infinity|null,"written"/.test(JSON.stringify(found));
    }),
    fuzzRuns(5_000),
  );
});
