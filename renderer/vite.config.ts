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
/** The module that draws the page: main.ts fetches it while the way to the machine is opened. */
const drawn = `${top}renderer/page.tsx`;
type Graph = { getModuleInfo(id: string): { readonly importers: readonly string[] } | null };
/**
 * Whether `id` is in every page from the start. All of that goes into one file: for each more a page would wait its turn at a
 * back end that is still starting.
 */
function isOfFirstPage(id: string, graph: Graph, asked = new Set<string>()): boolean {
  if (id === drawn) return true;
  if (asked.has(id) || id.endsWith("/renderer/main.ts")) return false;
  asked.add(id);
  return graph.getModuleInfo(id)?.importers.some((one) => isOfFirstPage(one, graph, asked)) ?? false;
}
/** main.ts's own: it must not wait for the page. */
const ofMain = (id: string) => /renderer\/connect\.ts$|^\0/.test(id);
/** What main.ts is too small to wait for: the browser asks for the page's one file and its styles with main.ts itself. */
const firstPage: Plugin = {
  name: "first-page",
  transformIndexHtml: {
    order: "post",
    handler(_, { bundle = {} }) {
      const entry = Object.values(bundle).find((one) => one.type === "chunk" && one.facadeModuleId === drawn);
      if (entry?.type !== "chunk") return [];
      const files = [entry.fileName, ...entry.imports];
      const styles = files.flatMap((name) => {
        const chunk = bundle[name];
        return chunk?.type === "chunk" ? [...(chunk.viteMetadata?.importedCss ?? [])] : [];
      });
      const link = (href: string, attrs: Record<string, string>) => ({
        tag: "link",
        attrs: { ...attrs, crossorigin: "", href: `./${href}`, nonce: "CSP_NONCE" },
      });
      return [
        ...files.map((href) => link(href, { rel: "modulepreload" })),
        ...styles.map((href) => link(href, { rel: "preload", as: "style" })),
      ];
    },
  },
};
export default defineConfig({
  root: `${top}renderer`,
  base: "./",
  publicDir: `${top}assets`,
  plugins: [react(), leanDockerode, firstPage],
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
    client: {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              includeDependenciesRecursively: false,
              groups: [{ name: (id, graph) => (ofMain(id) || !isOfFirstPage(id, graph) ? null : "page") }],
            },
          },
        },
      },
    },
    node: node(["main", "web", "cli", "cli/args"], "es", "js"),
    preload: node(["preload"], "cjs", "cjs", false),
  },
});
