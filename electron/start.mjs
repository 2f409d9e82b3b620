#!/usr/bin/env node
// Starts Tare: in Electron if that can run here, else in the browser; says which and why in one line.
import { spawn } from "node:child_process";
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const top = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);
const { values: flag } = parseArgs({
  options: { web: { type: "boolean" }, desktop: { type: "boolean" } },
  strict: false,
  allowPositionals: true,
});
const files = (dir) =>
  readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile())
    .map((e) => statSync(join(e.parentPath ?? e.path, e.name)));

/** Builds when a source is newer than the last build. */
async function build() {
  const stamp = join(top, "dist/.stamp");
  const newest = Math.max(
    statSync(join(top, "package.json")).mtimeMs,
    ...["electron", "renderer", "shared", "assets"].flatMap((d) => files(join(top, d)).map((f) => f.mtimeMs)),
  );
  if (existsSync(stamp) && Number(readFileSync(stamp, "utf8")) >= newest) return;
  // In a process of its own: the bundler would leave 400 MB behind in ours; and under vitest NODE_ENV is 'test', which builds React for development.
  const vite = join(dirname(require.resolve("vite/package.json")), "bin/vite.js");
  const child = spawn(
    process.execPath,
    [vite, "build", "--app", "-c", join(top, "renderer/vite.config.ts"), "--logLevel", "error"],
    { cwd: top, stdio: "inherit", env: { ...process.env, NODE_ENV: "production" } },
  );
  const code = await new Promise((done) => child.on("exit", done));
  if (code !== 0) process.exit(code ?? 1);
  writeFileSync(stamp, String(newest));
}

/** Gatekeeper and Defender look at a new program for a while. */
const patience = process.platform === "linux" ? 20_000 : 60_000;
const rel =
  { darwin: "Electron.app/Contents/MacOS/Electron", win32: "electron.exe" }[process.platform] ?? "electron";
/** The binary as electron/install.js judges it (whole, of this version), or the one that the user points at. */
function binary(home) {
  const over = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  try {
    if (
      !over &&
      (readFileSync(join(home, "dist/version"), "utf8").replace(/^v/, "") !==
        require("electron/package.json").version ||
        readFileSync(join(home, "path.txt"), "utf8") !== rel)
    )
      return null;
    const path = join(over ?? join(home, "dist"), rel);
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return null;
  }
}
/** Runs Electron's own installer in a temporary folder of ours, so that we see it grow; gives up when it stands still. */
async function fetchBinary(home) {
  const tmp = mkdtempSync(join(tmpdir(), "tare-electron-"));
  const child = spawn(process.execPath, [join(home, "install.js")], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, TMPDIR: tmp, TEMP: tmp, TMP: tmp, ELECTRON_GET_NO_PROGRESS: "1" },
  });
  let last = 0,
    still = 0,
    err = "";
  child.stderr.on("data", (d) => {
    err += d;
  });
  const timer = setInterval(() => {
    let n = last;
    try {
      n = files(tmp).reduce((s, f) => s + f.size, 0);
    } catch {
      /* a file moved under us */
    }
    still = n === last ? still + 1 : 0;
    last = n;
    if (process.stdout.isTTY) process.stdout.write(`\r${(n / 1e6).toFixed(0)} MB `);
    if (still > 15) child.kill("SIGKILL");
  }, 1000);
  const code = await new Promise((done) => {
    child.on("exit", done);
    child.on("error", done);
  });
  clearInterval(timer);
  rmSync(tmp, { recursive: true, force: true });
  return code === 0
    ? null
    : still > 15
      ? "it stood still for 15 s"
      : (/^\w*Error: .*/m.exec(err)?.[0] ?? `exit code ${code}`);
}
/** Why Electron can't run here; where it can, this process ends with it. */
async function desktop() {
  if (process.platform === "linux") {
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return "there is no display";
    if (process.getuid() === 0) return "Electron does not run as root";
  }
  const home = dirname(require.resolve("electron/package.json"));
  let path = binary(home);
  if (!path) {
    if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD || process.env.ELECTRON_OVERRIDE_DIST_PATH)
      return "Electron's binary is not here";
    const site =
      process.env.ELECTRON_MIRROR ??
      process.env.npm_config_electron_mirror ??
      "https://github.com/electron/electron/releases/download/";
    const answers = await Promise.race([
      fetch(site, { method: "HEAD", redirect: "manual" }).then(
        () => true,
        () => false,
      ),
      new Promise((r) => setTimeout(r, 3000, false)),
    ]);
    if (!answers) return "Electron's binary is not here and its download site does not answer";
    console.log("Fetching Electron's binary, once, about 120 MB ...");
    const why = await fetchBinary(home);
    path = binary(home);
    if (!path) return `Electron's binary could not be fetched (${why})`;
  }
  const env = { ...process.env };
  delete env.ELECTRON_RUN_AS_NODE;
  const child = spawn(path, [top, ...process.argv.slice(2)], {
    env,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  return new Promise((done) => {
    let ready = false;
    const late = setTimeout(() => {
      if (!ready) {
        done(`Electron showed no window in ${patience / 1000} s`);
        child.kill("SIGKILL");
      }
    }, patience);
    for (const s of ["SIGINT", "SIGTERM"])
      process.on(s, () =>
        child.exitCode === null && child.signalCode === null ? child.kill(s) : process.exit(130),
      );
    child.on("message", (m) => {
      if (m === "ready") {
        ready = true;
        clearTimeout(late);
        console.log("Tare runs in Electron.");
      }
    });
    child.on("error", (e) => done(`Electron did not start (${e.message})`));
    child.on("exit", (code, sig) => {
      clearTimeout(late);
      if (ready || code === 0) process.exit(code ?? 1);
      done(`Electron did not start (${sig ?? `exit code ${code}`})`);
    });
  });
}
await build();
const why = flag.web ? "--web was asked for" : await desktop();
if (flag.desktop) {
  console.error(`Tare can't run in Electron: ${why}.`);
  process.exit(1);
}
console.log(`Tare runs in the browser: ${why}.`);
await import("../dist/electron/web.js");
