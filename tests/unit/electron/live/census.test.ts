import { expect, test } from "vitest";
import { census } from "../../../../electron/live/census.ts";
import type { Claim, EngineName } from "../../../../shared/model/instance.ts";
import { madeClaim } from "../../../fixtures/made.ts";

const claim = (engine: EngineName, key: string, more: Partial<Claim> = {}): Claim =>
  madeClaim({ engine, id: `${engine}:${key}`, name: key, ...more });
const domain = claim("libvirt", "u", { kind: "vm", uuid: "u-1" });
const guest = claim("qemu", "77", {
  kind: "vm",
  uuid: "u-1",
  pid: 77,
  handle: { via: "process", pid: 77, ticks: 5, paths: null },
});

test("what came is told once, with a slot that is never given again", () => {
  const people = census();
  people.hear("docker", { all: [claim("docker", "a"), claim("docker", "b")] });
  expect(people.changes().came.map(({ id, slot }) => [id, slot])).toEqual([
    ["docker:a", 0],
    ["docker:b", 1],
  ]);
  expect(people.changes()).toEqual({ came: [], went: [], events: [] });
  people.hear("docker", { all: [claim("docker", "b")] });
  expect(people.changes()).toMatchObject({ came: [], went: ["docker:a"] });
  people.hear("docker", { came: claim("docker", "a") });
  expect(people.changes().came.map(({ slot }) => slot)).toEqual([2]);
});

test("only a changed fact is news", () => {
  const people = census();
  people.hear("docker", { came: claim("docker", "a") });
  people.changes();
  people.hear("docker", { came: claim("docker", "a") });
  expect(people.changes().came).toEqual([]);
  people.hear("docker", { came: claim("docker", "a", { name: "renamed" }) });
  expect(people.changes().came).toMatchObject([{ name: "renamed", slot: 0 }]);
});

test("a domain and its process are one, weighed by the process, and told by libvirt", () => {
  const people = census();
  people.hear("libvirt", { all: [domain] });
  people.changes();
  people.hear("qemu", { came: guest });
  expect(people.changes()).toMatchObject({
    came: [{ id: "libvirt:u", weighed: "process", alsoSeenBy: ["qemu"], slot: 0 }],
    went: [],
  });
  expect(people.handle("libvirt:u")).toMatchObject({ pid: 77 });
  people.hear("libvirt", { told: "libvirt:u", reading: { guest: { allowed: 4, inUse: 3 } } });
  expect(people.told("libvirt:u")).toEqual({ guest: { allowed: 4, inUse: 3 } });
});

test("what the lesser claim tells is told of the instance; it ends with its claim", () => {
  const people = census();
  people.hear("qemu", { came: guest });
  people.hear("libvirt", { came: domain });
  people.changes();
  people.hear("qemu", { told: "qemu:77", reading: { resident: 9 } });
  expect(people.told("libvirt:u")).toEqual({ resident: 9 });
  people.hear("qemu", { went: "qemu:77" });
  people.changes();
  expect(people.told("libvirt:u")).toBeNull();
});

test("one engine's list says nothing of another's claims", () => {
  const people = census();
  people.hear("docker", { all: [claim("docker", "a")] });
  people.hear("podman", { all: [] });
  expect(people.changes().came).toHaveLength(1);
});

test("an event of a lesser claim belongs to the instance", () => {
  const people = census();
  people.hear("libvirt", { came: domain });
  people.hear("qemu", { came: guest });
  people.hear("qemu", { event: { at: 1, kind: "started", instance: "qemu:77", detail: null } });
  expect(people.changes().events).toEqual([{ at: 1, kind: "started", instance: "libvirt:u", detail: null }]);
});

test("what an engine limits itself is told of the instance that its claim became, and goes with the claim", () => {
  const people = census();
  const limits = [
    { key: "domainMemory", value: 5, ancestor: null, from: "x", own: 5, used: null, told: null },
  ] as const;
  people.hear("libvirt", { all: [domain] });
  people.hear("qemu", { came: guest });
  people.hear("libvirt", { limited: "libvirt:u", limits });
  people.changes();
  expect(people.limited("libvirt:u")).toEqual(limits);
  expect(people.limited("docker:nobody")).toEqual([]);
  people.hear("libvirt", { went: "libvirt:u" });
  people.changes();
  expect(people.limited("qemu:77")).toEqual([]);
});

test("what a reader found of its limits is news once, and nothing is known of one that does not run", () => {
  const people = census();
  const handle = { via: "api", engine: "docker", endpoint: "x", key: "a" } as const;
  people.hear("docker", { came: claim("docker", "a", { handle }) });
  people.changes();
  people.bound("docker:a", { ancestors: { memory: "/shop.slice" }, without: [] });
  expect(people.changes().came).toMatchObject([{ bounds: { ancestors: { memory: "/shop.slice" } } }]);
  people.bound("docker:a", { ancestors: { memory: "/shop.slice" }, without: [] });
  expect(people.changes().came).toEqual([]);
  people.bound("docker:nobody", { ancestors: {}, without: [] });
  expect(people.changes().came).toEqual([]);
  people.hear("docker", { came: claim("docker", "a", { state: "stopped" }) });
  expect(people.changes().came).toMatchObject([{ bounds: null }]);
});
