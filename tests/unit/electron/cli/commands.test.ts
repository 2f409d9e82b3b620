import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { check } from "../../../../electron/cli/check.ts";
import type { CheckCommand } from "../../../../electron/cli/check-args.ts";
import { list } from "../../../../electron/cli/list.ts";
import type { Terminal } from "../../../../electron/cli/terminal.ts";
import { watch } from "../../../../electron/cli/watch.ts";
import { serveFeed } from "../../../../electron/feed.ts";
import { findings } from "../../../../electron/findings.ts";
import { systemClock } from "../../../../electron/machine/clock.ts";
import type { Tick } from "../../../../shared/model/tick.ts";
import { defaultThresholds } from "../../../../shared/rules/thresholds.ts";
import type { Handlers } from "../../../../shared/wire/calls.ts";
import { words } from "../../../../shared/words/words.ts";
import { handSource, instance, ready, sample, tick } from "../history/play-source.ts";

/** Nothing was raced here. */
const directory = mkdtempSync(join(tmpdir(), "tare-commands-"));
afterAll(() => rmSync(directory, { recursive: true }));

const at = 1_795_500_000_000;
const [web, vm, stopped] = [
  instance(0, { name: "w\u202eeb\x1b[31m" }),
  instance(1, { name: "가상 머신", kind: "vm", engine: "qemu", id: "qemu:7", weighed: "process" }),
  instance(2, { name: "old", state: "stopped", weighed: null }),
];
const first = tick(at, {
  whole: true,
  came: [stopped, web, vm],
  engines: ready.map((one) => ({ ...one, state: "searching" as const })),
  samples: new Map([
    [web.id, sample({ gross: 2 ** 20 })],
    [vm.id, sample({ gross: 2 ** 30 })],
  ]),
});
const second = tick(at + 1_000, {
  samples: new Map([
    [web.id, sample({ gross: 2 ** 20, cores: 0.25, cpuLimit: 0.25, throttledShare: 0.5 })],
    [vm.id, sample({ gross: 2 ** 30, cores: 1.5, memoryUsed: 0.95, memoryLimit: 2 ** 30 })],
  ]),
});

/** A terminal that keeps what is written, and an app that serves the ticks, each when the one before was taken. */
function stage(ticks: readonly Tick[], change: Partial<Terminal> = {}, live = true) {
  const written: string[] = [];
  const stop = new AbortController();
  const terminal: Terminal = {
    print: (line) => void written.push(line),
    remark: (line) => void written.push(line),
    write: (text) => void written.push(text),
    colour: false,
    screen: false,
    offset: 0,
    say: words.en.terminal,
    language: "en",
    pageLanguage: null,
    signal: stop.signal,
    ...change,
  };
  const source = handSource();
  const found = findings(source, () => defaultThresholds, stop.signal);
  const app = {
    findings: found,
    thresholds: () => defaultThresholds,
    alerts: () => undefined,
    source: { ...source, live, past: () => (live ? [] : ticks), use: () => undefined },
    stop: async () => undefined,
    serve(pipe: Parameters<typeof serveFeed>[0]) {
      serveFeed(pipe, source, found, {} as Handlers, systemClock, stop.signal);
      void (async () => {
        for (const one of ticks) {
          source.put(one);
          await new Promise((next) => setImmediate(next));
        }
        stop.abort();
      })();
    },
  };
  return { app, terminal, written };
}

describe("list", () => {
  test("as JSON: one line each, when everything was read twice, heaviest first", async () => {
    const { app, terminal, written } = stage([first, second, tick(at + 2_000, { went: [web.id] })]);
    expect(await list(app, { json: true, directory }, terminal)).toBe(0);
    const lines = written.map((line) => JSON.parse(line));
    expect(lines.map(({ name }) => name)).toEqual(["가상 머신", "w\u202eeb\x1b[31m", "old"]);
    expect(lines.map(({ cpu }) => cpu.cores)).toEqual([1.5, 0.25, null]);
    // Nothing that a terminal would obey, or that turns its text round.
    expect(written[1]).toContain('"name":"w\\u202eeb\\u001b[31m"');
  });

  test("as a table: in line, foreign text harmless, no colour", async () => {
    const { app, terminal, written } = stage([first, second]);
    await list(app, { json: false, directory }, terminal);
    expect(written).toEqual([
      "NAME                   ENGINE  STATE     CPU    OF  THROTTLED    MEMORY  NET  CACHE  TARE     LIMIT  USED  PIDS",
      "가상 머신              qemu    running  1.50  none          –  1.00 GiB    –      –     –  1.00 GiB   95%     –",
      "w\\u{202e}eb\\u{1b}[31m  docker  running  0.25  0.25        50%  1.00 MiB    –      –     –      none     –     –",
      "old                    docker  stopped     –     –          –         –    –      –     –         –     –     –",
    ]);
  });

  test("nothing there, and an engine that may not be asked", async () => {
    const trouble = { code: "denied", where: "/var/run/docker.sock", cause: null } as const;
    const denied = ready.map((one) => ({ ...one, state: "denied" as const, trouble }));
    const { app, terminal, written } = stage([tick(at, { whole: true, engines: denied })]);
    await list(app, { json: false, directory }, terminal);
    expect(written[0]).toBe(
      "No container and no VM runs here that Tare can see. Where it looked: tare doctor",
    );
    expect(written[1]).toMatch(/docker\.sock.*sudo usermod -aG docker/);
    expect(written).toHaveLength(2);
    const asJson = stage([tick(at, { whole: true, engines: denied })]);
    await list(asJson.app, { json: true, directory }, asJson.terminal);
    expect(asJson.written).toEqual([written[1]]); // on stderr, beside no line of JSON
  });
});

describe("watch", () => {
  test("as JSON: the lines of each second with its time", async () => {
    const { app, terminal, written } = stage([first, second]);
    await watch(app, { json: true, directory }, terminal);
    expect(written.map((line) => JSON.parse(line)).map(({ at, name }) => [at, name])).toEqual([
      [at, "가상 머신"],
      [at, "w\u202eeb\x1b[31m"],
      [at, "old"],
      [at + 1_000, "가상 머신"],
      [at + 1_000, "w\u202eeb\x1b[31m"],
      [at + 1_000, "old"],
    ]);
  });

  test("on a screen each table stands where the one before stood; elsewhere below it", async () => {
    const screen = stage([first, second], { screen: true });
    await watch(screen.app, { json: false, directory }, screen.terminal);
    expect(screen.written.map((text) => text.slice(0, 15))).toEqual([
      "\x1b[H\x1b[J06:00:00\n",
      "\x1b[H\x1b[J06:00:01\n",
    ]);
    const file = stage([first, second], { say: words.ko.terminal });
    await watch(file.app, { json: false, directory }, file.terminal);
    expect(file.written.join("\n").split("\n")).toHaveLength(11);
    expect(file.written[0]).toContain("메모리");
  });
});

describe("check", () => {
  const ask: CheckCommand = {
    name: "check",
    failOn: "warning",
    for: 1_000,
    format: "text",
    only: [],
    replay: "a.tare",
  };
  const limited = { reported: { memory: 2 ** 20, cpu: null, pids: null } };
  const [shop, calm] = [
    instance(0, { name: "shop-web\x1b[31m", ...limited }),
    instance(1, { name: "calm", ...limited }),
  ];
  const moment = (second: number, oomKills: number) =>
    tick(at + second * 1_000, {
      whole: second === 0,
      came: second === 0 ? [shop, calm] : [],
      samples: new Map([
        [shop.id, sample({ oomKills, memoryLimit: 2 ** 20, killable: 2 ** 18, net: 2 ** 18, cache: 0 })],
        [calm.id, sample({ oomKills: 0, memoryLimit: 2 ** 20, killable: 2 ** 18, net: 2 ** 18, cache: 0 })],
      ]),
    });
  const killed = [moment(0, 1), moment(1, 1), moment(2, 3), moment(3, 3)];

  test("goes through the whole of a recording: 1, with the finding, its evidence and its mend", async () => {
    const { app, terminal, written } = stage(killed, {}, false);
    expect(await check(app, ask, "0.1.0", terminal)).toBe(1);
    expect(written[0]).toBe(
      "critical: shop-web\\u{1b}[31m was killed twice in the last hour for reaching 1 MiB",
    );
    expect(written).toContain("    killed: 2 (memory.oom_control: oom_kill)");
    expect(written.at(-1)).toBe("2 containers and 0 VMs in 3 s: 1 critical, 0 warnings, 0 notes.");
    expect(written.join("\n")).not.toContain("\x1b");
  });

  test("0 where what is meant is within its limits, or nothing is as severe as asked", async () => {
    const calmOnly = stage(killed, {}, false);
    expect(await check(calmOnly.app, { ...ask, only: ["c*m"] }, "0.1.0", calmOnly.terminal)).toBe(0);
    expect(calmOnly.written).toEqual(["Nothing found: 1 container and 0 VMs in 3 s."]);
    const quiet = stage([moment(0, 1), moment(1, 1)], { say: words.ko.terminal, language: "ko" }, false);
    expect(await check(quiet.app, ask, "0.1.0", quiet.terminal)).toBe(0);
    expect(quiet.written).toEqual(["찾은 것이 없습니다: 1초 동안 컨테이너 2개와 VM 0대."]);
  });

  test("what is over by now is found as well, and is as severe as it was at its worst", async () => {
    // Its limit was raised: nothing holds any more.
    const raised = [4, 5, 30, 60, 90].map((second) =>
      tick(at + second * 1_000, {
        samples: new Map([[shop.id, sample({ oomKills: 3, memoryLimit: 2 ** 23, killable: 2 ** 18 })]]),
      }),
    );
    const { app, terminal, written } = stage([...killed, ...raised], {}, false);
    expect(await check(app, { ...ask, failOn: "critical", format: "json" }, "0.1.0", terminal)).toBe(1);
    const [{ findings: found }] = written.map((line) => JSON.parse(line));
    expect(found).toMatchObject([
      { rule: "memory-killed", severity: "critical", fails: true, clearedAt: expect.any(Number) },
    ]);
  });

  test("many notes of one kind are one line", async () => {
    const crowd = Array.from({ length: 9 }, (_, slot) =>
      instance(slot, { reported: { memory: null, cpu: null, pids: null } }),
    );
    const seen = Array.from({ length: 100 }, (_, second) =>
      tick(at + second * 1_000, {
        whole: second === 0,
        came: second === 0 ? crowd : [],
        samples: new Map(crowd.map(({ id }) => [id, sample({ workingSet: 2 ** 20, net: 2 ** 20 })])),
      }),
    );
    const { app, terminal, written } = stage(seen, {}, false);
    expect(await check(app, ask, "0.1.0", terminal)).toBe(0);
    expect(written).toEqual([
      "note: No memory limit: n0, n1, n2, n3, n4, n5 and 3 more",
      "9 containers and 0 VMs in 1 min 39 s: 0 critical, 0 warnings, 9 notes.",
    ]);
  });
});
