import { execFileSync } from "node:child_process";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import {
  isListening,
  isListeningAmong,
  parseListeners,
  portWatch,
} from "../../../../../electron/lab/container/listening.ts";
import { isRuntime } from "../../../../../electron/lab/container/phases.ts";
import { writeTar } from "../../../../../electron/lab/container/tar-writer.ts";
import { parseInstant, trialClock } from "../../../../../electron/lab/container/trial-clock.ts";

const head =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
const row = (local: string, state: string, inode = 31337) =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0000000000000000 100 0 0 10 0\n`;

test.each([
  ["any address", row("00000000:0050", "0A"), 80, ["31337"]],
  ["loopback", row("0100007F:0050", "0A"), 80, ["31337"]],
  ["IPv6", row("00000000000000000000000000000000:0050", "0A"), 80, ["31337"]],
  ["a connection is none", row("0100007F:0050", "01"), 80, []],
  ["bound, and does not listen yet", row("00000000:0050", "07"), 80, []],
  ["another port", row("00000000:0051", "0A"), 80, []],
  ["the end of a longer port", row("00000000:1050", "0A"), 80, []],
  ["the far port", row("00000000:1F90", "0A").replace("00000000:0000", "00000000:0050"), 80, []],
  ["two", row("00000000:1F90", "0A", 1) + row("0100007F:1F90", "0A", 2), 8080, ["1", "2"]],
])("who listens: %s", (_, rows, port, inodes) => expect(parseListeners(head + rows, port)).toEqual(inodes));

test("a server of this machine: seen, and known as its own", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  expect(isListening(process.pid, port)).toBe(true);
  expect(isListeningAmong([process.pid], port)).toBe(true);
  expect(isListeningAmong([process.ppid], port)).toBe(false); // the same network, another's socket
  const watch = portWatch(process.pid, port);
  expect(watch()).toBe(true);
  expect(isListening(process.pid, port === 65_535 ? 1 : 65_535)).toBe(false);
});

test("a port is seen as soon as it opens, though the table is not read at every look", async () => {
  const server = createServer();
  onTestFinished(() => void server.close());
  const port = 28_734;
  const watch = portWatch(process.pid, port);
  for (let look = 0; look < 50; look++) expect(watch()).toBe(false);
  server.listen(port, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  expect(Array.from({ length: 20 }, watch)).toContain(true);
});

test.each([
  ["/usr/sbin/runc", "exe", true],
  ["/", "runc:[2:INIT]", true],
  ["/memfd:runc_cloned:/proc/self/exe (deleted)", "runc:[1:CHILD]", true],
  ["/runc", "runc:[2:INIT]", true],
  ["/usr/bin/crun", "3", true],
  ["/bin/busybox", "true", false],
  ["/usr/local/bin/runcible", "runcible", false],
  ["/usr/sbin/nginx", "nginx", false],
])("%s (%s) is the runtime: %s", (program, comm, is) => expect(isRuntime(program, comm)).toBe(is));

test.each([
  ["2026-11-24T06:04:10.5Z", 1_795_500_250_500],
  ["2026-11-24T06:04:10.092526125Z", 1_795_500_250_092.526_1],
  ["2026-11-24T06:04:10Z", 1_795_500_250_000],
  ["2026-11-24T07:04:10.25+01:00", 1_795_500_250_250],
  ["0001-01-01T00:00:00Z", null],
  ["", null],
  ["yesterday", null],
])("%s is %s", (told, at) => {
  const read = parseInstant(told);
  if (at === null) expect(read).toBeNull();
  else expect(read).toBeCloseTo(at, 3);
});

test("a moment by the wall clock stands where the monotonic one puts it", () => {
  const clock = trialClock();
  for (let turn = 0; turn < 100; turn++) {
    const before = clock.since();
    const now = clock.sinceOf(Date.now()) ?? Number.NaN;
    expect(now).toBeGreaterThan(before - 1.3); // Date.now is cut to whole ms
    expect(now).toBeLessThanOrEqual(clock.since() + 1.3);
  }
});

test("an archive that tar reads, the same bytes each time", () => {
  const files = [
    { path: "bin/", mode: 0o755, directory: true },
    { path: "bin/one", mode: 0o755, bytes: Buffer.from("x".repeat(513)) },
    { path: "bin/two", mode: 0o777, link: "one" },
  ] as const;
  const listing = execFileSync("tar", ["-tv", "--utc", "--numeric-owner"], {
    input: writeTar(files),
    encoding: "utf8",
  });
  expect(
    listing
      .trim()
      .split("\n")
      .map((line) => line.replace(/ +/g, " ")),
  ).toEqual([
    "drwxr-xr-x 0/0 0 1970-01-01 00:00 bin/",
    "-rwxr-xr-x 0/0 513 1970-01-01 00:00 bin/one",
    "lrwxrwxrwx 0/0 0 1970-01-01 00:00 bin/two -> one",
  ]);
  expect(writeTar(files)).toEqual(writeTar(files));
  expect(() => writeTar([{ path: "x".repeat(101), mode: 0, bytes: new Uint8Array() }])).toThrow(/too long/);
});
