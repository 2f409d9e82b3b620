import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { instancesTable } from "../../../../electron/cli/instances-table.ts";
import { listLine } from "../../../../electron/cli/line.ts";
import { openRaced } from "../../../../electron/cli/raced.ts";
import { openStore, racesFolder } from "../../../../electron/lab/store.ts";
import { nothingKnown } from "../../../../shared/wire/frames.ts";
import { words } from "../../../../shared/words/words.ts";
import { madeInstance } from "../../../fixtures/made.ts";
import { mebi, race } from "../../../fixtures/race.ts";

const directory = mkdtempSync(join(tmpdir(), "tare-raced-"));
beforeEach(() => rmSync(directory, { recursive: true, force: true }));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const container = madeInstance({ id: "docker:a", slot: 0, name: "box", image: "nginx:1.27" });
const guest = madeInstance({ id: "qemu:7", slot: 1, name: "guest", kind: "vm", engine: "qemu" });
const heavy = { ...nothingKnown, gross: 300 * mebi };
const light = { ...nothingKnown, gross: 19 * mebi, net: 5 * mebi, tare: 13 * mebi };
const both = [
  { instance: guest, sample: heavy },
  { instance: container, sample: light },
];
const world = (all: typeof both) => ({ instances: () => all });
const live = { races: () => null };
const keep = (pair: readonly string[], id = "one") =>
  openStore(racesFolder(directory)).keep({ ...race, id, pair });

test("a pair's VM has the net of its race and the tare that is left, and says where they are from", () => {
  keep([guest.id, container.id]);
  const [vm, box] = openRaced(live, directory)(world(both));
  // 300 - 5
  expect(vm).toMatchObject({ borrowed: "race", sample: { net: 5 * mebi, tare: 295 * mebi } });
  expect(box).toEqual({ instance: container, sample: light, borrowed: null });
  if (!vm || !box) throw new Error("two were there");
  expect(listLine(vm)).toMatchObject({ memory: { net: 5 * mebi, tare: 295 * mebi }, borrowed: "race" });
  const terminal = { say: words.en.terminal, colour: false, language: "en" } as const;
  const [, first, second, note] = instancesTable([vm, box], [], terminal);
  expect(first).toMatch(/ \*5\.00 MiB +– +\*295 MiB /);
  expect(second).not.toContain("*");
  expect(note).toBe("* net as a race measured it as a container, tare the rest");
});

test("half of a pair is none: its Tare was killed, and another process has the number now", () => {
  keep([guest.id, container.id]);
  const [vm] = openRaced(live, directory)(world(both.slice(0, 1)));
  expect(vm).toEqual({ instance: guest, sample: heavy, borrowed: null });
});

test("a race that is kept meanwhile is seen; without a VM none is looked for", () => {
  const look = openRaced(live, directory);
  expect(look(world(both))[0]?.borrowed).toBeNull();
  keep([guest.id, container.id]);
  expect(look(world(both.slice(1)))[0]?.borrowed).toBeNull();
  expect(look(world(both))[0]?.borrowed).toBe("race");
});

test("a recording's own races count, and no others; a tare that is estimated is marked so", () => {
  keep([guest.id, container.id]);
  const idle = {
    ...race,
    wish: { ...race.wish, subject: { kind: "domain" as const, id: guest.id } },
    environment: { ...race.environment, boot: "domain" as const },
  };
  const [vm] = openRaced({ races: () => [idle] }, directory)(world(both));
  expect(vm).toMatchObject({ borrowed: "estimate", sample: { net: null, tare: 285 * mebi } });
});
