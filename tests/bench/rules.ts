import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { judging } from "../../shared/rules/judging.ts";
import { hostRules, rules } from "../../shared/rules/rules.ts";
import { defaultThresholds } from "../../shared/rules/thresholds.ts";
import { crowd, crowdHost, mixed } from "../fixtures/crowd.ts";
import { atMost, type Result } from "./result.ts";

const minutes = 15;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** All rules over 300 containers, a tick: of a quarter of an hour, when what they look back at is full, the last three minutes. */
export async function benchRules(): Promise<readonly Result[]> {
  const judge = judging(() => crowdHost, rules, hostRules);
  const tick = crowd(mixed(300));
  const times: number[] = [];
  let spent = 0;
  collect();
  const heap = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  for (let second = 0; second < minutes * 60; second++) {
    const one = tick(second);
    const cpu = process.cpuUsage();
    judge.take(one, defaultThresholds);
    const { user, system } = process.cpuUsage(cpu);
    if (second < (minutes - 3) * 60) continue;
    times.push((user + system) / 1_000);
    spent += (user + system) / 1_000;
  }
  collect();
  const now = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  times.sort((a, b) => a - b);
  const at = (p: number) => times[Math.floor(p * (times.length - 1))] ?? 0;
  return [
    atMost(
      "all rules, 300 instances, a tick: mean CPU time",
      spent / times.length,
      3,
      "ms",
      `${judge.open().length} findings open`,
    ),
    atMost("the same, 95 of 100 ticks", at(0.95), 3, "ms"),
    atMost("what they remember of 300 instances", (now - heap) / 2 ** 20, 24, "MiB"),
  ];
}
