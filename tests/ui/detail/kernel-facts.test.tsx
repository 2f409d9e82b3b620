import axe from "axe-core";
import { expect, test } from "vitest";
import type { Detail, Namespace, Security, Stall } from "../../../shared/model/detail.ts";
import { shoot } from "../shoot.ts";
import { killed } from "./cases.ts";
import { type Given, loki, lokiDetail, show } from "./given.tsx";
import { mib } from "./shapes.ts";

const texts = (selector: string) =>
  [...document.querySelectorAll(selector)].map((each) => each.textContent?.replaceAll(/\s+/g, " ").trim());
/** The rows of the section of facts with this heading. */
const rowsOf = (heading: string) =>
  [...document.querySelectorAll(".facts section")]
    .filter((section) => section.querySelector("h3")?.textContent === heading)
    .flatMap((section) => [...section.querySelectorAll("tr, .note")].map((row) => row.textContent ?? ""));

const namespace = (
  kind: Namespace["kind"],
  sharing: Namespace["sharing"] = "own",
  sharers: readonly string[] = [],
): Namespace => ({ kind, inode: 4_026_533_121, sharing, sharers, more: 0 });
const plain: readonly Namespace[] = [
  ...[namespace("pid"), namespace("net"), namespace("mnt"), namespace("uts"), namespace("ipc")],
  ...[namespace("user", "host"), namespace("cgroup"), namespace("time", "host")],
];
const ordinary: Security = {
  capabilities: Array.from({ length: 14 }, (_, index) => `CAP_${index}`),
  ...{ beyondDefault: [], everyCapability: false, seccomp: "filter", noNewPrivileges: false },
  ...{ readOnlyRoot: true, user: 10_001 },
};
const stall = (share: number): Stall => ({ avg10: share, avg60: share / 2, avg300: 0, total: 1e9 });
const detail: Detail = {
  ...lokiDetail,
  namespaces: plain,
  security: ordinary,
  pressure: {
    cpu: { some: stall(0.032), full: null },
    memory: { some: stall(0.178), full: stall(0.1) },
    io: { some: stall(0.011), full: stall(0.004) },
  },
  counts: [
    { key: "oomKill", value: 2, local: 1, from: "memory.events: oom_kill" },
    { key: "memoryMax", value: 3_889, local: 3_889, from: "memory.events: max" },
    { key: "throttledTime", value: 151_649_000_000, local: null, from: "cpu.stat: throttled_usec" },
  ],
};
const bordered: Given = { ...killed, detail };
const open: Given = {
  ...killed,
  detail: {
    ...detail,
    limits: [
      ...lokiDetail.limits.slice(1),
      {
        ...{ key: "memory", value: 96 * mib, ancestor: "/shop.slice", from: "/shop.slice/memory.max" },
        ...{ own: 192 * mib, used: null, told: null },
      },
      { key: "cpuset", value: 2, ancestor: null, from: "x", own: 2, used: null, told: "0-1" },
    ],
    namespaces: plain.map((one) =>
      one.kind === "net" || one.kind === "pid"
        ? namespace(one.kind, "host")
        : one.kind === "ipc"
          ? namespace("ipc", "shared", [loki.id, "docker:other", "docker:third"])
          : one,
    ),
    security: { ...ordinary, everyCapability: true, seccomp: "off", readOnlyRoot: false, user: 0 },
    missing: [
      { what: "memory", why: "off" },
      { what: "pressure", why: "off" },
      { what: "kernelLog", why: "denied" },
    ],
  },
};

test("namespaces, rights and counts in plain words", async () => {
  await show(bordered);
  await expect.poll(() => rowsOf("Namespaces")).toHaveLength(8);
  expect(rowsOf("Namespaces")[0]).toBe("pid4026533121own");
  expect(rowsOf("Namespaces")[5]).toBe("user4026533121host’s");
  expect(rowsOf("What it may do")).toEqual([
    "Runs asuser 10001",
    "Rights of rootwhat Docker gives",
    "System callsfiltered (seccomp)",
    "Setuid programsgive new rights",
    "Root file systemread-only",
  ]);
  expect(texts(".counts tbody tr")).toEqual(
    expect.arrayContaining([
      "memory, all10.0 %5.0 %0.0 %",
      "Processes killed for memory21 itself",
      "Met the memory limit3,889",
    ]),
  );
  expect(rowsOf("Not offered here")).toEqual([]);
});

test("where there are no borders, that is said, with what is missing and its mend; a parent's limit beside its own", async () => {
  const { screen } = await show(open);
  await expect.poll(() => rowsOf("Namespaces").at(-1)).toMatch(/^It sees every process of this computer\./);
  expect(rowsOf("Namespaces").join()).toContain(`Shares ipc with ${loki.name} and 2 more.`);
  expect(rowsOf("What it may do").join()).toContain("all of them");
  await expect.element(screen.getByText("cgroup_enable=memory cgroup_memory=1")).toBeVisible();
  await expect.element(screen.getByText("psi=1")).toBeVisible();
  await expect.element(screen.getByText("sudo sysctl kernel.dmesg_restrict=0")).toBeVisible();
  await expect
    .element(screen.getByText(/Memory: set by a parent, \/shop\.slice; its own would be 192 MiB\./))
    .toBeVisible();
});

test.each([
  ["bordered.light", bordered, "light", "en", 1440],
  ["open.dark", open, "dark", "en", 1440],
  ["open.ko", open, "light", "ko", 1440],
  ["open.900", open, "light", "en", 900],
] as const)("axe finds nothing, and it looks so: %s", async (name, given, theme, language, width) => {
  await show({ ...given, theme, language }, { width });
  await expect.poll(() => document.querySelectorAll(".facts section").length).toBeGreaterThan(4);
  for (const one of document.querySelectorAll<HTMLDetailsElement>(".facts details"))
    if (one.querySelector(".counts")) one.open = true;
  document.querySelector(".facts .counts")?.scrollIntoView({ block: "end" });
  await Promise.all(document.getAnimations().map((animation) => animation.finished));
  const { violations } = await axe.run(".facts");
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  await shoot(`../../screenshots/detail/kernel-${name}.png`);
});
