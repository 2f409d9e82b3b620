// biome-ignore-all lint/correctness/noNodejsModules: this runs in Node, at build time; no page imports it.
import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type EnvironmentOptions, type Plugin } from "vite";

const top = fileURLToPath(new URL("..", import.meta.url));
// node-sqlite3-wasm reads its .wasm beside itself; Electron never loads it.
const external = ["electron", "node-sqlite3-wasm", /^node:/, ...builtinModules];
const node = (
  entries: string[],
  format: "es" | "cjs",
  ext: string,
  license: boolean | { fileName: string } = { fileName: "licenses.md" },
): EnvironmentOptions => ({
  consumer: "server",
  resolve: { noExternal: true, external: ["electron", "node-sqlite3-wasm"] },
  build: {
    ssr: true,
    outDir: `${top}dist/electron`,
    emptyOutDir: false,
    target: "node20.19",
    minify: false,
    sourcemap: true,
    copyPublicDir: false,
    license,
    rolldownOptions: {
      input: entries.map((e) => `${top}electron/${e}.ts`),
      external,
      output: { format, entryFileNames: `[name].${ext}`, chunkFileNames: `[name].${ext}` },
    },
  },
});
/** dockerode loads gRPC, protobuf and ssh2 at start (235 ms, 26 MB); only BuildKit builds and its ssh agent use them. */
export const leanDockerode: Plugin = {
  name: "lean-dockerode",
  enforce: "pre",
  applyToEnvironment: (e) => e.name === "node",
  resolveId: (id) => (/^(ssh2|@grpc\/(grpc-js|proto-loader)|protobufjs)$/.test(id) ? "\0absent" : undefined),
  load: (id) => (id === "\0absent" ? "export {}" : undefined),
};
export default defineConfig({
  root: `${top}renderer`,
  base: "./",
  publicDir: `${top}assets`,
  plugins: [react(), leanDockerode],
  build: {
    outDir: `${top}dist/page`,
    emptyOutDir: true,
    target: "chrome130",
    license: { fileName: "licenses.md" },
    reportCompressedSize: true,
  },
  builder: {},
  html: { cspNonce: "CSP_NONCE" },
  environments: {
    client: {},
    node: node(["main", "web", "cli", "cli/args"], "es", "js"),
    preload: node(["preload"], "cjs", "cjs", false),
  },
});
