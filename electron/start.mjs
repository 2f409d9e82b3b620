#!/usr/bin/env node
// Starts Tare: a command of the terminal, or the page in Electron if that can run here, else in the browser.
// Remarks go to stderr: stdout belongs to what programs read, `Tare <version> <url>` of the browser door first.
// Plain JavaScript, since nothing is built yet when it runs.
import { parseArgs } from "node:util";
import { build } from "./start/build.mjs";
import { desktop } from "./start/desktop.mjs";

const args = process.argv.slice(2);

/** The flags of the two doors with a page; null: there is anything else, which the terminal door answers (or refuses). */
function doorFlags() {
  const text = { type: "string" };
  const yes = { type: "boolean" };
  const options = {
    desktop: yes,
    web: yes,
    port: text,
    "no-open": yes,
    origin: text,
    replay: text,
    lang: text,
    "data-dir": text,
  };
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values;
  } catch {
    return null;
  }
}

const flags = doorFlags();
await build();
if (!flags) await import("../dist/electron/cli.js");
else {
  const why = flags.web ? null : await desktop(args);
  if (flags.desktop && !flags.web) {
    console.error(`Tare can't run in Electron: ${why}.`);
    process.exit(1);
  }
  if (why) console.error(`Tare runs in the browser: ${why}.`);
  const { runWeb } = await import("../dist/electron/web.js");
  await runWeb(args);
}
