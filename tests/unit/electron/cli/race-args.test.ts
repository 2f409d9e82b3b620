import { expect, test } from "vitest";
import { parseCommand } from "../../../../electron/cli/args.ts";

const race = {
  name: "race",
  image: "nginx:1.27",
  probe: null,
  runs: 10,
  warmup: 1,
  memory: 256 * 2 ** 20,
  cpus: 1,
  kinds: ["container", "vm"],
  keep: false,
  json: false,
};
const parsed = (line: string) => parseCommand(line.split(" "));

test.each([
  ["race nginx:1.27", race],
  ["race --json --keep nginx:1.27", { ...race, json: true, keep: true }],
  ["race nginx:1.27 --runs 100 --warmup 0", { ...race, runs: 100, warmup: 0 }],
  ["race nginx:1.27 --ready-port 80", { ...race, probe: { kind: "port", port: 80 } }],
  ["race nginx:1.27 --ready-line ready.*80", { ...race, probe: { kind: "line", pattern: "ready.*80" } }],
  ["race nginx:1.27 --ready-exit", { ...race, probe: { kind: "exit" } }],
  ["race nginx:1.27 --ready-health", { ...race, probe: { kind: "health" } }],
  ["race nginx:1.27 --memory 1g --cpus 0.5", { ...race, memory: 2 ** 30, cpus: 0.5 }],
  ["race nginx:1.27 --memory 33554432", { ...race, memory: 32 * 2 ** 20 }],
  ["race nginx:1.27 --memory 64MiB", { ...race, memory: 64 * 2 ** 20 }],
  ["race nginx:1.27 --memory=1.5g", { ...race, memory: 1.5 * 2 ** 30 }],
  ["race nginx:1.27 --kind vm", { ...race, kinds: ["vm"] }],
  ["race nginx:1.27 --kind container", { ...race, kinds: ["container"] }],
  ["race nginx:1.27 --kind both", race],
  ["lab doctor", { name: "lab", json: false }],
  ["lab doctor --json", { name: "lab", json: true }],
])("tare %s", (line, command) => {
  expect(parsed(line)).toEqual({ language: null, dataDirectory: null, command });
});

test.each([
  ["race", { mistake: "noImage" }],
  ["race a b", { mistake: "tooMuch", what: "b" }],
  ["race a --ready-exit --ready-port 80", { mistake: "twoProbes" }],
  ["race a --ready-line x --ready-health", { mistake: "twoProbes" }],
  ["race a --ready-port 0", { mistake: "badReadyPort", what: "0" }],
  ["race a --ready-port 65536", { mistake: "badReadyPort", what: "65536" }],
  ["race a --ready-line (", { mistake: "badPattern", what: "(" }],
  ["race a --runs 0", { mistake: "badRuns", what: "0" }],
  ["race a --runs 101", { mistake: "badRuns", what: "101" }],
  ["race a --runs 1.5", { mistake: "badRuns", what: "1.5" }],
  ["race a --warmup 6", { mistake: "badWarmup", what: "6" }],
  ["race a --memory 31m", { mistake: "badMemory", what: "31m" }],
  ["race a --memory lots", { mistake: "badMemory", what: "lots" }],
  ["race a --memory 1e9", { mistake: "badMemory", what: "1e9" }],
  ["race a --memory 1025g", { mistake: "badMemory", what: "1025g" }],
  ["race a --cpus 0", { mistake: "badCpus", what: "0" }],
  ["race a --cpus 65", { mistake: "badCpus", what: "65" }],
  ["race a --kind pod", { mistake: "badKind", what: "pod" }],
  ["race a --replay x", { mistake: "notOfCommand", what: "--replay", near: "race" }],
  ["list --runs 3", { mistake: "notOfCommand", what: "--runs", near: "list" }],
  ["lab", { mistake: "badLab", what: "" }],
  ["lab race", { mistake: "badLab", what: "race" }],
  ["rase a", { mistake: "unknownCommand", what: "rase", near: "race" }],
])("tare %s is a mistake", (line, mistake) => {
  expect(parsed(line)).toEqual({ language: null, dataDirectory: null, ...mistake });
});
