import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const top = fileURLToPath(new URL("..", import.meta.url));

/** Builds Tare where dist/ is not what the sources say, as `npm start` does; for tests that run what is built. */
export function built(): void {
  const script = `const { build } = await import("./electron/start/build.mjs"); await build();`;
  execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: top,
    stdio: ["ignore", "inherit", "inherit"],
  });
}
