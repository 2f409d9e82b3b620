import { describe, expect, test } from "vitest";
import {
  groupingOf,
  killsOf,
  medianGross,
  pick,
  sorted,
  sumsOf,
} from "../../../../../renderer/views/scale/select.ts";
import { mib, weighed } from "../../weighed.ts";

const names = (all: readonly { instance: { name: string } }[]) => all.map(({ instance }) => instance.name);
const web = weighed("shop-web-2", { gross: 19.2 * mib, cores: 0.01 }, { group: "shop", image: "nginx:1.27" });
const web10 = weighed(
  "shop-web-10",
  { gross: 19.4 * mib, cores: 0.3 },
  { group: "shop", image: "nginx:1.27" },
);
const full = weighed("loki", { gross: 201 * mib, killable: 190 * mib, memoryLimit: 190 * mib });
const stopped = weighed("old", null, { state: "stopped" });
const service = weighed(
  "cron.service",
  { gross: 4 * mib },
  { engine: "cgroup", id: "cgroup:/system.slice/cron.service" },
);
const all = [web10, stopped, full, web, service];
const filter = { state: "running", engine: null, project: null, search: "" } as const;

describe("who is listed", () => {
  test("those who run; plain services only when asked for", () => {
    expect(names(pick(all, filter))).toEqual(["shop-web-10", "loki", "shop-web-2"]);
    expect(names(pick(all, { ...filter, engine: "cgroup" }))).toEqual(["cron.service"]);
  });
  test("stopped ones with all states, only broken limits with over", () => {
    expect(names(pick(all, { ...filter, state: "all" }))).toContain("old");
    expect(names(pick(all, { ...filter, state: "over" }))).toEqual(["loki"]);
  });
  test("every word of the search, in name, image, project or id", () => {
    expect(names(pick(all, { ...filter, search: "SHOP nginx" }))).toEqual(["shop-web-10", "shop-web-2"]);
    expect(names(pick(all, { ...filter, search: "shop redis" }))).toEqual([]);
  });
});

describe("order", () => {
  test("by name counts figures as numbers", () => {
    expect(names(sorted([web10, web], { by: "name", down: false }))).toEqual(["shop-web-2", "shop-web-10"]);
  });
  test("equals as shown (19 MiB and 19 MiB) keep the order of names, whatever their noise", () => {
    expect(names(sorted([web10, web], { by: "gross", down: true }))).toEqual(["shop-web-2", "shop-web-10"]);
  });
  test("unknown stands last in both directions", () => {
    const list = [stopped, web, full];
    expect(names(sorted(list, { by: "gross", down: true }))).toEqual(["loki", "shop-web-2", "old"]);
    expect(names(sorted(list, { by: "gross", down: false }))).toEqual(["shop-web-2", "loki", "old"]);
  });
});

describe("sums", () => {
  const image = { image: "a", imageSize: 100 * mib };
  test("are of what is known; an image counts once", () => {
    const two = [
      weighed("a", { gross: 10, cores: 0.5 }, image),
      weighed("b", { gross: 20, cores: null }, image),
      stopped,
    ];
    expect(sumsOf(two)).toMatchObject({ count: 3, known: 2, gross: 30, cores: 0.5, images: 100 * mib });
  });
  test("nothing known is unknown, nobody there is 0", () => {
    expect(sumsOf([stopped])).toMatchObject({
      count: 1,
      gross: null,
      cores: null,
      images: null,
      throttled: null,
    });
    expect(sumsOf([])).toMatchObject({ count: 0, gross: 0, cores: 0, images: 0 });
  });
  test("tell the largest, and the mean of the boxes that are known", () => {
    const two = [
      weighed("a", { gross: 10, tare: 4 }),
      weighed("b", { gross: 30, tare: 8 }),
      weighed("c", { gross: 5 }),
    ];
    expect(sumsOf(two)).toMatchObject({ largest: 30, tare: 6 }); // (4 + 8) / 2
    expect(sumsOf([stopped])).toMatchObject({ largest: null, tare: null });
  });
  test("tell how many are over and the worst throttled share", () => {
    expect(sumsOf([full, weighed("w", { throttledShare: 0.41 })])).toMatchObject({
      over: 1,
      throttled: 0.41,
    });
  });
});

test("groups by kind below 100, by project from 100 on, unless the user chose", () => {
  expect([groupingOf(null, 99), groupingOf(null, 100), groupingOf("none", 300)]).toEqual([
    "kind",
    "project",
    "none",
  ]);
});

test("kills: those told in the last hour, or the cgroup's count where that is higher", () => {
  const kill = (at: number) => ({ at, kind: "oom-kill" as const, instance: "docker:a", detail: null });
  const events = [kill(0), kill(3_000_000), kill(3_500_000)];
  expect(killsOf("docker:a", null, events, 3_700_000)).toBe(2); // the first is 61 min old
  expect(killsOf("docker:a", weighed("a", { oomKills: 5 }).sample, events, 3_700_000)).toBe(5);
  expect(killsOf("docker:b", null, events, 3_700_000)).toBe(0);
});

test("the median is the middle, or the mean of the middle two", () => {
  const of = (...gross: number[]) => gross.map((value, index) => weighed(`${index}`, { gross: value }));
  expect(medianGross(of(30, 10, 20), "container")).toBe(20);
  expect(medianGross(of(40, 10, 20, 30), "container")).toBe(25); // (20 + 30) / 2
  expect(medianGross([], "container")).toBeNull();
});
