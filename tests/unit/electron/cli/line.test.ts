import { expect, test } from "vitest";
import { listLine } from "../../../../electron/cli/line.ts";
import { instance, sample } from "../history/play-source.ts";

test("the line that programs read, key by key and in this order", () => {
  const web = instance(3, {
    id: `docker:${"a".repeat(64)}`,
    name: "web",
    group: "shop",
    image: "nginx:1.27",
  });
  const weighed = sample({
    gross: 9,
    net: 5,
    cache: 3,
    tare: 1,
    other: 0,
    workingSet: 8,
    cores: 0.5,
    pids: 2,
    memoryLimit: 64,
  });
  expect(JSON.stringify(listLine({ instance: web, sample: weighed, borrowed: null }))).toBe(
    `{"id":"docker:${"a".repeat(64)}","kind":"container","engine":"docker","name":"web","state":"running","group":"shop",` +
      '"image":"nginx:1.27","startedAt":1764000000000,"memory":{"gross":9,"net":5,"cache":3,"tare":1,"other":0,' +
      '"workingSet":8,"peak":null,"limit":64,"configured":null,"inUse":null},"cpu":{"cores":0.5,"limit":null,' +
      '"throttledShare":null},"pids":{"now":2,"limit":null},"weighed":"cgroup","borrowed":null}',
  );
});

test("what is not weighed is unknown, never 0; a VM's size is known before it is weighed", () => {
  const virtualization = {
    accelerator: null,
    acceleratorSeen: false,
    machine: null,
    vcpus: 1,
    configured: 2 ** 29,
  };
  const vm = instance(0, { kind: "vm", engine: "qemu", weighed: null, virtualization });
  const line = listLine({ instance: vm, sample: null, borrowed: null });
  expect(line.memory).toEqual({
    gross: null,
    net: null,
    cache: null,
    tare: null,
    other: null,
    workingSet: null,
    peak: null,
    limit: null,
    configured: 2 ** 29,
    inUse: null,
  });
  expect([line.cpu, line.pids, line.weighed]).toEqual([
    { cores: null, limit: null, throttledShare: null },
    { now: null, limit: null },
    null,
  ]);
});
