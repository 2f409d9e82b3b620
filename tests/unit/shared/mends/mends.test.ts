import { expect, test } from "vitest";
import { updateCommand, virshCommands } from "../../../../shared/mends/commands.ts";
import { composeLines, kubernetesLines } from "../../../../shared/mends/lines.ts";
import { isSet, type Setting, settable, settingFrom, settingTo } from "../../../../shared/mends/setting.ts";
import { nameOrId, quoted, shortId } from "../../../../shared/mends/shell.ts";

const mib = 1_048_576;
const memory = (limit: number | null, withSwap: number | null): Setting => ({
  resource: "memory",
  limit,
  withSwap,
});

test.each([
  ["no swap stays none", memory(192, 192), memory(320, 320)],
  ["Docker's double stays double", memory(192, 384), memory(320, 640)],
  ["any other amount stays the amount that it is", memory(192, 256), memory(320, 384)],
  ["without end stays so", memory(192, null), memory(320, null)],
  ["from no limit: no swap beside it", memory(null, null), memory(320, 320)],
  ["CPU keeps the way it is said", settingFrom("cpu", 1), { resource: "cpu", limit: 320, by: "cpus" }],
  ["processes", settingFrom("pids", null), { resource: "pids", limit: 320 }],
] as const)("another limit: %s", (_, now, then) => expect(settingTo(now, 320)).toEqual(then));

test.each([
  ["memory", 335_544_320.4, 335_544_320],
  ["memory", 1, 1_024],
  ["cpu", 1.2345, 1.23],
  ["cpu", 0.001, 0.01],
  ["pids", 99.6, 100],
  ["vmMemory", 1_500_000, 1_500_160],
] as const)("%s of %d is set as %d", (resource, to, set) => expect(settable(resource, to)).toBe(set));

test.each([
  ["memory", 335_544_320, 335_544_320, true],
  ["memory", 335_545_000, 335_544_320, true], // the kernel rounds down to a page
  ["memory", 335_544_320, 335_544_321, false],
  ["memory", 335_544_320, 201_326_592, false],
  ["cpu", 0.33, 0.333, true],
  ["cpu", 0.33, 0.5, false],
  ["pids", 100, 101, false],
  ["pids", null, null, true],
  ["pids", null, 100, false],
] as const)("%s: %s was set, %s is read back: %s", (resource, to, back, set) =>
  expect(isSet(resource, to, back)).toBe(set),
);

test.each([
  [memory(320 * mib, 320 * mib), "docker update --memory 320m --memory-swap 320m loki"],
  [memory(1_024 * mib, 2_048 * mib), "docker update --memory 1g --memory-swap 2g loki"],
  [memory(1_000_448, null), "docker update --memory 977k --memory-swap -1 loki"],
  [settingFrom("cpu", 1.5), "docker update --cpus 1.5 loki"],
  [{ resource: "cpu", limit: 0.25, by: "quota" }, "docker update --cpu-period 100000 --cpu-quota 25000 loki"],
  [settingFrom("pids", 100), "docker update --pids-limit 100 loki"],
] as const)("docker: %j", (setting, command) =>
  expect(updateCommand("docker", "loki", setting)).toBe(command),
);

test("podman and virsh", () => {
  expect(updateCommand("podman", "web", { resource: "cpu", limit: 0.5, by: "quota" })).toBe(
    "podman update --cpus 0.5 web",
  );
  const ram = settingFrom("vmMemory", 2_048 * mib);
  expect(virshCommands("win11", ram, "live")).toEqual([
    "virsh setmem --domain win11 --size 2097152KiB --live",
  ]);
  expect(virshCommands("win11", ram, "config", 4_096 * mib)).toEqual([
    "virsh setmem --domain win11 --size 2097152KiB --config",
  ]);
  expect(virshCommands("win11", ram, "config", 1_024 * mib)).toEqual([
    "virsh setmaxmem --domain win11 --size 2097152KiB --config",
    "virsh setmem --domain win11 --size 2097152KiB --config",
  ]);
  expect(virshCommands("win11", settingFrom("vmCpu", 1.5), "live")).toEqual([
    "virsh schedinfo --domain win11 --live --set global_period=100000 global_quota=150000",
  ]);
});

test("compose and Kubernetes: lines for files that Tare does not see", () => {
  expect(composeLines("loki", memory(320 * mib, null))).toBe("services:\n  loki:\n    mem_limit: 320m\n");
  expect(composeLines("a: b #c", settingFrom("cpu", 1.5))).toBe('services:\n  "a: b #c":\n    cpus: 1.5\n');
  expect(composeLines("no", settingFrom("pids", 5))).toBe('services:\n  "no":\n    pids_limit: 5\n');
  expect(kubernetesLines("loki", memory(320 * mib, null))).toBe(
    "containers:\n  - name: loki\n    resources:\n      requests:\n        memory: 320Mi\n      limits:\n        memory: 320Mi\n",
  );
  expect(kubernetesLines("loki", settingFrom("cpu", 1.5))).toContain(
    "cpu: 375m\n      limits:\n        cpu: 1500m\n",
  );
  expect(kubernetesLines("loki", settingFrom("pids", 5))).toBe("");
});

test.each([
  ["observ-loki-1", "observ-loki-1"],
  ["win 11", "'win 11'"],
  ["it's", "'it'\\''s'"],
  ["$(reboot)", "'$(reboot)'"],
  ["a;b|c&d>e`f`", "'a;b|c&d>e`f`'"],
  ["메모리", "'메모리'"],
])("a name in a command: %s", (name, word) => {
  expect(quoted(name)).toBe(word);
  expect(nameOrId(name, "3f9c21d0b7e4")).toBe(word);
});

test.each(["-f", "--all", "a\nreboot", "a\u202eb", "\u0007", ""])(
  "a name that gives way to the id: %j",
  (name) => expect(nameOrId(name, "3f9c21d0b7e4")).toBe("3f9c21d0b7e4"),
);

test("the id that a person types", () => {
  expect(shortId(`docker:${"3f9c21d0b7e4".padEnd(64, "0")}`)).toBe("3f9c21d0b7e4");
  expect(shortId("libvirt:5a1c0000-0000-0000-0000-000000000000")).toBe(
    "5a1c0000-0000-0000-0000-000000000000",
  );
});
