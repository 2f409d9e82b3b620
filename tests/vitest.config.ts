import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { args, executablePath } from "./browser.ts";
import { long } from "./long.ts";

if (!executablePath) {
  const missing =
    "No Chromium or Chrome here: the ui and e2e tests are left out (npm run setup:engines, or set TARE_BROWSER).";
  if (process.env.TARE_NO_SKIP === "1") throw new Error(missing);
  console.warn(missing);
}
/** Icons that the page takes, one module each. */
const icons = [
  "check",
  "chevron-down",
  "chevron-right",
  "chevron-up",
  "copy",
  "ellipsis",
  "lock-keyhole",
  "pause",
  "play",
  "plug",
  "search",
  "settings-2",
  "sheet",
  "unplug",
  "x",
  "zoom-in",
];
const pictures = process.env.TARE_PICTURES === "1";
/** What takes minutes, and guards what changes seldom: with TARE_LONG=1 (npm run soak:faults). */
const exclude = long ? [] : ["**/*.long.test.ts"];
const root = fileURLToPath(new URL("..", import.meta.url));
export default defineConfig({
  test: {
    root,
    projects: [
      // One project after the other: real engines, browsers and 2 cores don't go well together.
      {
        root,
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.ts"],
          testTimeout: 20_000,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        root,
        test: {
          name: "engines",
          include: ["tests/engines/**/*.test.ts"],
          exclude,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          // Real daemons on a machine that others use too: what fails twice is broken.
          retry: 1,
          sequence: { groupOrder: 1 },
        },
      },
      ...(executablePath
        ? [
            {
              root,
              plugins: [react()],
              // Known beforehand: a dependency that is found only while a test runs reloads the page under it.
              optimizeDeps: {
                include: [
                  "react",
                  "react/jsx-dev-runtime",
                  "react-dom/client",
                  "react-aria-components",
                  "@tanstack/react-virtual",
                  "zod/mini",
                  "zustand",
                  "zustand/middleware",
                  "axe-core",
                  ...icons.map((icon) => `lucide-react/icons/${icon}`),
                ],
              },
              test: {
                name: "ui",
                include: ["tests/ui/**/*.test.tsx"],
                // Pictures and nothing to judge: they are for `npm run pictures`.
                exclude: pictures ? [] : ["tests/ui/detail/screenshots.test.tsx"],
                env: { VITE_PICTURES: pictures ? "1" : "0" },
                testTimeout: 30_000,
                fileParallelism: false,
                sequence: { groupOrder: 2 },
                browser: {
                  enabled: true,
                  headless: true,
                  screenshotFailures: false,
                  provider: playwright({
                    launchOptions: { executablePath, args },
                    // Larger than any page under test, so that its pictures are not scaled down.
                    contextOptions: { viewport: { width: 1600, height: 1000 } },
                  }),
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
                retry: 1,
                sequence: { groupOrder: 3 },
              },
            },
          ]
        : []),
    ],
  },
});
