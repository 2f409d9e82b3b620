import { visible } from "../shared/format.ts";
import type { Millis } from "../shared/model/units.ts";
import type { App } from "./app.ts";
import { type Asked, type Command, type Mistake, parseCommand } from "./cli/args.ts";
import { CannotGoOn } from "./cli/cannot-go-on.ts";
import { type Terminal, thisTerminal } from "./cli/terminal.ts";
import { RecordingRefused, refusalLine } from "./history/refused.ts";
import { troubleOfFile } from "./history/trouble-of-file.ts";
import { dataDirectory } from "./machine/data-directory.ts";
import { version } from "./machine/home.ts";
import { afterFault, faultCode, OwnFault, onOwnFault } from "./machine/own-fault.ts";
import { inheritance } from "./web/inheritance.ts";

/** ms. What a command has left to end in an orderly way after an error of Tare's own. */
const patience: Millis = 5_000;

/**
 * The terminal door. Exit codes: 0 done, 1 done in part, 2 it can't go on and has said why in one line, 70 an error of
 * Tare's own.
 */
async function run(
  asked: ReturnType<typeof parseCommand>,
  terminal: ReturnType<typeof thisTerminal>,
): Promise<number> {
  try {
    if ("mistake" in asked) throw new CannotGoOn(lineOf(asked, terminal));
    checkDirectory(asked, terminal);
    const { command, dataDirectory } = asked;
    const done = execute(command, dataDirectory, terminal);
    if (command.name === "start") return await done;
    const late = afterFault(terminal.signal, patience).then(() => faultCode);
    const code = await Promise.race([done, late]);
    return fell(terminal) ? faultCode : code;
  } catch (error) {
    terminal.remark(reason(error, terminal));
    return fell(terminal) ? faultCode : 2;
  }
}

/** The browser door, until it is ended; where it falls, another process takes its place, and this one sees to that. */
async function serve(
  command: Extract<Command, { name: "start" }> & Pick<Asked, "dataDirectory">,
  terminal: ReturnType<typeof thisTerminal>,
): Promise<number> {
  const { runWeb } = await import("./web.ts");
  const inherited = await inheritance(terminal.end);
  const estate = await runWeb({ ...command, estate: inherited?.estate ?? null }, terminal);
  if (estate === null) return fell(terminal) ? faultCode : 0;
  if (inherited) {
    await inherited.returnIt(estate);
    return faultCode;
  }
  const { succeed } = await import("./web/succession.ts");
  return succeed(process.argv.slice(2), estate, terminal);
}

const fell = ({ signal }: Terminal) => signal.reason instanceof OwnFault;

/** Each command's parts are loaded with it: none waits for another's. */
async function execute(
  command: Command,
  directory: string | null,
  terminal: ReturnType<typeof thisTerminal>,
): Promise<number> {
  switch (command.name) {
    case "start":
      return serve({ ...command, dataDirectory: directory }, terminal);
    case "help":
      terminal.print(terminal.say.help);
      return 0;
    case "version":
      terminal.print(version);
      return 0;
    case "list": {
      const { list } = await import("./cli/list.ts");
      return withApp(command.replay, (app) => list(app, { json: command.json, directory }, terminal));
    }
    case "watch": {
      const { watch } = await import("./cli/watch.ts");
      return withApp(command.replay, (app) => watch(app, { json: command.json, directory }, terminal));
    }
    case "doctor": {
      const { doctor } = await import("./cli/doctor.ts");
      return withApp(null, (app) => doctor(app, command.json, terminal));
    }
    case "check": {
      const { check } = await import("./cli/check.ts");
      return withApp(command.replay, (app) => check(app, command, version, terminal), directory);
    }
    case "record": {
      const { record } = await import("./cli/record.ts");
      return withApp(null, (app) => record(app, command, version, terminal));
    }
    case "race": {
      const { race } = await import("./cli/race.ts");
      return race(command, directory, terminal);
    }
    case "link": {
      const { link } = await import("./cli/link.ts");
      return link(terminal);
    }
    case "lab": {
      const { labDoctor } = await import("./cli/lab-doctor.ts");
      return labDoctor(command.json, directory, terminal);
    }
  }
}

/** A terminal shows this computer or the recording that was asked for, never the sample instead. */
async function withApp(
  replay: string | null,
  use: (app: App) => Promise<number>,
  dataDirectory: string | null = null,
): Promise<number> {
  const { startApp } = await import("./app.ts");
  const app = await startApp({ version, replay, sample: null, services: false, dataDirectory });
  try {
    return await use(app);
  } finally {
    await app.stop();
  }
}

/** A directory that the user named has to be usable; the default one is looked at by what needs it. */
function checkDirectory({ dataDirectory: given }: Asked, { say }: Terminal): void {
  if (given === null) return;
  try {
    dataDirectory(given);
  } catch (error) {
    throw new CannotGoOn(say.cannotUse(visible(given), troubleOfFile(error, given).code));
  }
}

function lineOf(wrong: Mistake, { say: { mistakes } }: Terminal): string {
  switch (wrong.mistake) {
    case "unknownFlag":
    case "unknownCommand":
    case "notOfCommand":
      return mistakes[wrong.mistake](visible(wrong.what), wrong.near);
    case "noValue":
    case "needsNoValue":
    case "tooMuch":
    case "badPort":
    case "badTime":
    case "badLanguage":
    case "badLab":
    case "badReadyPort":
    case "badPattern":
    case "badRuns":
    case "badWarmup":
    case "badMemory":
    case "badCpus":
    case "badKind":
    case "badSeverity":
      return mistakes[wrong.mistake](visible(wrong.what));
    case "bothShells":
    case "noFile":
    case "noImage":
    case "twoProbes":
    case "twoFormats":
      return mistakes[wrong.mistake];
  }
}

function reason(error: unknown, { language }: Terminal): string {
  if (error instanceof RecordingRefused) return refusalLine(error, language);
  return visible(error instanceof Error ? error.message : String(error), 1_000);
}

const asked = parseCommand(process.argv.slice(2));
const terminal = thisTerminal(asked.language);
onOwnFault((fault) => {
  terminal.remark(terminal.say.ownFault(fault.message));
  terminal.end(fault);
});
const code = await run(asked, terminal);
// Not by emptying the loop: an engine that is being left may take seconds to go. What was written goes out first.
process.stdout.write("", () => process.exit(code));
