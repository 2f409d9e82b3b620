// Electron's binary: found as electron/install.js judges it, or fetched in a bounded time.
// biome-ignore lint/style/noRestrictedImports: nothing is built yet, so machine/spawn.ts is not there to be used.
import { spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const inside =
  { darwin: "Electron.app/Contents/MacOS/Electron", win32: "electron.exe" }[process.platform] ?? "electron";
/** Its download site must answer so soon, and the download may stand still for so long. */
const answerWithin = 3_000;
const standstill = 15;

/** The folder of Electron's package; null: it is not installed (a production install has no such dependency). */
function packageFolder() {
  try {
    return dirname(require.resolve("electron/package.json"));
  } catch {
    return null;
  }
}

/** The binary: whole and of the package's version, or the one that the user points at. null: none that can run. */
function findBinary(folder) {
  const elsewhere = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const read = (name) => readFileSync(join(folder, name), "utf8");
  try {
    if (
      !elsewhere &&
      (read("dist/version").replace(/^v/, "") !== JSON.parse(read("package.json")).version ||
        read("path.txt") !== inside)
    )
      return null;
    const path = join(elsewhere ?? join(folder, "dist"), inside);
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return null;
  }
}

/** The binary's path, fetched if need be, or why there is none. */
export async function binary() {
  const folder = packageFolder();
  if (!folder) return { why: "Electron is not installed" };
  const found = findBinary(folder);
  if (found) return { path: found };
  if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD || process.env.ELECTRON_OVERRIDE_DIST_PATH)
    return { why: "Electron's binary is not here" };
  if (!(await siteAnswers()))
    return { why: "Electron's binary is not here and its download site does not answer" };
  console.error("Fetching Electron's binary, once, about 120 MB ...");
  const why = await fetchBinary(folder);
  const path = findBinary(folder);
  return path ? { path } : { why: `Electron's binary could not be fetched (${why ?? "it is not whole"})` };
}

/** Asked by a race with a timer: a name server that says nothing would hold a fetch for ten seconds. */
function siteAnswers() {
  const site =
    process.env.ELECTRON_MIRROR ??
    process.env.npm_config_electron_mirror ??
    "https://github.com/electron/electron/releases/download/";
  return Promise.race([
    fetch(site, { method: "HEAD", redirect: "manual" }).then(
      () => true,
      () => false,
    ),
    new Promise((late) => setTimeout(late, answerWithin, false)),
  ]);
}

/** Runs Electron's own installer in a temporary folder of ours, to see it grow. null: done; else why not. */
async function fetchBinary(folder) {
  const own = mkdtempSync(join(tmpdir(), "tare-electron-"));
  const child = spawn(process.execPath, [join(folder, "install.js")], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, TMPDIR: own, TEMP: own, TMP: own, ELECTRON_GET_NO_PROGRESS: "1" },
  });
  let last = 0;
  let still = 0;
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  const timer = setInterval(() => {
    const size = sizeOf(own) ?? last;
    still = size === last ? still + 1 : 0;
    last = size;
    if (process.stderr.isTTY) process.stderr.write(`\r${Math.round(size / 1e6)} MB `);
    if (still > standstill) child.kill("SIGKILL");
  }, 1000);
  const code = await new Promise((done) => {
    child.on("exit", done);
    child.on("error", done);
  });
  clearInterval(timer);
  rmSync(own, { recursive: true, force: true });
  if (code === 0) return null;
  if (still > standstill) return `it stood still for ${standstill} s`;
  return /^\w*Error: .*/m.exec(said)?.[0] ?? `exit code ${code}`;
}

/** Bytes of all files in `folder`; null: one moved away meanwhile. */
function sizeOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath ?? entry.path, entry.name)).size, 0);
  } catch {
    return null;
  }
}
