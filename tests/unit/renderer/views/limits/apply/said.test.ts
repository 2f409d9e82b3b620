import { expect, test } from "vitest";
import { dangerOf, roomOf, titleOf, undoOf } from "../../../../../../renderer/views/limits/apply/said.ts";
import type { Prepared } from "../../../../../../shared/model/change.ts";
import type { Phrase } from "../../../../../../shared/words/phrase.ts";
import { words } from "../../../../../../shared/words/words.ts";

const mib = 1024 ** 2;
const gib = 1024 ** 3;
const { apply: en } = words.en;
const { apply: ko } = words.ko;
const text = (phrase: Phrase) => phrase.map((part) => (typeof part === "string" ? part : part.text)).join("");

const prepared: Prepared = {
  nonce: "1",
  until: 0,
  instance: "docker:a",
  name: "loki",
  resource: "memory",
  from: 192 * mib,
  to: 320 * mib,
  use: 191 * mib,
  parts: { own: 168 * mib, kernel: 5 * mib, cache: 18 * mib },
  floor: 210.1 * mib,
  dangerous: false,
  needsName: false,
  steps: [],
  inspect: [],
};

test("the title says which way it goes; figures that differ share a unit", () => {
  expect(text(titleOf(en, "memory", "loki", 192 * mib, 320 * mib))).toBe(
    "Raise the memory limit of loki from 192 to 320 MiB",
  );
  expect(text(titleOf(en, "cpu", "loki", 1.5, 1))).toBe("Lower the CPU quota of loki from 1.5 to 1 core");
  expect(text(titleOf(en, "pids", "loki", null, 120))).toBe("Limit the processes of loki to 120 processes");
  expect(text(titleOf(en, "vmMemory", "win", 8 * gib, 4 * gib))).toBe(
    "Lower the memory of win from 8 to 4 GiB",
  );
  expect(text(titleOf(en, "memory", "loki", 320 * mib, 320 * mib))).toBe(
    "The memory limit of loki is 320 MiB",
  );
  expect(text(titleOf(ko, "memory", "loki", 192 * mib, 320 * mib))).toBe(
    "loki의 메모리 한도를 192에서 320 MiB로 올리기",
  );
  expect(text(titleOf(ko, "cpu", "loki", null, 0.5))).toBe("loki의 CPU 할당량을 0.5코어로 정하기");
});

test("use now, what is left under the new limit, and whether the computer has the room", () => {
  const host = { free: 11.2 * gib, cores: 16 };
  expect(text(roomOf(en, prepared, host))).toBe(
    "It uses 191 MiB now. Under the new limit that is 60 %, with 129 MiB to spare. The host has 11.2 GiB free, so the room is there.",
  );
  expect(text(roomOf(en, prepared, { ...host, free: 100 * mib }))).toMatch(
    /it would take memory from others\.$/,
  );
  expect(text(roomOf(en, { ...prepared, use: null }, host))).toBe("What it uses now is not known.");
  // Below present use nothing is spare; nor is anything made up where the host is not known.
  expect(text(roomOf(en, { ...prepared, to: 100 * mib }, { free: null, cores: null }))).toBe(
    "It uses 191 MiB now.",
  );
  const cpu = { ...prepared, resource: "cpu", from: 0.5, to: 16, use: 0.49 } as const;
  expect(text(roomOf(en, cpu, host))).toMatch(/The host has 16 cores, so this is as good as no limit\.$/);
});

test("why it is dangerous, with the parts of memory where they are known", () => {
  const low = { ...prepared, to: 192 * mib };
  expect(text(dangerOf(en, low, "container"))).toBe(
    "It uses 191 MiB; with the usual reserve of a tenth that is 210 MiB, and 192 MiB is less. The kernel can take back its 18.0 MiB of cache, but not the 173 MiB that only the container can give back. From 211 MiB on, nothing of it is at risk.",
  );
  expect(text(dangerOf(en, { ...low, parts: null }, "container"))).not.toContain("cache");
  expect(text(dangerOf(en, { ...low, use: null }, "container"))).toBe("What it uses now is not known.");
});

test("undoing says beforehand when it would be dangerous itself", () => {
  expect(text(undoOf(en, prepared, { now: true, file: true }))).toBe(
    "Undo (Ctrl-Z, or History) puts both back byte for byte. While it uses more than 175 MiB, going back to 192 MiB asks for its name, since that could kill it.",
  );
  expect(text(undoOf(en, prepared, { now: false, file: true }))).toBe(
    "Undo (Ctrl-Z, or History) puts the file back byte for byte.",
  );
  expect(text(undoOf(en, { ...prepared, from: null }, { now: true, file: false }))).toBe(
    "Undo (Ctrl-Z, or History) puts it back.",
  );
});
