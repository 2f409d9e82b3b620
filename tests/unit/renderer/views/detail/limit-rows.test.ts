import { expect, test } from "vitest";
import { limitRows, reportedOf } from "../../../../../renderer/views/detail/limit-rows.ts";
import { type Detail, untold } from "../../../../../shared/model/detail.ts";
import type { Instance } from "../../../../../shared/model/instance.ts";
import { nothingKnown } from "../../../../../shared/wire/frames.ts";
import { madeInstance } from "../../../../fixtures/made.ts";

const mib = 1024 * 1024;
const container = madeInstance({
  id: "docker:a",
  slot: 0,
  reported: { memory: 200 * mib, cpu: 0.5, pids: null },
});
const sample = {
  ...nothingKnown,
  gross: 160 * mib,
  memoryLimit: 200 * mib,
  workingSet: 150 * mib,
  cpuLimit: 0.5,
  cores: 0.22,
  pids: 15,
};
const detail: Detail = {
  ...untold,
  limits: [
    {
      key: "memory",
      value: 100 * mib,
      ancestor: "/shop.slice",
      from: "/shop.slice/memory.max",
      own: null,
      used: null,
      told: null,
    },
    { key: "swap", value: 0, ancestor: null, from: "memory.swap.max", own: null, used: null, told: null },
  ],
  processes: [],
  readFrom: [],
};
const row = (rows: ReturnType<typeof limitRows>, key: string) => rows.find((each) => each.key === key);

test("before anything was looked up, the weighed limits stand", () => {
  const rows = limitRows(container, sample, null);
  expect(row(rows, "memory")).toMatchObject({ value: 200 * mib, used: { share: 0.75 }, ancestor: null });
  expect(row(rows, "cpu")).toMatchObject({ value: 0.5, used: { share: 0.44 } });
  expect(row(rows, "pids")).toMatchObject({ value: null, used: { now: 15 } });
});

test("a parent's smaller limit is in force, and named", () => {
  const rows = limitRows(container, sample, detail);
  expect(row(rows, "memory")).toMatchObject({
    value: 100 * mib,
    used: { share: 1.5 },
    ancestor: "/shop.slice",
  });
  expect(row(rows, "swap")).toMatchObject({ value: 0, used: { share: 0 } });
  expect(reportedOf(container, rows)).toEqual({
    differs: [{ key: "memory", value: 200 * mib }],
    own: false,
  });
});

test("what the engine reports may differ by a page and by a thousandth of a core", () => {
  const close = { ...container, reported: { memory: 200 * mib - 4096, cpu: 0.5004, pids: null } };
  expect(reportedOf(close, limitRows(close, sample, null))).toEqual({ differs: [], own: true });
  const none = { ...container, reported: { memory: null, cpu: 0.5, pids: 100 } };
  expect(reportedOf(none, limitRows(none, sample, null)).differs).toEqual([
    { key: "memory", value: null },
    { key: "pids", value: 100 },
  ]);
});

test("a VM: its size, the balloon, the vCPUs, and the cgroup around it", () => {
  const vm: Instance = {
    ...container,
    kind: "vm",
    weighed: "process",
    virtualization: {
      accelerator: "kvm",
      acceleratorSeen: true,
      machine: null,
      vcpus: 4,
      configured: 8192 * mib,
    },
  };
  const rows = limitRows(
    vm,
    { ...nothingKnown, gross: 4096 * mib, cores: 0.88 },
    {
      ...detail,
      limits: [
        {
          key: "balloon",
          value: 4096 * mib,
          ancestor: null,
          from: "domstats",
          own: null,
          used: null,
          told: null,
        },
      ],
    },
  );
  expect(row(rows, "ram")).toMatchObject({ value: 8192 * mib, used: { share: 0.5 } });
  expect(row(rows, "vcpus")).toMatchObject({ value: 4, used: { share: 0.22 } });
  expect(row(rows, "balloon")).toMatchObject({ used: { squeezed: true } });
  expect(row(rows, "quota")).toMatchObject({ value: null });
});

test("nothing was looked up and nothing weighed: not known, which is not none", () => {
  const rows = limitRows(container, nothingKnown, null);
  expect(rows.every(({ known }) => !known)).toBe(true);
  expect(reportedOf(container, rows).differs).toEqual([]);
});

test("protections, the set of CPUs and huge pages are listed where there are any; a parent's with what its own would be", () => {
  const plain = { ancestor: null, from: "x", own: null, used: null, told: null };
  const rows = limitRows(container, sample, {
    ...detail,
    limits: [
      { ...plain, key: "memory", value: 100 * mib, ancestor: "/shop.slice", own: 200 * mib },
      { ...plain, key: "memoryLow", value: 50 * mib, used: 25 * mib },
      { ...plain, key: "cpuset", value: 2, told: "0-1" },
      { ...plain, key: "hugetlb", value: 4 * mib, used: 2 * mib, told: "2MB" },
      { ...plain, key: "hugetlb", value: 1024 * mib, used: 0, told: "1GB" },
    ],
  });
  expect(row(rows, "memory")).toMatchObject({ own: 200 * mib });
  expect(row(rows, "memoryLow")).toMatchObject({ unit: "bytes", used: { share: 0.5 }, own: null });
  expect(row(rows, "cpuset")).toMatchObject({ unit: "count", value: 2, told: "0-1", used: null });
  expect(rows.filter(({ key }) => key === "hugetlb").map(({ told }) => told)).toEqual(["2MB", "1GB"]);
});

test("what libvirt limits of a domain stands below the cgroup around it", () => {
  const plain = { ancestor: null, from: "dumpxml: memtune", own: null, used: null, told: null };
  const vm: Instance = { ...container, kind: "vm", weighed: "process" };
  const rows = limitRows(vm, nothingKnown, {
    ...detail,
    limits: [
      { ...plain, key: "domainMemory", value: 512 * mib },
      { ...plain, key: "domainVcpu", value: 0.5 },
    ],
  });
  expect(rows.slice(-2)).toMatchObject([
    { key: "domainMemory", unit: "bytes", value: 512 * mib, known: true },
    { key: "domainVcpu", unit: "cores", value: 0.5 },
  ]);
});
