// Runs Tare in Electron, and says why where that can't be.
// biome-ignore lint/style/noRestrictedImports: nothing is built yet, so machine/spawn.ts is not there to be used.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { binary } from "./binary.mjs";

const top = fileURLToPath(new URL("../..", import.meta.url));
/** How long a window may take. Gatekeeper and Defender look at a new program for a while. */
const patience =
  Number(process.env.TARE_ELECTRON_PATIENCE) || (process.platform === "linux" ? 20_000 : 60_000);
/** Exit code of a main process that can't start whatever the door: a recording that can't be played, a wrong flag. */
const hopeless = 2;
/** Exit code of one that fell over an error of its own: it is started again, so often within so many ms. */
const fallen = 70;
const mostStarts = 3;
const within = 60_000;

/** Why Electron can't run here; where it can, this process ends with it. */
export async function desktop(args) {
  if (process.platform === "linux") {
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return "there is no display";
    // Never with --no-sandbox, which is what Electron would want of root.
    if (process.getuid() === 0) return "Electron does not run as root";
  }
  const { path, why } = await binary();
  return path ? await run(path, args) : why;
}

/** The binary itself, not electron's cli.js, which swallows the channel on which the window says that it is there. */
function run(path, args) {
  const env = { ...process.env };
  delete env.ELECTRON_RUN_AS_NODE;
  let child;
  const pass = (signal) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  };
  process.on("SIGINT", pass);
  process.on("SIGTERM", pass);
  return new Promise((done) => {
    let ready = false;
    let falls = [];
    const giveUp = (why) => {
      process.off("SIGINT", pass);
      process.off("SIGTERM", pass);
      done(why);
    };
    const open = () => {
      child = spawn(path, [top, ...args], { env, stdio: ["inherit", "inherit", "inherit", "ipc"] });
      let late = setTimeout(() => {
        late = null;
        child.kill("SIGKILL");
        giveUp(`Electron showed no window in ${patience / 1000} s`);
      }, patience);
      child.on("message", (message) => {
        if (message !== "ready") return;
        clearTimeout(late);
        if (!ready) console.error("Tare runs in Electron.");
        ready = true;
      });
      child.on("error", ({ message }) => {
        clearTimeout(late);
        giveUp(`Electron did not start (${message})`);
      });
      child.on("exit", (code, signal) => {
        clearTimeout(late);
        if (late === null) return;
        if (ready && code === fallen) {
          const now = Date.now();
          falls = [...falls.filter((at) => now - at < within), now];
          if (falls.length <= mostStarts) {
            // The page says so (main.ts).
            env.TARE_FELL = String(now);
            return open();
          }
        }
        if (ready || code === 0 || code === hopeless) process.exit(code ?? 1);
        if (signal === "SIGINT" || signal === "SIGTERM") process.exit(130);
        giveUp(`Electron did not start (${signal ?? `exit code ${code}`})`);
      });
    };
    open();
  });
}
