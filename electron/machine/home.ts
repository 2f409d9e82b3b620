import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder that Tare is installed in: the nearest one above this module, built or not, that has a package.json. */
export const home: string = (function climb(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : climb(dirname(folder));
})(import.meta.dirname);

/** Tare's own version, as package.json says. */
export const version: string = (
  JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { version: string }
).version;

/** The built page. */
export const pageFolder: string = join(home, "dist/page");

const sampleAt = join(pageFolder, "sample.tare");
/** The recording that ships with Tare, where the build put it; null: this build has none. */
export const sample: string | null = existsSync(sampleAt) ? sampleAt : null;
