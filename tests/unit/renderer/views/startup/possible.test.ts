import { expect, test } from "vitest";
import { type Draft, draftOf, firstDraft } from "../../../../../renderer/views/startup/draft.ts";
import {
  halvesOf,
  imageOf,
  lacking,
  ownOf,
  probeBars,
  probeKindOf,
  subjectOf,
  wishOf,
} from "../../../../../renderer/views/startup/possible.ts";
import { madeInstance } from "../../../../fixtures/made.ts";
import { madeImages, madeParts, madeWish, partsWithoutQemu } from "../../../../fixtures/synthetic-races.ts";

const draft = (change: Partial<Draft> = {}): Draft => ({ ...firstDraft, ...change });
const wished = (change: Partial<Draft>, parts = madeParts) => wishOf(draft(change), madeImages, parts, false);

test("without a choice the first image stands, with the port that it exposes", () => {
  const { wish } = wished({});
  expect(wish?.subject).toEqual({ kind: "image", image: "nginx:1.27-alpine" });
  expect(wish?.probe).toEqual({ kind: "port", port: 80 });
  expect(wish?.kinds).toEqual(["container", "vm"]);
});

test("without QEMU only the container's half is wished for, and QEMU is what lacks first", () => {
  const { wish } = wished({}, partsWithoutQemu);
  expect(wish?.kinds).toEqual(["container"]);
  expect(halvesOf({ kind: "image", image: "x" }, partsWithoutQemu)).toEqual({
    kinds: ["container"],
    cant: ["vm"],
  });
  expect(lacking("vm", { kind: "image", image: "x" }, partsWithoutQemu).map(({ part }) => part)).toEqual([
    "qemu",
  ]);
});

test("before the parts are known, nothing is ruled out", () => {
  expect(halvesOf({ kind: "image", image: "x" }, null).cant).toEqual([]);
});

test("a domain is libvirt's to start and needs nothing of the lab; a container of the user's needs Docker", () => {
  expect(halvesOf({ kind: "domain", id: "libvirt:1" }, partsWithoutQemu)).toEqual({
    kinds: ["vm"],
    cant: [],
  });
  expect(halvesOf({ kind: "container", id: "docker:1" }, partsWithoutQemu)).toEqual({
    kinds: ["container"],
    cant: [],
  });
  expect(halvesOf({ kind: "disk", path: "/a" }, partsWithoutQemu)).toEqual({ kinds: [], cant: ["vm"] });
});

test.each([
  ["an image with a port", "nginx:1.27-alpine", "port"],
  ["one without a port or a HEALTHCHECK", "busybox", "exit"],
  ["one with both", "meilisearch:1.10", "port"],
] as const)("the probe that fits %s is chosen", (_, image, kind) => {
  const subject = subjectOf(draft({ image }), madeImages);
  expect(probeKindOf(draft({ image }), subject, imageOf(subject, madeImages))).toBe(kind);
});

test("an impossible probe is barred with its reason, and not kept from an earlier choice", () => {
  const subject = { kind: "image", image: "nginx:1.27-alpine" } as const;
  const image = imageOf(subject, madeImages);
  expect(probeBars(subject, image)).toMatchObject({ port: null, health: "noHealthcheck" });
  expect(probeKindOf(draft({ probe: "health" }), subject, image)).toBe("port");
  expect(probeBars({ kind: "disk", path: "/a" }, null)).toMatchObject({
    exit: "neverExits",
    health: "noHealthInGuest",
  });
});

test.each([
  ["no image at all", { image: null }, [], "noImage"],
  ["nothing of the user's own chosen", { source: "own" }, madeImages, "nothingChosen"],
  [
    "a disk without a path",
    { source: "own", own: { kind: "disk", path: "" }, path: " " },
    madeImages,
    "nothingChosen",
  ],
  ["a port that nobody named", { image: "busybox", probe: "port" }, madeImages, "noPort"],
  ["no line", { probe: "line" }, madeImages, "noPattern"],
  ["no regular expression", { probe: "line", pattern: "(" }, madeImages, "badPattern"],
] as const)("%s: nothing can be started yet", (_, change, images, bar) => {
  expect(wishOf(draft(change as Partial<Draft>), images, madeParts, false).bar).toBe(bar);
});

test("a wish that was wished before can be wished again", () => {
  const wish = madeWish({ probe: { kind: "line", pattern: "ready" }, memory: 300 * 2 ** 20 });
  expect(wished({ ...draftOf(wish) }).wish).toEqual(wish);
});

test("of what the user has, only stopped containers of Docker and shut-off domains can be timed", () => {
  const one = (id: string, change: object) => madeInstance({ id, slot: 0, ...change });
  const found = ownOf([
    one("stopped", { state: "stopped" }),
    one("running", {}),
    one("podman", { state: "stopped", engine: "podman" }),
    one("domain", { kind: "vm", engine: "libvirt", state: "stopped" }),
    one("qemu", { kind: "vm", engine: "qemu", state: "stopped" }),
  ]);
  expect(found.map(({ subject }) => subject)).toEqual([
    { kind: "container", id: "stopped" },
    { kind: "domain", id: "domain" },
  ]);
});
