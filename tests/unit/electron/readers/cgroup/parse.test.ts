import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  keysOf,
  parseIoStat,
  parseKeyed,
  parseNetDev,
  parseNumber,
  parsePressure,
  parseQuota,
  parseServiceBytes,
  parseTraffic,
} from "../../../../../electron/readers/cgroup/parse.ts";
import { fuzzRuns } from "../../../../fuzz-runs.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const parse = <Result>(parser: (bytes: Uint8Array, length: number) => Result, text: string) =>
  parser(bytes(text), bytes(text).length);
const fixture = (path: string) => readFileSync(`tests/fixtures/${path}`);
const none = () => false;

describe("one number", () => {
  test.each([
    ["4345856\n", 4_345_856],
    ["0\n", 0],
    ["9223372036854771712\n", 9_223_372_036_854_772_000], // as near as a double comes: far above any memory
    ["max\n", null],
    ["-1\n", null],
    ["", null],
    ["\n", null],
    ["12x\n", null],
    ["123456789012345678901\n", null], // 21 digits: no kernel's number
  ])("%j", (text, value) => expect(parse(parseNumber, text)).toBe(value));

  test("reads no further than the length: the buffer holds the rest of an earlier file", () => {
    expect(parseNumber(bytes("12345678"), 3)).toBe(123);
    expect(parseNumber(bytes("12345678"), 0)).toBeNull();
  });
});

describe("a flat keyed file", () => {
  const keys = keysOf(["anon", "file", "missing"]);
  test("gives each key's value, NaN for a key that isn't there", () => {
    const into = parseKeyed(bytes("file 7\nanon 4096\nanon_thp 9\n"), 27, keys, new Float64Array(3));
    expect([...into]).toEqual([4096, 7, Number.NaN]);
  });
  test("takes no key for another that it begins or ends, and no word for a number", () => {
    const text = "total_anon 1\nanonymous 2\nfile many\nanon\nfile\n";
    const into = parseKeyed(bytes(text), text.length, keys, new Float64Array(3));
    expect([...into]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
  test("the fixture of v1, by an independent reading", () => {
    const file = fixture("cgroup/v1/kernel-6.18/memory/memory.stat");
    const into = parseKeyed(file, file.length, keysOf(["total_rss", "total_cache"]), new Float64Array(2));
    expect([...into]).toEqual([8_556_544, 18_878_464]);
  });
});

describe("pressure", () => {
  test.each([
    ["some avg10=0.06 avg60=0.21 avg300=0.99 total=8919\nfull avg10=0.00 total=12\n", 8919],
    ["full avg10=0.00 avg60=0.00 avg300=0.00 total=12\n", null],
    ["some avg10=0.06 avg60=0.21 avg300=0.99\n", null],
    ["", null],
  ])("%j", (text, micros) => expect(parse(parsePressure, text)).toBe(micros));
  test("full: where all waited", () => {
    const full = (text: string) => parsePressure(bytes(text), text.length, "full");
    expect(full("some avg10=0.06 avg60=0.21 avg300=0.99 total=8919\nfull avg10=0.00 total=12\n")).toBe(12);
    // cpu.pressure before Linux 5.13 has no such line.
    expect(full("some avg10=0.06 avg60=0.21 avg300=0.99 total=8919\n")).toBeNull();
  });
});

describe("disk bytes", () => {
  const v1 = "8:0 Read 1000\n8:0 Write 200\n8:0 Discard 7\n8:0 Total 1207\n253:1 Read 1000\nTotal 2207\n";
  test("v1 adds Read and Write rows, not Total", () =>
    expect(parse((b, l) => parseServiceBytes(b, l, none), v1)).toEqual({ read: 2000, written: 200 }));
  test("a device on top of another is left out: its bytes are counted below", () => {
    const isDm = (device: number) => device === 253 * 2 ** 20 + 1;
    expect(parse((b, l) => parseServiceBytes(b, l, isDm), v1)).toEqual({ read: 1000, written: 200 });
  });
  test("v2", () => {
    const text =
      "8:16 rbytes=1459200 wbytes=314773504 rios=192 wios=353 dbytes=50 dios=1\n253:0 \n8:0 rbytes=1\n";
    expect(parse((b, l) => parseIoStat(b, l, none), text)).toEqual({ read: 1_459_201, written: 314_773_504 });
  });
  test("an empty file is an idle box", () => {
    expect(parse((b, l) => parseIoStat(b, l, none), "")).toEqual({ read: 0, written: 0 });
    expect(parse((b, l) => parseServiceBytes(b, l, none), "Total 0\n")).toEqual({ read: 0, written: 0 });
  });
});

test.each([
  ["50000 100000\n", 0.5],
  ["max 100000\n", null],
  ["50000\n", null],
  ["50000 0\n", null],
])("cpu.max %j", (text, cores) => expect(parse(parseQuota, text)).toBe(cores));

describe("a network namespace", () => {
  const head = "Inter-|   Receive  |  Transmit\n face |bytes    packets errs|bytes\n";
  const row = (name: string, received: number, sent: number) =>
    `${name}:${received} 2 0 0 0 0 0 0 ${sent} 0 0 0 0 0 0 0\n`;
  test("adds all but lo", () => {
    const text = head + row("    lo", 9, 9) + row("  eth0", 200, 30) + row("   lo1", 1, 2);
    expect(parse(parseNetDev, text)).toEqual({ received: 201, sent: 32 });
  });
  test("only lo: nothing went in or out, and that is known", () =>
    expect(parse(parseNetDev, head + row("lo", 9, 9))).toEqual({ received: 0, sent: 0 }));
  test("no interface's line is unknown", () => expect(parse(parseNetDev, head)).toBeNull());
  test("the fixture", () => {
    const file = fixture("proc/kernel-6.18/net-dev");
    expect(parseNetDev(file, file.length)).toEqual({ received: 806, sent: 0 });
  });
});

describe("the host's devices, each by itself", () => {
  test("packets in and out together: columns 2 and 10", () => {
    const text =
      "Inter-|   Receive                                                |  Transmit\n" +
      " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n" +
      "    lo:     100       7    0    0    0     0          0         0      100       7    0    0    0     0       0          0\n" +
      "veth1a:   90100      30    0    0    0     0          0         0     5000      12    0    0    0     0       0          0\n";
    expect(parse(parseTraffic, text)).toEqual(
      new Map([
        ["lo", 14],
        ["veth1a", 42],
      ]),
    );
  });
  test("nothing: nobody", () => expect(parse(parseTraffic, "")).toEqual(new Map()));
});

describe("whatever the bytes", () => {
  const runs = fuzzRuns(10_000);
  const seeds = [
    "cgroup/v1/kernel-6.18/memory/memory.stat",
    "cgroup/v1/kernel-6.18/blkio/blkio.throttle.io_service_bytes",
    "cgroup/v2/kernel-6.1/memory.stat",
    "cgroup/v2/kernel-6.1/cpu.stat",
    "cgroup/v2/kernel-6.1/cpu.pressure",
    "cgroup/v2/kernel-6.1/cpu.max",
    "proc/kernel-6.18/net-dev",
  ].map((path) => new Uint8Array(fixture(path)));
  /** A real file with some bytes struck, cut somewhere; or anything. */
  const mangled = fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(2_000), fc.nat(255)), { maxLength: 12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .map(([seed, strikes, kept]) => {
      const copy = seed.slice(0, Math.ceil(seed.length * kept));
      for (const [at, value] of strikes) if (at < copy.length) copy[at] = value;
      return copy;
    });
  const input = fc.oneof(mangled, fc.uint8Array({ maxLength: 400 }));
  const sane = (value: number | null) => value === null || (Number.isFinite(value) && value >= 0);

  test("no parser throws, gives NaN, or runs away", () => {
    fc.assert(
      fc.property(input, (file) => {
        for (const parser of [parseNumber, parsePressure, parseQuota])
          expect(sane(parser(file, file.length))).toBe(true);
        const { read, written } = parseIoStat(file, file.length, none);
        const v1 = parseServiceBytes(file, file.length, none);
        expect([read, written, v1.read, v1.written].every(sane)).toBe(true);
        const network = parseNetDev(file, file.length);
        expect(network === null || (sane(network.received) && sane(network.sent))).toBe(true);
      }),
      runs,
    );
  });

  test("no number comes from a key that isn't in the file", () => {
    const names = ["total_rss", "anon", "kernel", "usage_usec", "oom_kill"];
    const keys = keysOf(names);
    fc.assert(
      fc.property(input, (file) => {
        const text = new TextDecoder("latin1").decode(file);
        const values = parseKeyed(file, file.length, keys, new Float64Array(names.length));
        for (const [index, name] of names.entries()) {
          const rows = text.split("\n").filter((row) => row.startsWith(`${name} `));
          const told = rows.some((row) => /^\S+ \d{1,20}(?: |$)/.test(row));
          if (!told) expect(values[index], name).toBeNaN();
        }
      }),
      runs,
    );
  });

  test("what lies behind the length never counts", () => {
    fc.assert(
      fc.property(input, fc.nat(400), (file, cut) => {
        const length = Math.min(cut, file.length);
        const alone = file.slice(0, length);
        for (const parser of [parseNumber, parsePressure, parseQuota, parseNetDev])
          expect(parser(file, length)).toEqual(parser(alone, length));
        expect(parseIoStat(file, length, none)).toEqual(parseIoStat(alone, length, none));
      }),
      runs,
    );
  });
});
