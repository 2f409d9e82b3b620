import { haveContainers } from "./containers.ts";
import { wait } from "./cpu.ts";
import { atMost, type Result } from "./result.ts";
import { openBrowser, startTare } from "./tare.ts";

const count = 300;
const seconds = 60;

/** The page with 300 instances at 1 Hz, after load: main thread CPU a tick, its longest task, its heap. */
export async function benchPage(): Promise<readonly Result[]> {
  await haveContainers(count);
  const tare = await startTare();
  const browser = await openBrowser();
  try {
    const { page, context } = browser;
    await page.goto(tare.url);
    await page.waitForSelector("td.gross >> text=/[0-9]/");
    await wait(15_000);
    await page.evaluate(() => {
      const longest = { ms: 0 };
      Object.assign(globalThis, { longest });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest.ms = Math.max(longest.ms, duration);
      }).observe({ type: "longtask" });
    });
    const session = await context.newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const metrics = async () => {
      await session.send("HeapProfiler.collectGarbage");
      const { metrics: all } = await session.send("Performance.getMetrics");
      return new Map(all.map(({ name, value }) => [name, value] as const));
    };
    const before = await metrics();
    await wait(seconds * 1000);
    const after = await metrics();
    const change = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    const longest = await page.evaluate(
      () => (globalThis as unknown as { longest: { ms: number } }).longest.ms,
    );
    return [
      atMost(
        `page, ${count} instances: main thread CPU a tick`,
        (change("TaskDuration") * 1000) / seconds,
        16,
        "ms",
      ),
      atMost(`page, ${count} instances: longest task (0: none over 50 ms)`, longest, 50, "ms"),
      atMost(
        `page, ${count} instances: heap's growth in a minute, after GC`,
        change("JSHeapUsedSize") / 2 ** 20,
        1,
        "MiB",
        `${Math.round((after.get("JSHeapUsedSize") ?? 0) / 2 ** 20)} MiB in use`,
      ),
    ];
  } finally {
    await browser.close();
    tare.child.kill();
  }
}
