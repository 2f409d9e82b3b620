// Builds Tare when its sources are not those that dist/ was built from.
// biome-ignore lint/style/noRestrictedImports: nothing is built yet, so machine/spawn.ts is not there to be used.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const top = fileURLToPath(new URL("../..", import.meta.url));
const dist = join(top, "dist");
const stamp = join(dist, ".stamp");
/** What the sources looked like when they were last found to be those of the stamp. */
const seen = join(dist, ".seen");
/** What a build is made of. */
const sources = ["assets", "electron", "renderer", "shared"];
const lock = join(dist, ".building");

/** The files that a build is made of, below `top`, in order. */
const files = () => [
  "package.json",
  "package-lock.json",
  ...sources
    .filter((name) => existsSync(join(top, name)))
    .flatMap((folder) =>
      readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(top.length))
        .sort(),
    ),
];

/**
 * One line for what the sources hold. By content, not by time: a copy, a checkout or an archive gives files new times or
 * old ones, and a read-only copy of a built tree must start.
 */
function fingerprint() {
  const hash = createHash("sha256");
  for (const path of files()) hash.update(`${path}\n`).update(readFileSync(join(top, path)));
  return hash.digest("hex");
}

/**
 * One line for how the sources stand on this disk: each file's inode, size, and when the system saw it changed, which nobody
 * can set. Takes a fifth of the time; who looks the same holds the same. null: one was changed just now, so that another
 * change may yet fall into the same moment.
 */
function looks() {
  const hash = createHash("sha256");
  let newest = 0;
  for (const path of files()) {
    const { ino, size, mtimeMs, ctimeMs } = statSync(join(top, path));
    newest = Math.max(newest, ctimeMs);
    hash.update(`${path}\n${ino} ${size} ${mtimeMs} ${ctimeMs}\n`);
  }
  return newest > Date.now() - settled ? null : hash.digest("hex");
}
/** ms. Two changes nearer than a clock's step have one time; FAT's step is 2 s. */
const settled = 3_000;

const isCurrent = () => {
  try {
    const stamped = readFileSync(stamp, "utf8");
    const now = looks();
    const known = now === null ? null : `${stamped} ${now}`;
    if (known !== null && known === textOf(seen)) return true;
    if (stamped !== fingerprint()) return false;
    if (known !== null) remember(known);
    return true;
  } catch {
    return false;
  }
};

function textOf(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function remember(known) {
  try {
    writeFileSync(seen, known);
  } catch {
    // a read-only copy looks at the content each time
  }
}

/** Does nothing when dist/ is current; else builds, or ends the process with the reason in one line. */
export async function build() {
  // A package holds no sources: what it was built with is what there is.
  if (!existsSync(join(top, "renderer")) || isCurrent()) return;
  try {
    accessSync(top, constants.W_OK);
    mkdirSync(dist, { recursive: true });
    await takeTurns();
  } catch (error) {
    console.error(
      `Tare is not built, and ${dist} can't be written (${error.code}): npm run build, as its owner.`,
    );
    process.exit(2);
  }
  process.once("exit", release);
  if (!isCurrent()) await runVite();
  release();
  process.off("exit", release);
}

async function runVite() {
  const built = fingerprint();
  // In a process of its own: the bundler would leave 400 MB behind in ours. Under vitest NODE_ENV is 'test', which would
  // build React for development. Its stdout is our stderr: ours is read by programs.
  const vite = join(dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");
  const child = spawn(
    process.execPath,
    [vite, "build", "--app", "-c", join(top, "renderer/vite.config.ts"), "--logLevel", "error"],
    { cwd: top, stdio: ["ignore", 2, 2], env: { ...process.env, NODE_ENV: "production" } },
  );
  const code = await new Promise((done) => child.on("exit", done));
  if (code !== 0) process.exit(code ?? 1);
  writeFileSync(stamp, built);
}

/** Two starts at once must not build into one folder: the second waits, as long as the first one lives. */
async function takeTurns() {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (!isAlive(builder())) rmSync(lock, { force: true });
    else await new Promise((again) => setTimeout(again, 100));
  }
}

const builder = () => {
  try {
    return Number(readFileSync(lock, "utf8"));
  } catch {
    return 0;
  }
};

const isAlive = (pid) => {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
};

const release = () => {
  if (builder() === process.pid) rmSync(lock, { force: true });
};
