import { expect, test } from "vitest";
import {
  parseBusy,
  parseDefaultRoutes,
  parseDiskstats,
  parseInterfaces,
  parseMeminfo,
  parseOsName,
} from "../../../../electron/live/host-parse.ts";

test.each([
  // user 100 + nice 20 + system 30 + irq 5 + softirq 6: idle, iowait, steal and guest are no use of a core here
  ["cpu  100 20 30 4000 50 5 6 70 8 9\ncpu0 1 1 1 1 1 1 1 1 1 1\n", 161],
  ["cpu0 1 1 1 1 1 1 1 1 1 1\n", null],
  ["", null],
])("busy ticks of %j", (text, ticks) => expect(parseBusy(text)).toBe(ticks));

test("memory", () => {
  const text =
    "MemTotal: 100 kB\nMemFree:          10 kB\nMemAvailable:    70 kB\nBuffers: 5 kB\nCached:    40 kB\nSwapCached: 9 kB\n";
  expect(parseMeminfo(text)).toEqual({ available: 70 * 1024, free: 10 * 1024, cache: 45 * 1024 });
  expect(parseMeminfo(text.replace("Buffers", "Bufferz")).cache).toBeNull();
  expect(parseMeminfo("")).toEqual({ available: null, free: null, cache: null });
});

test("disks: whole ones only, sectors of 512 bytes", () => {
  const text =
    " 254 0 vda 5000 10 3000 900 1200 30 2000 700 0 1500 1600\n 254 1 vda1 4000 10 2999 9 1 3 1999 7 0 1 1\n 253 0 dm-0 1 1 2999 1 1 1 1999 1 1 1 1\n";
  expect(parseDiskstats(text, new Set(["vda"]))).toEqual({ into: 3000 * 512, out: 2000 * 512 });
  expect(parseDiskstats(text, new Set())).toBeNull();
  expect(parseDiskstats("garbage vda\n x x vda x x x\n", new Set(["vda"]))).toBeNull();
});

test("interfaces: each byte once", () => {
  const text =
    "Inter-| Receive | Transmit\n face |bytes packets\n    lo:  9 0 0 0 0 0 0 0 9 0\n  eth0: 200 2 0 0 0 0 0 0 30 0 0 0\nwlan0:7 0 0 0 0 0 0 0 1 0\nveth1: 200 2 0 0 0 0 0 0 30 0\n";
  expect(parseInterfaces(text, new Set(["eth0", "wlan0"]))).toEqual({ into: 207, out: 31 });
  expect(parseInterfaces(text, new Set(["eth9"]))).toBeNull();
});

test("default routes", () => {
  const text =
    "Iface\tDestination\tGateway\neth0\t00000000\t0100000A\t0003\neth1\t0000000A\t00000000\t0001\n";
  expect(parseDefaultRoutes(text)).toEqual(new Set(["eth0"]));
});

test.each([
  ['ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n', "Debian GNU/Linux 12 (bookworm)"],
  ["PRETTY_NAME=Alpine\n", "Alpine"],
  ["ID=x\n", null],
])("os-release %#", (text, name) => expect(parseOsName(text)).toBe(name));
