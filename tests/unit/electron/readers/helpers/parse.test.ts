import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addressKey,
  helperComm,
  parseAddresses,
  parseServes,
} from "../../../../../electron/readers/helpers/parse.ts";
import { fuzzRuns } from "../../../../fuzz-runs.ts";

const id = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const serves = (line: string) => parseServes(line.split(" "));

describe("whom a helper serves", () => {
  test.each([
    [
      `/usr/bin/containerd-shim-runc-v2 -namespace moby -id ${id} -address /run/containerd.sock`,
      { by: "id", id },
    ],
    [`/usr/local/bin/containerd-shim-kata-v2 -namespace k8s.io -id web -address x`, { by: "id", id: "web" }],
    [`/usr/bin/containerd-shim-runc-v2 -namespace moby -id ${id} -address x start`, null],
    [`/usr/bin/containerd-shim-runc-v2 -namespace moby -id ${id} -bundle b delete`, null],
    [`/usr/bin/conmon --api-version 1 -c ${id} -u ${id} -r /usr/bin/crun`, { by: "id", id }],
    [`/usr/bin/conmon --version`, null],
    [
      "/usr/bin/docker-proxy -proto tcp -host-ip 0.0.0.0 -host-port 8080 -container-ip 172.17.0.2 -container-port 80",
      { by: "address", address: "172.17.0.2" },
    ],
    [
      "/usr/bin/slirp4netns --disable-host-loopback --mtu=65520 -c -e 3 -r 4 --netns-type=path /run/netns/n1 tap0",
      { by: "namespace", path: "/run/netns/n1" },
    ],
    ["slirp4netns -c 4711 tap0", { by: "namespace", path: "/proc/4711/ns/net" }],
    ["/usr/bin/slirp4netns -c 4711", { by: "namespace", path: "/proc/4711/ns/net" }],
    [
      "/usr/bin/pasta --config-net -t 8080-8080:80-80 --quiet --netns /run/user/1000/netns/netns-1b",
      { by: "namespace", path: "/run/user/1000/netns/netns-1b" },
    ],
    ["/usr/bin/pasta.avx2 --config-net 4711", { by: "namespace", path: "/proc/4711/ns/net" }],
    ["containers-rootlessport", { by: "child" }],
    ["containers-rootlessport-child", { by: "child" }],
    ["rootlessport", { by: "child" }],
    ["[lxc monitor] /var/lib/lxc web", { by: "id", id: "web" }],
    [`sh -c containerd-shim -id ${id}`, null],
    ["", null],
  ] as const)("%s", (line, expected) => expect(serves(line)).toEqual(expected));

  test("nothing at all", () => expect(parseServes([])).toBeNull());
  test("anything: no throw", () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom("containerd-shim", "conmon", "-id", "-c", "pasta", "--netns"),
    );
    fc.assert(
      fc.property(fc.array(word), (args) => void parseServes(args)),
      fuzzRuns(10000),
    );
  });
});

test.each([
  "containerd-shim",
  "conmon",
  "docker-proxy",
  "slirp4netns",
  "pasta.avx2",
  "exe",
  "rootlessport-ch",
])("%s is looked at", (comm) => expect(comm).toMatch(helperComm));
test.each(["containerd", "dockerd", "sh", "xconmon"])("%s is not", (comm) =>
  expect(comm).not.toMatch(helperComm),
);

test("the addresses of a namespace", () => {
  const trie = readFileSync("tests/fixtures/proc/kernel-6.18/net-fib_trie", "latin1");
  const inet6 = "fd000000000000000000000000000002 0c 40 00 80     eth0\n";
  expect(parseAddresses(trie, inet6)).toEqual(new Set(["172.17.0.2", "fd000000000000000000000000000002"]));
  expect(parseAddresses("", "")).toEqual(new Set());
});

test.each([
  ["172.17.0.2", "172.17.0.2"],
  ["fd00::2", "fd000000000000000000000000000002"],
  ["FD00:1:02:3:4:5:6:7", "fd000001000200030004000500060007"],
  ["::1", "00000000000000000000000000000001"],
  ["fe80::", "fe800000000000000000000000000000"],
])("%s", (address, key) => expect(addressKey(address)).toBe(key));
