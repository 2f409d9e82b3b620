import fc from "fast-check";
import { expect, test } from "vitest";
import {
  parseConfig,
  parseCount,
  parseOptions,
  parseSize,
} from "../../../../../electron/engines/qemu/options.ts";
import { fuzzRuns } from "../../../../fuzz-runs.ts";

const MiB = 2 ** 20;

test.each([
  ["web", "guest", { guest: "web" }],
  ["guest=a,,b,debug-threads=on", "guest", { guest: "a,b", "debug-threads": "on" }],
  ["a,,,debug-threads=on", "guest", { guest: "a,", "debug-threads": "on" }],
  ["4,sockets=2", "cpus", { cpus: "4", sockets: "2" }],
  ["/p,server,nowait", "path", { path: "/p", server: "on", wait: "off" }],
  ["file=/x=y.img", "", { file: "/x=y.img" }],
  ["", "size", { size: "" }],
  [
    '{"qom-type":"memory-backend-ram","size":134217728,"share":true,"host":{"a":1}}',
    "qom-type",
    {
      "qom-type": "memory-backend-ram",
      size: "134217728",
      share: "true",
    },
  ],
  ['{"cut":', "qom-type", {}],
  ["__proto__=x", "", { ["__proto__"]: "x" }],
])("options %s", (text, implied, expected) => {
  expect([...parseOptions(text, implied)]).toEqual(Object.entries(expected));
});

test.each([
  ["2048", "M", 2048 * MiB],
  ["2G", "M", 2048 * MiB],
  ["1.5g", "M", 1536 * MiB],
  ["131072k", "M", 128 * MiB],
  ["134217728", "B", 128 * MiB],
  ["134217728b", "M", 128 * MiB],
  ["1T", "M", 2 ** 40],
  ["0x80", "M", 128 * MiB],
  ["1.5", "B", 1], // 1.5 bytes are cut to 1
  ["9E", "B", null], // over 2^63
  ["", "M", null],
  ["-1", "M", null],
  ["2 G", "M", null],
  ["lots", "M", null],
] as const)("size %s in %s", (text, unit, bytes) => {
  expect(parseSize(text, unit)).toBe(bytes);
});

test("reads a configuration file", () => {
  const text = `# qemu config file
[memory]
  size = "1024M"

[device "dimm1"]
  driver = "pc-dimm"
  bare = 3
out = "of no section's"[
[smp-opts]
  cpus = "2"`;
  expect(parseConfig(text).map(([group, options]) => [group, [...options]])).toEqual([
    ["memory", [["size", "1024M"]]],
    [
      "device",
      [
        ["id", "dimm1"],
        ["driver", "pc-dimm"],
        ["bare", "3"],
        ["out", `"of no section's"[`],
      ],
    ],
    ["smp-opts", [["cpus", "2"]]],
  ]);
});

test("takes nothing for a number that is none", () => {
  expect([undefined, "", "x", "-1", "1.5", "12"].map(parseCount)).toEqual([null, null, null, null, null, 12]);
});

test("no text makes them throw or give NaN", () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ unit: "binary" }), (one, other) => {
      for (const text of [one, other, `{${one}`, `[${other}]\n${one}=${other}`]) {
        parseOptions(text, "guest");
        parseConfig(text);
        expect(parseSize(text, "M")).not.toBeNaN();
      }
    }),
    fuzzRuns(1_000),
  );
});
