import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Finding } from "../../shared/model/finding.ts";
import { needs } from "../needs.ts";
import { followApp } from "./app-lab.ts";
import { ensureBusyboxImage } from "./busybox-image.ts";
import { dockerCommand, eventually, removeContainers } from "./docker-lab.ts";
import { box } from "./rules-lab.ts";

// The bar of an hour: TARE_LONG=1 npx vitest run -c tests/vitest.config.ts --project engines rules-ordinary
// TARE_MINUTES makes it shorter. On a computer that is otherwise quiet: on a busy one they are starved, and that is told.

/** Not that of the other tests of rules: they sweep theirs. */
const family = "tare-ordinary-";
const minutes = Number(process.env.TARE_MINUTES ?? 60);
const memory = (amount: string) => ["--memory", amount, "--memory-swap", amount];
const still = "exec sleep 100000";
const spin = (seconds: number) => `timeout ${seconds} sh -c 'while :; do :; done'`;
const serve = (pause: number) =>
  `mkdir -p /www; dd if=/dev/zero of=/www/page bs=1k count=200; httpd -p 8080 -h /www; while :; do wget -q -O /dev/null http://127.0.0.1:8080/page; sleep ${pause}; done`;

/** What people run, each in the way that tempts a rule: bursts, caches, files in memory, jobs, logs, pauses. */
const ordinary: Record<string, readonly [script: string, options: readonly string[]]> = {
  "idle-bare": [still, []],
  "idle-small": [still, memory("16m")],
  "idle-large": [still, [...memory("1g"), "--cpus", "1"]],
  "idle-pids": [still, ["--pids-limit", "20"]],
  "web-bare": [serve(1), []],
  "web-small": [serve(2), [...memory("32m"), "--cpus", "0.5", "--pids-limit", "32"]],
  "web-busy": [serve(0.2), [...memory("64m"), "--cpus", "0.8"]],
  "cron-minute": [`while :; do sleep 55; ${spin(3)}; done`, ["--cpus", "0.5"]],
  "cron-often": [`while :; do sleep 9; ${spin(0.5)}; done`, ["--cpus", "0.2", ...memory("32m")]],
  // Held back in each of its bursts, and it does not matter.
  "cron-low": [`while :; do sleep 20; ${spin(0.4)}; done`, ["--cpus", "0.1"]],
  backup: [
    "dd if=/dev/urandom of=/d bs=1M count=8; while :; do gzip -c /d > /d.gz; sync; sleep 60; done",
    ["--cpus", "0.4", ...memory("64m")],
  ],
  logger: [
    "while :; do i=$((i+1)); echo line $i >> /log; [ $((i%2000)) = 0 ] && : > /log; sleep 0.1; done",
    memory("32m"),
  ],
  // Page cache fills its limit, and is taken back without anybody waiting.
  reader: [
    "dd if=/dev/zero of=/f bs=1M count=60; sync; while :; do cat /f > /dev/null; sleep 15; done",
    memory("64m"),
  ],
  shared: [`dd if=/dev/zero of=/dev/shm/f bs=1M count=30; ${still}`, memory("64m")],
  // It takes three fifths of what it may, and gives it back, again and again.
  sawtooth: ["while :; do dd if=/dev/zero bs=38M count=1 | sleep 8; sleep 8; done", memory("64m")],
  workers: [
    "while :; do for i in 1 2 3 4 5 6 7 8; do sleep 3 & done; wait; sleep 2; done",
    ["--pids-limit", "16", ...memory("32m")],
  ],
  checked: [still, ["--health-cmd", "true", "--health-interval", "10s", ...memory("32m")]],
  job: ["sleep 45; exit 0", memory("32m")],
  daily: ["sleep 1200; exit 0", ["--restart", "always", ...memory("32m")]],
  paused: [`${spin(2)}; ${still}`, memory("32m")],
};

needs(
  "docker",
  "busybox",
  "root",
)("twenty ordinary containers", () => {
  afterAll(() => removeContainers(family), 60_000);

  test(
    "nothing above a note is said of them",
    async () => {
      const data = mkdtempSync(join(tmpdir(), "tare-rules-ordinary-"));
      await removeContainers(family);
      ensureBusyboxImage();
      const page = await followApp({ dataDirectory: data });
      const stop = new AbortController();
      const told: Finding[] = [];
      page.app.findings.listen((findings) => told.push(...findings), stop.signal);
      try {
        for (const [name, [script, options]] of Object.entries(ordinary))
          await box(name, script, options, family);
        await dockerCommand(["pause", `${family}paused`]);
        const names = new Map<string, string>();
        const end = performance.now() + minutes * 60_000;
        await eventually(
          () => {
            for (const { instance } of page.named(family)) names.set(instance.id, instance.name);
            return performance.now() >= end;
          },
          (minutes + 1) * 60_000,
        );
        expect(names.size).toBe(Object.keys(ordinary).length);
        const of = (finding: Finding) => names.get(finding.instance ?? "")?.slice(family.length);
        const notes = new Set(told.filter(of).map((one) => `${of(one)}: ${one.rule} (${one.severity})`));
        console.log(`${minutes} min, ${page.frames.length} frames:\n${[...notes].sort().join("\n")}`);
        const loud = told.filter((one) => of(one) !== undefined && one.severity !== "note");
        // Once each, not once each time that it was told anew.
        const each = new Map(loud.map((one) => [`${one.id} ${one.openedAt}`, one]));
        expect([...each.values()].map((one) => [of(one), one.rule, one.severity, one.facts])).toEqual([]);
      } finally {
        stop.abort();
        await page.close();
        rmSync(data, { recursive: true, force: true });
      }
    },
    (minutes + 3) * 60_000,
  );
});
