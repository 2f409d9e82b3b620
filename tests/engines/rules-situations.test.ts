import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Finding, RuleId, Severity } from "../../shared/model/finding.ts";
import { needs } from "../needs.ts";
import { type Followed, followApp } from "./app-lab.ts";
import { dockerCommand } from "./docker-lab.ts";
import { box, dockerDisk, prefix, prepare, smallGroup, sweep } from "./rules-lab.ts";

/** Windows are shortened, by the settings that a user may change too: what is proven is the rule, not that it can wait. */
const window = 8_000;
const thresholds = {
  throttledFor: window,
  starvedFor: window,
  thrashingFor: window,
  ioFor: window,
  unusedFor: 5_000,
};
/** The bar: within 10 s of what makes it hold, or of its own window; a start and Docker's news take a moment of their own. */
const soon = 10_000 + window + 4_000;

const spin = "while :; do :; done";
const still = "exec sleep 1000";
const memory = (amount: string) => ["--memory", amount, "--memory-swap", amount];

type Situation = {
  readonly rule: RuleId;
  /** As severe as it is at its worst; null: that depends on what else the computer does. */
  readonly severity: Severity | null;
  readonly script: string;
  readonly options: readonly string[];
  /** What of Docker's ends it, of this container unless another one is named; null: it ends by itself. */
  readonly end: readonly string[] | null;
  readonly endOf?: string;
  /** What is asked of Docker after that. */
  readonly after?: readonly string[];
};

/** Each by the name of its container. */
const situations: Record<string, Situation> = {
  killed: {
    rule: "memory-killed",
    severity: "critical",
    script: `tail /dev/zero; ${still}`,
    options: memory("24m"),
    end: ["update", ...memory("64m")],
  },
  loop: {
    rule: "restart-loop",
    severity: "critical",
    script: "exit 3",
    options: ["--restart", "always"],
    // Between two tries Docker updates nothing.
    end: ["stop", "--time", "0"],
  },
  throttled: {
    rule: "cpu-throttled",
    severity: "warning",
    script: spin,
    options: ["--cpus", "0.1"],
    end: ["update", "--cpus", "2"],
  },
  starved: {
    rule: "cpu-starved",
    severity: null,
    script: spin,
    options: ["--cpuset-cpus", "0", "--cpu-shares", "2"],
    end: ["kill"],
    endOf: "hog",
    // On a busy computer it would go on: there is more than the hog. It can't be killed before it gets some time.
    after: ["update", "--cpu-shares", "4096"],
  },
  pids: {
    rule: "pids-full",
    severity: "critical",
    script: `(for i in $(seq 30); do sleep 1000 & done); ${still}`,
    options: ["--pids-limit", "16"],
    end: ["update", "--pids-limit", "64"],
  },
  thrashing: {
    rule: "memory-thrashing",
    severity: "warning",
    script: "dd if=/dev/zero of=/f bs=1M count=40; while :; do cat /f > /dev/null; done",
    options: memory("24m"),
    end: ["update", ...memory("96m")],
  },
  disk: {
    rule: "io-throttled",
    severity: "warning",
    script: `dd if=/dev/zero of=/f bs=1M count=40; sync; dd if=/f of=/dev/null bs=256k iflag=direct; ${still}`,
    options: [],
    end: null,
  },
  unlimited: {
    rule: "no-limit",
    severity: "note",
    script: still,
    options: [],
    end: ["update", ...memory("64m")],
  },
  huge: {
    rule: "limit-above-host",
    severity: "note",
    script: still,
    options: ["--memory", "9000g"],
    end: ["update", ...memory("64m")],
  },
  roomy: {
    rule: "limit-unused",
    severity: "note",
    script: still,
    options: memory("512m"),
    end: ["update", ...memory("32m")],
  },
  cached: {
    rule: "cache-only",
    severity: "note",
    script: `dd if=/dev/zero of=/f bs=1M count=58; sync; cat /f /f /f > /dev/null; ${still}`,
    options: memory("64m"),
    end: ["update", ...memory("256m")],
  },
  inner: {
    rule: "limit-differs",
    severity: "warning",
    script: still,
    options: memory("64m"),
    end: ["update", ...memory("40m")],
  },
};

/** Those that nothing above a note may be said of. */
const nearMisses: Record<string, readonly [script: string, options: readonly string[]]> = {
  sixty: [`dd if=/dev/zero of=/dev/shm/f bs=1M count=36; ${still}`, memory("64m")],
  // It is active in all of its periods and held back in one of ten or so.
  tenth: [
    `(while :; do usleep 80000; done) & while :; do timeout 0.12 sh -c '${spin}'; sleep 2; done`,
    ["--cpus", "0.7", ...memory("32m")],
  ],
  burst: [`while :; do timeout 0.3 sh -c '${spin}'; sleep 3; done`, ["--cpus", "0.1", ...memory("32m")]],
  idle: [still, memory("32m")],
};

needs(
  "docker",
  "busybox",
  "root",
)("each rule's situation, made for real", () => {
  const data = mkdtempSync(join(tmpdir(), "tare-rules-"));
  let page: Followed;
  /** All that was ever told of findings above a note, and when. */
  const told: Finding[] = [];
  const stop = new AbortController();
  const idOf = (name: string) =>
    page.instances().find(({ instance }) => instance.name === prefix + name)?.instance.id ?? "";
  const open = (name: string, rule: RuleId) =>
    page.app.findings.open().find((finding) => finding.rule === rule && finding.instance === idOf(name));

  beforeAll(async () => {
    await prepare();
    writeFileSync(join(data, "settings.json"), JSON.stringify({ format: 1, thresholds }));
    page = await followApp({ dataDirectory: data });
    page.app.findings.listen((findings) => told.push(...findings), stop.signal);
    const device = await dockerDisk();
    const more: Record<string, readonly string[]> = {
      disk: ["--device-read-bps", `${device}:2mb`],
      // Else the page cache of a fast disk is refilled before anybody waits.
      thrashing: ["--device-read-bps", `${device}:20mb`],
      inner: ["--cgroup-parent", smallGroup()],
    };
    const fill = "dd if=/dev/zero of=/dev/shm/f bs=1M count=1 seek=$i; i=$((i+1)); sleep 1";
    const all: readonly (readonly [string, string, readonly string[]])[] = [
      ["filling", `i=0; while :; do ${fill}; done`, [...memory("256m"), "--shm-size", "512m"]],
      ...Object.entries(nearMisses).map(([name, [script, options]]) => [name, script, options] as const),
      ...Object.entries(situations).map(
        ([name, { script, options }]) => [name, script, [...options, ...(more[name] ?? [])]] as const,
      ),
      ["hog", spin, ["--cpuset-cpus", "0", "--cpus", "0.6", ...memory("32m")]],
    ];
    // Four at a time: Docker starts no more of them in a second, and what spins is last.
    const left = [...all];
    const starters = Array.from({ length: 4 }, async () => {
      for (let next = left.shift(); next; next = left.shift()) await box(...next);
    });
    await Promise.all(starters);
  });
  afterAll(async () => {
    stop.abort();
    await page?.close();
    await sweep();
    rmSync(data, { recursive: true, force: true });
  }, 60_000);

  test("each appears in time, as severe as it is", async () => {
    const began = Date.now();
    await Promise.all(
      Object.entries(situations).map(([name, { rule, severity }]) =>
        page.until(() => {
          const found = told.filter((finding) => finding.rule === rule && finding.instance === idOf(name));
          const worst = found.find((finding) => finding.severity === severity) ?? found[0];
          expect([name, worst?.rule, severity && worst?.severity]).toEqual([name, rule, severity]);
          expect(worst?.evidence.length).toBeGreaterThan(0);
        }, soon),
      ),
    );
    expect(Date.now() - began).toBeLessThan(soon);
  }, 40_000);

  test("pages are told of all of them", async () => {
    const ids = new Set(page.app.findings.open().map(({ id }) => id));
    const known = new Set(page.frames.flatMap(({ findings }) => findings.map(({ id }) => id)));
    expect([...ids].filter((id) => !known.has(id))).toEqual([]);
  });

  test("each clears within a minute of its end", async () => {
    await Promise.all(
      Object.entries(situations).map(async ([name, { rule, end, endOf = name, after }]) => {
        if (end) await dockerCommand([...end, prefix + endOf]);
        if (after) {
          await dockerCommand([...after, prefix + name]);
          await dockerCommand(["kill", prefix + name]);
        }
        await page.until(() => expect([name, open(name, rule)?.rule]).toEqual([name, undefined]), 60_000);
      }),
    );
  }, 75_000);

  test("what fills up is told before it is full", async () => {
    await page.until(() => expect(open("filling", "memory-filling")?.severity).toBe("critical"), 60_000);
    const { perMinute = 0, fullIn = 0 } = open("filling", "memory-filling")?.facts ?? {};
    expect(Number(perMinute) / 60).toBeGreaterThan(0.4 * 2 ** 20);
    expect(Number(fullIn)).toBeLessThan(600_000);
    expect(open("filling", "memory-killed")).toBeUndefined();
  }, 75_000);

  test("near misses stay quiet", () => {
    const loud = told.filter(
      ({ severity, instance, rule }) =>
        severity !== "note" &&
        rule !== "cpu-starved" &&
        Object.keys(nearMisses).some((name) => idOf(name) === instance),
    );
    const nameOf = (id: string | null) => Object.keys(nearMisses).find((name) => idOf(name) === id);
    expect(loud.map(({ rule, instance, facts }) => [nameOf(instance), rule, facts])).toEqual([]);
    const cached = told.filter(
      ({ severity, instance }) => severity !== "note" && instance === idOf("cached"),
    );
    expect(cached.map(({ rule }) => rule)).toEqual([]);
  });

  test("nothing flaps: what cleared does not come back", () => {
    const opened = new Map<string, Set<number>>();
    for (const { id, openedAt } of told) opened.set(id, (opened.get(id) ?? new Set()).add(openedAt));
    const twice = [...opened].filter(([id, times]) => times.size > 1 && !id.startsWith("cpu-starved/"));
    expect(twice).toEqual([]);
  });
});
