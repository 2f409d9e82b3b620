import { expect, test } from "vitest";
import { parseCommand } from "../../../../electron/cli/args.ts";

const start = { name: "start", shell: null, port: 0, open: true, replay: null, origin: null };
const record = { name: "record", path: "out.tare", for: null, only: [], host: null };

const check = { name: "check", failOn: "warning", for: 30_000, format: "text", only: [], replay: null };

test.each([
  ["", start],
  ["--desktop", { ...start, shell: "desktop" }],
  ["--web --port 8123 --no-open", { ...start, shell: "web", port: 8123, open: false }],
  ["--port=0 --replay a.tare", { ...start, replay: "a.tare" }],
  ["--replay=-odd.tare", { ...start, replay: "-odd.tare" }],
  ["list", { name: "list", json: false, replay: null }],
  ["--json list", { name: "list", json: true, replay: null }],
  ["watch --json --replay a.tare", { name: "watch", json: true, replay: "a.tare" }],
  ["record out.tare", record],
  ["record --for 60s out.tare", { ...record, for: 60_000 }],
  ["record --for 1.5m out.tare", { ...record, for: 90_000 }],
  [
    "record out.tare --for 10 --only shop,db --host x",
    { ...record, for: 10_000, only: ["shop", "db"], host: "x" },
  ],
  ["record -- -out.tare", { ...record, path: "-out.tare" }],
  ["check", check],
  [
    "check --fail-on critical --for 2m --sarif",
    { ...check, failOn: "critical", for: 120_000, format: "sarif" },
  ],
  [
    "check --only shop-*,db --junit --replay a.tare",
    { ...check, only: ["shop-*", "db"], format: "junit", replay: "a.tare" },
  ],
  ["doctor --json", { name: "doctor", json: true }],
  ["link", { name: "link" }],
  ["--version", { name: "version" }],
  ["list --help", { name: "help" }],
  ["-h", { name: "help" }],
])("tare %s", (line, command) => {
  expect(parseCommand(line.split(" ").filter(Boolean))).toEqual({
    language: null,
    dataDirectory: null,
    command,
  });
});

test.each([
  ["--prot 80", { mistake: "unknownFlag", what: "--prot", near: "--port" }],
  ["--frobnicate", { mistake: "unknownFlag", what: "--frobnicate", near: null }],
  ["check --fail-on note", { mistake: "badSeverity", what: "note" }],
  ["check --for soon", { mistake: "badTime", what: "soon" }],
  ["check --json --sarif", { mistake: "twoFormats" }],
  ["check --host x", { mistake: "notOfCommand", what: "--host", near: "check" }],
  ["-x", { mistake: "unknownFlag", what: "-x", near: null }],
  ["--__proto__", { mistake: "unknownFlag", what: "--__proto__", near: null }],
  ["lits", { mistake: "unknownCommand", what: "lits", near: "list" }],
  ["constructor", { mistake: "unknownCommand", what: "constructor", near: null }],
  ["list --port 80", { mistake: "notOfCommand", what: "--port", near: "list" }],
  ["list more", { mistake: "tooMuch", what: "more" }],
  ["record a b", { mistake: "tooMuch", what: "b" }],
  ["record", { mistake: "noFile" }],
  ["--port", { mistake: "noValue", what: "--port" }],
  ["--port --web", { mistake: "noValue", what: "--port" }],
  ["--replay=", { mistake: "noValue", what: "--replay" }],
  ["--web=yes", { mistake: "needsNoValue", what: "--web" }],
  ["--port 65536", { mistake: "badPort", what: "65536" }],
  ["--port 0x50", { mistake: "badPort", what: "0x50" }],
  ["--port -1", { mistake: "noValue", what: "--port" }],
  ["--port=-1", { mistake: "badPort", what: "-1" }],
  ["record --for 0 a", { mistake: "badTime", what: "0" }],
  ["record --for 60sec a", { mistake: "badTime", what: "60sec" }],
  ["record --for 25h a", { mistake: "badTime", what: "25h" }],
  ["--lang de", { mistake: "badLanguage", what: "de" }],
  ["--web --desktop", { mistake: "bothShells" }],
])("tare %s is a mistake", (line, mistake) => {
  expect(parseCommand(line.split(" "))).toEqual({ language: null, dataDirectory: null, ...mistake });
});

test("a mistake is told in the language that was asked for", () => {
  expect(parseCommand(["--frob", "--lang", "ko", "--data-dir", "/d"])).toMatchObject({
    language: "ko",
    dataDirectory: "/d",
    mistake: "unknownFlag",
  });
});
