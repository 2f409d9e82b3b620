import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ask } from "../../electron/cli/ask.ts";
import type { Race, RaceNews } from "../../shared/model/race.ts";
import { wish } from "../fixtures/race.ts";
import { needs } from "../needs.ts";
import { type Followed, followApp } from "./app-lab.ts";

const folder = mkdtempSync(join(tmpdir(), "tare-lab-app-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every news of the race that is on, as a page asks for them: the next one after each, until it is over. */
async function newsOf({ app }: Followed, seen: (news: RaceNews) => void): Promise<void> {
  for (let after = 0; ; ) {
    const news = await ask(app, "raceNews", { after });
    if (news === null) return;
    after = news.revision;
    seen(news);
  }
}

const builtin: typeof wish = {
  ...wish,
  subject: { kind: "builtin", name: "true" },
  probe: { kind: "exit" },
  kinds: ["container"],
};

needs("docker", "busybox")("the lab behind the page's calls", () => {
  test("a race is followed moment by moment, is the only one, can be stopped, and is among the races", async () => {
    const page = await followApp({ dataDirectory: folder });
    const { app } = page;
    try {
      expect(await ask(app, "races", {})).toEqual([]);
      expect(await ask(app, "raceNews", { after: -1 })).toBeNull();
      const begun = await ask(app, "startRace", { ...builtin, runs: 50 });
      expect(begun).toEqual({ id: expect.any(String) });
      const again = await ask(app, "startRace", builtin);
      expect(again).toMatchObject({ trouble: { code: "busy", where: "true" } });

      const seen: RaceNews[] = [];
      let stopping: Promise<null> | null = null;
      await newsOf(page, (news) => {
        seen.push(news);
        if (news.race.trials.length >= 3) stopping ??= ask(app, "stopRace", {});
      });
      await stopping;
      const states = [...new Set(seen.map(({ race }) => race.state))];
      expect(states).toEqual(["preparing", "racing", "stopped"]);
      const moments = new Set(seen.map(({ doing }) => doing?.moment));
      expect(moments).toContain("created");
      expect(moments).toContain("ready");
      expect(seen.some(({ left }) => left !== null && left > 0)).toBe(true);

      const [kept] = (await ask(app, "races", {})) as [Race];
      expect(kept).toEqual(seen.at(-1)?.race);
      expect(kept.trials.length).toBeGreaterThanOrEqual(3);
      expect(kept.order.length).toBe(51);
      expect(kept.environment).toMatchObject({ cpu: app.source.facts.cpu, docker: expect.any(String) });
      expect(kept.beside).toBeTypeOf("number");
    } finally {
      await page.close();
    }
  }, 120_000);

  test("what is the user's own is not started unasked", async () => {
    const page = await followApp({ dataDirectory: folder });
    try {
      const subject = { kind: "container" as const, id: "docker:nobody" };
      expect(await ask(page.app, "startRace", { ...wish, subject, kinds: ["container"] })).toMatchObject({
        trouble: { code: "not-agreed", where: "docker:nobody" },
      });
    } finally {
      await page.close();
    }
  }, 60_000);
});
