import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Millis } from "../../shared/model/units.ts";
import { launch } from "../machine/launch.ts";
import { findProgram } from "../machine/spawn.ts";

/** As long as the link in it is good. */
const kept: Millis = 120_000;

/** The program that opens a file in the user's browser; null: none here, or no display to show one. */
function opener(): { readonly path: string; readonly args: readonly string[] } | null {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY) return null;
  const [program, ...args] =
    process.platform === "win32"
      ? ["rundll32.exe", "url.dll,FileProtocolHandler"]
      : [process.platform === "darwin" ? "open" : "xdg-open"];
  const path = findProgram(program ?? "");
  return path === null ? null : { path, args };
}

/**
 * Opens the user's browser on `url` through a file of mode 0600 that leads there: an address on the command line would
 * show its token to every user of the machine. (Jupyter's way since 5.7.2.) false: there is nothing to open it with.
 * A browser that can't read the file (snap, WSL) shows an error; the address is on screen anyway.
 */
export function openBrowser(url: string, signal: AbortSignal): boolean {
  const found = opener();
  if (!found) return false;
  const folder = privateFolder();
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const file = join(folder, "open.html");
  writeFileSync(
    file,
    `<!doctype html><meta charset="utf-8"><title>Tare</title><meta http-equiv="refresh" content="0;url=${url}">`,
    { mode: 0o600, flag: "wx" },
  );
  setTimeout(remove, kept).unref();
  signal.addEventListener("abort", remove, { once: true });
  void launch(found.path, [...found.args, file]);
  return true;
}

/** A new folder of mode 0700, in memory and gone with the session where the system has such a place. */
function privateFolder(): string {
  try {
    return mkdtempSync(join(process.env.XDG_RUNTIME_DIR ?? tmpdir(), "tare-open-"));
  } catch {
    return mkdtempSync(join(tmpdir(), "tare-open-"));
  }
}
