import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLabHere } from "../../electron/cli/open-lab.ts";
import type { Race, Wish } from "../../shared/model/race.ts";
import { builtinProbes } from "../../shared/race/builtin-probes.ts";
import { ratioOfMedians } from "../../shared/stats/ratio-of-medians.ts";
import type { Result } from "./result.ts";

const wish: Wish = {
  subject: { kind: "builtin", name: "web" },
  probe: builtinProbes.web,
  runs: 10,
  warmup: 1,
  kinds: ["container", "vm"],
  memory: 128 << 20,
  cpus: 1,
  giveUp: 60_000,
  weigh: false,
  keep: false,
  agreed: true,
};

/** Two races of ten of the same image, one after the other: whether the 95 % intervals of their medians overlap. */
export async function benchLabAgain(): Promise<readonly Result[]> {
  const directory = mkdtempSync(join(tmpdir(), "tare-bench-again-"));
  const lab = await openLabHere(directory);
  try {
    for (let race = 0; race < 2; race++) {
      const begun = await lab.startRace(wish);
      if ("trouble" in begun) throw new Error(JSON.stringify(begun.trouble));
      for (let after = 0; ; ) {
        const news = await lab.raceNews({ after });
        if (news === null) break;
        after = news.revision;
      }
    }
    const [second, first] = (await lab.races({})) as [Race, Race];
    return wish.kinds.map((kind): Result => {
      const [before, again] = [first, second].map((race) => medianOf(race, kind));
      if (!before || !again) throw new Error(`a race without a ${kind} that was ready`);
      return {
        what: `the same race again, as a ${kind}: median`,
        ours: again.value,
        rival: before.value,
        unit: "ms",
        bar: "overlap",
        met: again.low <= before.high && before.low <= again.high,
        note: [before, again].map(({ low, high }) => `${Math.round(low)}..${Math.round(high)}`).join(" and "),
      };
    });
  } finally {
    await lab.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The median of the counted runs with its interval: over a median that has no spread, a ratio's is that of what is above. */
function medianOf({ trials, seed }: Race, kind: (typeof wish.kinds)[number]) {
  const counted = trials.filter((trial) => trial.kind === kind && !trial.cold);
  return ratioOfMedians(
    counted.flatMap(({ moments, trouble }) => (trouble === null ? (moments.ready ?? []) : [])),
    [1],
    seed,
  );
}
