import { expect, test } from "vitest";
import { lightest, racedAmong } from "../../../../../renderer/views/scale/raced.ts";
import { givenBack } from "../../../../../shared/race/give-back.ts";
import { race } from "../../../../fixtures/race.ts";
import { mib, weighed } from "../../weighed.ts";

const { vm } = givenBack([race]);
const web = weighed("web", { gross: 19 * mib }, { image: "nginx:1.27" });
const db = weighed("db", { gross: 400 * mib }, { image: "postgres:16" });
const guest = weighed("guest", { gross: 900 * mib }, { kind: "vm", engine: "qemu", id: "qemu:1" });

test.each([
  ["three containers", [web, db, db], "kind", "linear", { reach: 840, boxes: true }], // 3 x 280
  ["one: a single box would say nothing new", [web], "kind", "linear", { reach: 285, boxes: false }],
  ["lengths that do not add up", [web, db], "project", "log", { reach: 285, boxes: false }],
  ["a VM runs", [web, guest], "kind", "linear", null],
  ["one ruler for all", [web, db], "engine", "linear", null],
  ["areas", [web, db], "kind", "area", null],
  ["nobody", [], "kind", "linear", null],
] as const)("%s", (_, all, group, mode, expected) => {
  const among = racedAmong(all, group, mode, vm);
  expect(among && { ...among, reach: among.reach / mib }).toEqual(expected);
});
test("never raced: nothing", () => expect(racedAmong([web, db], "kind", "linear", null)).toBeNull());

test("the lightest container of Docker whose image is known", () => {
  const nameless = weighed("x", { gross: mib });
  const podman = weighed("y", { gross: mib }, { image: "a", engine: "podman" });
  const unread = weighed("z", null, { image: "b" });
  expect(lightest([nameless, podman, unread, db, web, guest])).toEqual({ name: "web", image: "nginx:1.27" });
  expect(lightest([nameless, guest])).toBeNull();
});
