import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright";
import { expect } from "vitest";
import { args, executablePath } from "../../browser.ts";
import { complaintsOf } from "../door/complaints.ts";
import { addressLine, type Started, start } from "../door/process.ts";

export type LivePage = {
  readonly tare: Started;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the console, the page and its policy complained about. */
  readonly wrong: string[];
  close(): Promise<void>;
};

/** Starts Tare at the browser door on this machine, and opens its page in a real Chromium. */
export async function openLive(
  more: readonly string[] = [],
  options: BrowserContextOptions = {},
): Promise<LivePage> {
  const tare = start(["--web", "--no-open", ...more]);
  let browser: Browser | null = null;
  const close = async () => {
    await browser?.close();
    await tare.end();
  };
  try {
    browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args });
    const context = await browser.newContext({
      locale: "en-US",
      viewport: { width: 1440, height: 900 },
      reducedMotion: "reduce",
      ...options,
    });
    const page = await context.newPage();
    // A busy machine is slow, not wrong.
    page.setDefaultTimeout(20_000);
    const wrong = await complaintsOf(page);
    await page.goto((await tare.said(addressLine))[1] ?? "");
    return { tare, context, page, wrong, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Narrows the list to what this test made: others' containers may run on the machine, and far rows are not drawn. */
export async function findOnly(page: Page, text: string): Promise<void> {
  await page.locator(".find input").waitFor();
  await page.keyboard.press("/");
  await page.locator(".find input:focus").waitFor();
  await page.keyboard.type(text);
  await page.keyboard.press("Tab");
}

/** The row of an instance by its whole id. */
export const rowOf = (page: Page, id: string) => page.locator(`tr[data-key="${id}"]`);

/** Polls with a deadline that a busy machine keeps, too. */
export const soon = (look: () => unknown): ReturnType<typeof expect.poll> =>
  expect.poll(look, { timeout: 20_000, interval: 50 });
