import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cgroupMounts } from "../../../../../electron/machine/cgroup-paths.ts";
import { hugetlbOf } from "../../../../../electron/readers/cgroup/hugetlb.ts";

const nowhere = { unified: null, memory: null, cpu: null, cpuacct: null, pids: null, blkio: null };

// On a machine whose v1 tree has huge pages the v2 folder is not where they stand.
test.skipIf(cgroupMounts()?.controllers.has("hugetlb"))(
  "a limit for each size of page that has one, with its use",
  () => {
    const unified = mkdtempSync(join(tmpdir(), "tare-huge-"));
    const put = (name: string, value: string) => writeFileSync(join(unified, name), `${value}\n`);
    put("hugetlb.2MB.max", "4194304");
    put("hugetlb.2MB.current", "2097152");
    put("hugetlb.2MB.rsvd.max", "max");
    put("hugetlb.1GB.max", "max");
    expect(hugetlbOf({ ...nowhere, unified })).toEqual([
      {
        ...{ key: "hugetlb", value: 4_194_304, ancestor: null, from: join(unified, "hugetlb.2MB.max") },
        ...{ own: 4_194_304, used: 2_097_152, told: "2MB" },
      },
    ]);
    rmSync(unified, { recursive: true });
    expect(hugetlbOf({ ...nowhere, unified })).toEqual([]);
    expect(hugetlbOf(nowhere)).toEqual([]);
  },
);
