import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { leanDockerode } from "../../renderer/vite.config.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Bundles the benchmark as the app itself is bundled, so that what is measured is what runs. */
export default defineConfig({
  root: here,
  plugins: [{ ...leanDockerode, applyToEnvironment: () => true }],
  ssr: {
    noExternal: true,
    external: ["electron", "node-sqlite3-wasm", "systeminformation", "playwright", "ws"],
  },
  build: {
    ssr: true,
    outDir: `${here}../../dist/bench`,
    emptyOutDir: true,
    target: "node20.19",
    minify: false,
    copyPublicDir: false,
    rolldownOptions: {
      input: `${here}main.ts`,
      external: [/^node:/, ...builtinModules],
      output: { format: "es", entryFileNames: "[name].js" },
    },
  },
});
