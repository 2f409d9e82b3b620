#!/usr/bin/env node
// Starts Tare: a command of the terminal, or the page in Electron if that can run here, else in the browser.
// Remarks go to stderr: stdout belongs to what programs read, `Tare <version> <url>` of the browser door first.
// Plain JavaScript, since nothing is built yet when it runs.
import { setFlagsFromString } from "node:v8";
import { build } from "./start/build.mjs";
import { desktop } from "./start/desktop.mjs";

const args = process.argv.slice(2);
await build();
// New objects live for a tick, and few survive it: a young generation of 2 MiB does, where V8 would let it grow to 48.
// With 300 instances that is 25 MiB less, at no CPU that could be measured.
setFlagsFromString("--semi-space-growth-factor=1");
const { parseCommand } = await import("../dist/electron/args.js");
const { command } = parseCommand(args);
// A command of the terminal, or what nobody understands: the terminal door says so.
if (command?.name === "start" && command.shell !== "web") {
  const why = await desktop(args);
  if (command.shell === "desktop") {
    console.error(`Tare can't run in Electron: ${why}.`);
    process.exit(1);
  }
  console.error(`Tare runs in the browser: ${why}.`);
}
await import("../dist/electron/cli.js");
