import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BrowserContext, chromium, type Page } from "playwright";
import { args, executablePath } from "../browser.ts";

const top = fileURLToPath(new URL("../..", import.meta.url));

export type Running = { readonly url: string; readonly child: ChildProcess; readonly started: number };

/** Starts the built app at the browser door, as `npm start` does, and waits for its address. */
export async function startTare(...more: readonly string[]): Promise<Running> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(top, "electron/start.mjs"), "--web", "--no-open", ...more], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      const found = /^Tare \S+ (\S+)$/m.exec(out)?.[1];
      if (found) resolve(found);
    });
    child.once("exit", () => reject(new Error(`Tare ended before it told its address: ${out}`)));
  });
  return { url, child, started };
}

/** A Chromium with an empty profile; close() also removes it. */
export async function openBrowser(): Promise<{
  readonly context: BrowserContext;
  readonly page: Page;
  close(): Promise<void>;
}> {
  if (!executablePath) throw new Error("this part needs Chromium: npm run setup:engines");
  const profile = mkdtempSync(join(tmpdir(), "tare-bench-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: [...args],
    viewport: { width: 1280, height: 800 },
  });
  return {
    context,
    page: await context.newPage(),
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
