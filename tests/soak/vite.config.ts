import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { leanDockerode } from "../../renderer/vite.config.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Bundles the soak as the app itself is bundled, so that what is soaked is what runs. */
export default defineConfig({
  root: here,
  plugins: [{ ...leanDockerode, applyToEnvironment: () => true }],
  ssr: { noExternal: true, external: ["node-sqlite3-wasm", "systeminformation"] },
  build: {
    ssr: true,
    outDir: `${here}../../dist/soak`,
    emptyOutDir: true,
    target: "node20.19",
    minify: false,
    copyPublicDir: false,
    rolldownOptions: {
      input: [`${here}main.ts`, `${here}back-end.ts`],
      external: [/^node:/, ...builtinModules],
      output: { format: "es", entryFileNames: "[name].js" },
    },
  },
});
