// Pictures of the README, taken in Chromium: Tare plays its sample, or the recording that is named; without one it is live.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";

const top = fileURLToPath(new URL("..", import.meta.url));
const recording = process.argv[2] ?? `${top}assets/sample.tare`;
const executablePath =
  process.env.TARE_BROWSER ?? ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync);
if (!executablePath) {
  console.error("No Chromium here: npm run setup:engines, or set TARE_BROWSER.");
  process.exit(2);
}

const replay = existsSync(recording) ? ["--replay", recording] : [];
const tare = spawn(process.execPath, [`${top}electron/start.mjs`, "--web", "--no-open", ...replay], {
  stdio: ["ignore", "pipe", "ignore"],
});
const url = await new Promise((resolve, reject) => {
  let said = "";
  tare.stdout.on("data", (data) => {
    said += data;
    const [, found] = /^Tare \S+ (\S+)$/m.exec(said) ?? [];
    if (found) resolve(found);
  });
  tare.once("exit", (code) => reject(new Error(`Tare ended with ${code}`)));
});

const browser = await chromium.launch({
  executablePath,
  args: ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
});
try {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    colorScheme: "light",
    locale: "en-US",
    timezoneId: "UTC",
    reducedMotion: "reduce",
  });
  await page.goto(url);
  await page.locator("tr.row").first().waitFor();
  if (replay.length > 0) await playOn(page);
  await settled(page);
  await page.screenshot({ path: `${top}docs/scale.png` });
  // The one that tells most: throttled, else the heaviest container.
  const throttled = page.locator("tr.row.container:has(td.throttled .over-text)");
  const row = (await throttled.count()) > 0 ? throttled : page.locator("tr.row.container");
  await row.first().locator("th").click();
  await page.getByRole("complementary").waitFor();
  await settled(page);
  await page.screenshot({ path: `${top}docs/detail.png` });
  console.log("docs/scale.png and docs/detail.png are written.");
} finally {
  await browser.close();
  tare.kill();
}

/** Plays the recording fast up to where most has happened, and stops there. */
async function playOn(page) {
  const slider = page.locator(".replay input[type=range]");
  const { min, max } = await slider.evaluate((input) => ({ min: Number(input.min), max: Number(input.max) }));
  await page.locator(".replay [role=radiogroup] label").last().click();
  await page.waitForFunction(
    (until) => Number(document.querySelector(".replay input[type=range]")?.value) >= until,
    min + 0.8 * (max - min),
    { timeout: 120_000 },
  );
  await page.keyboard.press("Space");
  await page.locator(".replay [role=radiogroup] label").first().click();
  await page.evaluate(() => document.activeElement?.blur());
}

/** Charts ask for their past once they are there: time for the answer, and for two frames of drawing. */
async function settled(page) {
  await page.waitForTimeout(2_500);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
