import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { haveContainers } from "./containers.ts";
import { wait } from "./cpu.ts";
import { atMost, type Result } from "./result.ts";
import { openBrowser, startTare } from "./tare.ts";

const name = "tare-bench-latency";
const mebibyte = 2 ** 20;

/** From the start of the process to the first live figure in the page, and from a change in the cgroup to the page. */
export async function benchLatency(): Promise<readonly Result[]> {
  await haveContainers(1);
  execFileSync("docker", ["rm", "-f", name], { stdio: "ignore" });
  const id = execFileSync(
    "docker",
    [
      "run",
      "-d",
      "--name",
      name,
      "--label",
      "tare.bench=1",
      "--network",
      "none",
      "--tmpfs",
      "/fill",
      "tare-busybox:1",
      "sleep",
      "86400",
    ],
    { encoding: "utf8" },
  ).trim();
  const browser = await openBrowser();
  const starts: number[] = [];
  try {
    for (let n = 0; n < 5; n++) {
      const tare = await startTare();
      await browser.page.goto(tare.url);
      await browser.page.waitForSelector("td.gross >> text=/[0-9]/");
      starts.push(performance.now() - tare.started);
      tare.child.kill();
      await new Promise((ended) => tare.child.once("exit", ended));
    }
    return [
      atMost("process start to the first live figure in the page, median of 5", median(starts), 1500, "ms"),
      atMost("change in the cgroup to the page, worst of 10", await worstDelay(browser, id), 1100, "ms"),
    ];
  } finally {
    await browser.close();
    execFileSync("docker", ["rm", "-f", name], { stdio: "ignore" });
  }
}

/** Fills 8 MiB of the container's tmpfs at odd moments, and takes the time until the page shows another figure. */
async function worstDelay({ page }: Awaited<ReturnType<typeof openBrowser>>, id: string): Promise<number> {
  const tare = await startTare();
  try {
    await page.goto(tare.url);
    await page.waitForSelector("td.gross >> text=/[0-9]/");
    await wait(5_000);
    const charged = () =>
      Number(readFileSync(`/sys/fs/cgroup/memory/docker/${id}/memory.usage_in_bytes`, "utf8"));
    const shown = () =>
      page.evaluate(
        // All figures in view, sums of groups among them: many instances stand folded.
        () => [...document.querySelectorAll("td.gross")].map((cell) => cell.textContent).join(),
      );
    let worst = 0;
    for (let n = 0; n < 10; n++) {
      const [before, text] = [charged(), await shown()];
      execFileSync("docker", ["exec", "-d", id, "dd", "if=/dev/zero", `of=/fill/${n}`, "bs=1M", "count=8"]);
      while (charged() < before + 7 * mebibyte) await wait(2);
      const changed = performance.now();
      while ((await shown()) === text && performance.now() - changed < 5_000) await wait(5);
      worst = Math.max(worst, performance.now() - changed);
      await wait(700 + 137 * n);
    }
    return worst;
  } finally {
    tare.child.kill();
  }
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
