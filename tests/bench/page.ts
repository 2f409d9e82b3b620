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
    const session = await context.newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const metric = async (wanted: string) => {
      const { metrics } = await session.send("Performance.getMetrics");
      return metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
    };
    const heapAfterGc = async () => {
      await session.send("HeapProfiler.collectGarbage");
      return metric("JSHeapUsedSize");
    };
    // The two collections are ours, not the page's: a whole one takes longer than any of its tasks. Nothing is timed in them.
    const heapBefore = await heapAfterGc();
    await page.evaluate(() => {
      const longest = { ms: 0 };
      Object.assign(globalThis, { longest });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest.ms = Math.max(longest.ms, duration);
      }).observe({ type: "longtask" });
    });
    const tasksBefore = await metric("TaskDuration");
    await wait(seconds * 1000);
    const tasks = (await metric("TaskDuration")) - tasksBefore;
    const longest = await page.evaluate(
      () => (globalThis as unknown as { longest: { ms: number } }).longest.ms,
    );
    const heap = await heapAfterGc();
    return [
      atMost(`page, ${count} instances: main thread CPU a tick`, (tasks * 1000) / seconds, 16, "ms"),
      atMost(`page, ${count} instances: longest task (0: none over 50 ms)`, longest, 50, "ms"),
      atMost(
        `page, ${count} instances: heap's growth in a minute, after GC`,
        (heap - heapBefore) / 2 ** 20,
        1,
        "MiB",
        `${Math.round(heap / 2 ** 20)} MiB in use`,
      ),
    ];
  } finally {
    await browser.close();
    tare.child.kill();
  }
}
