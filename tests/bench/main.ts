import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { benchCollector } from "./collector.ts";
import { removeContainers } from "./containers.ts";
import { benchHost } from "./host.ts";
import { benchLabAgain } from "./lab-again.ts";
import { benchLabContainer } from "./lab-container.ts";
import { benchLabGuest } from "./lab-guest.ts";
import { benchLabImage } from "./lab-image.ts";
import { benchLatency } from "./latency.ts";
import { benchPage } from "./page.ts";
import { line, type Result } from "./result.ts";
import { benchRules } from "./rules.ts";
import { benchTicks } from "./ticks.ts";
import { benchVms } from "./vms.ts";

// npm run bench [-- --only collector,host,vms,ticks,rules,page,latency,lab] [--containers 100,300] [--seconds 60]
// Each figure stands beside its rival of the same run on the same machine; results go to tests/bench/results/ as JSON.
const { values } = parseArgs({
  options: {
    only: { type: "string", default: "host,collector,vms,ticks,rules,latency,page,lab" },
    containers: { type: "string", default: "100,300" },
    seconds: { type: "string", default: "60" },
  },
});
const here = fileURLToPath(new URL(".", import.meta.url));
const seconds = Number(values.seconds);

const parts = new Map<string, () => Promise<readonly Result[]>>([
  ["host", benchHost],
  [
    "collector",
    async () => {
      const results: Result[] = [];
      for (const count of values.containers.split(",").map(Number))
        results.push(...(await benchCollector(count, seconds)));
      return results;
    },
  ],
  ["vms", benchVms],
  ["ticks", benchTicks],
  ["latency", benchLatency],
  ["rules", benchRules],
  ["page", benchPage],
  [
    "lab",
    async () => [
      ...(await benchLabImage()),
      ...(await benchLabContainer()),
      ...(await benchLabGuest()),
      ...(await benchLabAgain()),
    ],
  ],
]);

const all: Result[] = [];
for (const name of values.only.split(",")) {
  const part = parts.get(name);
  if (!part) throw new Error(`no part "${name}": ${[...parts.keys()].join(", ")}`);
  for (const result of await part()) {
    all.push(result);
    console.log(line(result));
  }
}
removeContainers();
const folder = `${here}../../tests/bench/results`;
mkdirSync(folder, { recursive: true });
const file = `${folder}/${new Date().toISOString().replace(/[:.]/g, "-")}.json`;
writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
const missed = all.filter(({ met }) => met === false).length;
console.log(`${all.length} figures, ${missed} missed their bar; written to tests/bench/results/`);
process.exit(0);
