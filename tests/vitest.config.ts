import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { args, executablePath } from "./browser.ts";

if (!executablePath)
  console.warn("No Chromium or Chrome here: the ui and e2e tests are left out (set TARE_BROWSER).");
const root = fileURLToPath(new URL("..", import.meta.url));
export default defineConfig({
  test: {
    root,
    projects: [
      { root, test: { name: "unit", include: ["tests/unit/**/*.test.ts"] } },
      ...(executablePath
        ? [
            {
              root,
              plugins: [react()],
              test: {
                name: "ui",
                include: ["tests/ui/**/*.test.tsx"],
                browser: {
                  enabled: true,
                  headless: true,
                  screenshotFailures: false,
                  provider: playwright({ launchOptions: { executablePath, args } }),
                  instances: [{ browser: "chromium" as const }],
                },
              },
            },
            {
              root,
              test: {
                name: "e2e",
                include: ["tests/e2e/**/*.test.ts"],
                testTimeout: 30_000,
                hookTimeout: 60_000,
                fileParallelism: false,
              },
            },
          ]
        : []),
    ],
  },
});
