import { describe, expect, test } from "vitest";
import type { Race } from "../../../../shared/model/race.ts";
import { givenBack } from "../../../../shared/race/give-back.ts";
import { nothingKnown } from "../../../../shared/wire/frames.ts";
import { madeInstance } from "../../../fixtures/made.ts";
import { mebi, race } from "../../../fixtures/race.ts";

const container = madeInstance({ id: "docker:a", slot: 0, image: "nginx:1.27" });
const guest = madeInstance({
  id: "libvirt:b",
  slot: 1,
  kind: "vm",
  engine: "libvirt",
  virtualization: {
    accelerator: "tcg",
    acceleratorSeen: true,
    machine: "q35",
    vcpus: 1,
    configured: 512 * mebi,
  },
});
const heavy = { ...nothingKnown, gross: 300 * mebi };
/** A whole system that was booted; its gross when ready is 285 MiB, as in the fixture. */
const whole = (change: Partial<Race> = {}): Race => ({
  ...race,
  id: "whole",
  image: null,
  wish: { ...race.wish, subject: { kind: "disk", path: "/d.qcow2" } },
  environment: { ...race.environment, boot: "disk" },
  ...change,
});

describe("time to ready", () => {
  const back = givenBack([race]);
  test("of the image, as what the instance is: the median of its five runs", () => {
    // 220 230 236 240 250; p95 at position 3.8: 240 + 0.8 x 10
    expect(back.ready(container)).toEqual({ median: 236, p95: 248, runs: 5, at: race.at, accelerator: null });
    expect(back.ready({ ...container, image: "docker.io/library/nginx:1.27" })?.median).toBe(236);
    expect(back.ready({ ...guest, image: "nginx:1.27" })).toMatchObject({
      median: 1_440,
      accelerator: "tcg",
    });
  });
  test("not of another tag, of no image, or of a workload that only was made from the machine", () => {
    expect(back.ready({ ...container, image: "nginx:1.26" })).toBeNull();
    expect(back.ready({ ...container, image: null })).toBeNull();
    const made = givenBack([{ ...race, wish: { ...race.wish, subject: { kind: "builtin", name: "web" } } }]);
    expect(made.ready(container)).toBeNull();
  });
  test("the newest race that was ready counts", () => {
    const failed = { ...race, id: "newer", trials: [] };
    const older = { ...race, id: "older", trials: race.trials.slice(0, 4) };
    expect(givenBack([failed, older, race]).ready(container)?.median).toBe(230);
  });
  test("of the user's own: by its id, whatever its image", () => {
    const own = { ...race, wish: { ...race.wish, subject: { kind: "container" as const, id: "docker:z" } } };
    expect(givenBack([own]).ready({ ...container, id: "docker:z", image: null })?.median).toBe(236);
    expect(givenBack([own]).ready(container)).toBeNull();
  });
});

describe("a VM's net and tare", () => {
  test("of a pair: net is what the same image holds as a container, tare the rest", () => {
    const pair = givenBack([{ ...race, pair: [guest.id, container.id] }]);
    // 300 - 5
    expect(pair.complete(guest, heavy)).toMatchObject({ net: 5 * mebi, tare: 295 * mebi });
    expect(pair.pair).toMatchObject({ image: "nginx:1.27", ids: new Set([guest.id, container.id]) });
  });
  test("estimated: an idle whole system on the same accelerator; its net stays unknown", () => {
    expect(givenBack([whole()]).complete(guest, heavy)).toMatchObject({ net: null, tare: 285 * mebi });
  });
  test.each([
    ["a container", container, [whole()], heavy],
    ["a kernel booted directly, which is another kind of guest", guest, [race], heavy],
    [
      "another accelerator",
      guest,
      [whole({ environment: { ...race.environment, boot: "disk", accelerator: "kvm" } })],
      heavy,
    ],
    ["an accelerator that is not known", { ...guest, virtualization: null }, [whole()], heavy],
    ["a guest lighter than an empty one", guest, [whole()], { ...nothingKnown, gross: 284 * mebi }],
    ["nothing weighed", guest, [whole()], nothingKnown],
  ] as const)("none for %s", (_, instance, races, sample) =>
    expect(givenBack(races).complete(instance, sample)).toBe(sample),
  );
  test("this very domain's own start before any other's", () => {
    const own = whole({
      wish: { ...race.wish, subject: { kind: "domain", id: guest.id } },
      environment: { ...race.environment, boot: "domain", accelerator: "kvm" },
    });
    expect(givenBack([own]).complete(guest, heavy)).toMatchObject({ tare: 285 * mebi });
  });
});

describe("the VM that was raced last", () => {
  test("its gross, its box, its size and its time", () =>
    expect(givenBack([race]).vm).toMatchObject({
      image: "nginx:1.27",
      gross: 285 * mebi,
      tare: 280 * mebi, // 285 - 5
      size: 256 * mebi,
      runs: 5,
      accelerator: "tcg",
      boot: "direct",
      ready: { median: 1_440 },
    }));
  test("without the container's half there is no box to tell", () => {
    const alone = { ...race, trials: race.trials.filter(({ kind }) => kind === "vm") };
    expect(givenBack([alone]).vm).toMatchObject({ gross: 285 * mebi, tare: null });
  });
  test("none where nothing was weighed, or no image was raced", () => {
    const unweighed = { ...race, trials: race.trials.map((trial) => ({ ...trial, memory: null })) };
    expect(givenBack([unweighed, whole()]).vm).toBeNull();
    expect(givenBack([unweighed, race]).vm?.race).toBe(race.id);
  });
});
