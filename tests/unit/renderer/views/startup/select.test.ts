import { expect, test } from "vitest";
import { dayAndTime } from "../../../../../renderer/views/startup/day.ts";
import { besidePoints, earlierRows, howOf, nameOf } from "../../../../../renderer/views/startup/earlier.ts";
import { environmentLines, wishLines } from "../../../../../renderer/views/startup/facts.ts";
import { failuresOf } from "../../../../../renderer/views/startup/failed.ts";
import { memoryParts } from "../../../../../renderer/views/startup/figures.ts";
import { fileName } from "../../../../../renderer/views/startup/file-name.ts";
import { canBoot, fitting, preparing } from "../../../../../renderer/views/startup/images.ts";
import { rulersOf, runsOfKind, shares } from "../../../../../renderer/views/startup/lanes.ts";
import { guess } from "../../../../../renderer/views/startup/pace.ts";
import { stepped } from "../../../../../renderer/views/startup/steps.ts";
import { summaryOf } from "../../../../../shared/race/summary.ts";
import { words } from "../../../../../shared/words/words.ts";
import {
  madeEnvironment,
  madeImages,
  madeParts,
  madeRace,
  madeTrial,
  madeWish,
  partsWithoutQemu,
} from "../../../../fixtures/synthetic-races.ts";

const { startup } = words.en;

test("images: kept ones first, then by name; all words must be in the name", () => {
  expect(
    fitting(madeImages, "")
      .slice(0, 3)
      .map(({ name }) => name),
  ).toEqual(["nginx:1.27-alpine", "redis:7.4-alpine", "busybox"]);
  expect(fitting(madeImages, "ALPINE post").map(({ name }) => name)).toEqual(["postgres:16-alpine"]);
});

test("how long an image takes to prepare: nothing where it is kept, 226 MiB at 120 MB/s 2 s, unknown without QEMU", () => {
  const of = (name: string) => madeImages.find((image) => image.name === name) ?? { ...madeImages[0], name };
  expect(preparing(of("nginx:1.27-alpine") as never, true)).toBe(0);
  expect(preparing(of("postgres:16-alpine") as never, true)).toBe(2_000);
  expect(preparing(of("postgres:16-alpine") as never, canBoot(partsWithoutQemu))).toBeNull();
  expect(canBoot(madeParts)).toBe(true);
});

test("steps lead through round values, from any value", () => {
  expect([stepped("runs", 10, 1), stepped("runs", 12, -1), stepped("runs", 100, 1)]).toEqual([15, 10, null]);
  expect(stepped("cpus", 2, 1, 2)).toBeNull();
});

test("a race takes as long as its kinds took before; unknown where one was never run", () => {
  // 1 cold and 20 counted containers of 700 ms until the next request, VMs of 1,900: pace by the next one's request.
  const wish = madeWish();
  expect(guess(wish, [])).toBeNull();
  expect(guess(wish, [madeRace({ wish: { kinds: ["container"] } })])).toBeNull();
  const sum = guess(wish, [madeRace()]);
  expect(sum).toBeGreaterThan(21 * 1_400);
  expect(sum).toBeLessThan(21 * 3_800);
});

test("whole shares add up to 100", () => {
  expect(shares([1, 1, 1])).toEqual([34, 33, 33]);
  expect(shares([53, 145, 13, 25])).toEqual([22, 61, 6, 11]); // of 236: 22.5, 61.4, 5.5, 10.6
  expect(shares([0])).toEqual([0]);
});

test("rulers reach over all counted runs; a lens opens the container's stretch", () => {
  const { main, lens, factor } = rulersOf(summaryOf(madeRace()));
  expect([main.end, lens?.end, factor]).toEqual([2_500, 500, 5]);
  expect(rulersOf(summaryOf(madeRace({ wish: { kinds: ["vm"] } }))).lens).toBeNull();
});

test("runs as dots: cold ones counted apart, failed ones none", () => {
  const race = madeRace({ wish: { runs: 2, warmup: 1 } });
  const runs = runsOfKind(race, summaryOf(race).halves.vm, "vm");
  expect(runs.map(({ cold, number }) => `${cold ? "cold" : "run"} ${number}`)).toEqual([
    "cold 1",
    "run 1",
    "run 2",
  ]);
});

test("runs that failed alike are told once", () => {
  const trouble = { code: "exited", where: "nginx", cause: null, output: ["why"] } as const;
  const bad = madeTrial("vm", 0, 1, { trouble });
  const found = failuresOf({ trials: [madeTrial("container", 0), bad, bad, { ...bad, kind: "container" }] });
  expect(found.map(({ number, kind, more }) => [number, kind, more])).toEqual([
    [2, "vm", 1],
    [4, "container", 0],
  ]);
});

test("rows of the list of races", () => {
  const tcg = madeRace({ change: { environment: madeEnvironment({ accelerator: "tcg" }) } });
  expect(howOf(tcg, startup.races)).toBe("emulated (TCG)");
  expect(howOf(madeRace(), startup.races)).toBe("KVM, direct kernel");
  expect(howOf(madeRace({ wish: { kinds: ["container"] } }), startup.races)).toBe("containers only");
  expect(howOf(madeRace({ change: { environment: madeEnvironment({ boot: "disk" }) } }), startup.races)).toBe(
    "full guest from disk",
  );
  expect(earlierRows([madeRace({ wish: { runs: 1 } })], startup)[0]?.ratio).toBeNull();
  expect(nameOf(madeRace({ wish: { subject: { kind: "disk", path: "/var/a b.qcow2" } } }), startup)).toBe(
    "a b.qcow2",
  );
  const own = madeRace({ wish: { subject: { kind: "domain", id: "libvirt:7" } } });
  expect(nameOf({ ...own, name: "build" }, startup)).toBe("build");
  expect(nameOf(own, startup)).toBe("libvirt:7");
});

test("start time against others: only races that are alike, and only where the crowd differed", () => {
  const race = madeRace();
  const beside = (id: string, count: number | null, more = {}) =>
    madeRace({ id, change: { beside: count, ...more } });
  expect(besidePoints(race, [race, beside("b", 17)])).toEqual([]);
  expect(besidePoints(race, [race, beside("b", null)])).toEqual([]);
  const tcg = beside("c", 2, { environment: madeEnvironment({ accelerator: "tcg" }) });
  expect(besidePoints(race, [race, tcg])).toEqual([]);
  expect(besidePoints(race, [race, beside("b", 3)]).map((point) => point.beside)).toEqual([17, 3]);
});

test("where it ran, in short lines; what is not known is left out", () => {
  expect(environmentLines(madeEnvironment(), startup.environment)).toEqual([
    "AMD Ryzen 7 7840U, 16 threads",
    "Linux 6.8.0-45",
    "Docker 27.3.1, overlay2, cgroup v2",
    "QEMU 8.2.2, KVM, q35, direct kernel boot, guest 6.6.13",
    "Tare’s own part of a start: 2.1 ms",
  ]);
  expect(
    environmentLines(madeEnvironment({ docker: null, qemu: null, overhead: null }), startup.environment),
  ).toHaveLength(2);
  expect(
    wishLines(madeWish({ probe: { kind: "line", pattern: "\u202eup" } }), "nginx", startup.environment),
  ).toEqual(["nginx, 1 CPU, 512 MiB", "ready: a line matches \\u{202e}up"]);
});

test("memory: the four that are always compared, and what else there is", () => {
  const { halves } = summaryOf(madeRace());
  expect(memoryParts([halves.container.memory, halves.vm.memory])).toEqual([
    "gross",
    "net",
    "cache",
    "tare",
    "imageCopy",
  ]);
  expect(memoryParts([null, null])).toEqual([]);
});

test("a file's name holds nothing that leads elsewhere", () => {
  const at = Date.UTC(2026, 10, 21);
  expect(fileName("../../a b:c", at, "png")).toBe("tare-a-b-c-2026-11-21.png");
  expect(fileName("한글", at, "json")).toBe("tare-한글-2026-11-21.json");
  expect(fileName("///", at, "json")).toBe("tare-race-2026-11-21.json");
});

test("a day as each language writes it, at the place of the reader", () => {
  const at = Date.UTC(2026, 10, 21, 23, 40);
  expect(dayAndTime(at, 0, words.en.frame.day)).toBe("21 Nov 23:40");
  expect(dayAndTime(at, 540, words.ko.frame.day)).toBe("11월 22일 08:40");
});
