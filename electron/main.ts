import { app, type BrowserWindow, protocol, session } from "electron";
import type { Millis } from "../shared/model/units.ts";
import { languageOf } from "../shared/words/language.ts";
import { words } from "../shared/words/words.ts";
import { type App, startApp } from "./app.ts";
import type { Question } from "./changes/question.ts";
import { parseCommand } from "./cli/args.ts";
import { confirmIn } from "./desktop/confirm.ts";
import { notify } from "./desktop/notify.ts";
import { declareScheme, servePage } from "./desktop/protocol.ts";
import { secureContents, secureSession } from "./desktop/security.ts";
import { lookAt, openWindow, raise } from "./desktop/window.ts";
import { pageFolder, sample, version } from "./machine/home.ts";
import { faultCode, type OwnFault, onOwnFault } from "./machine/own-fault.ts";
import { readPage } from "./web/assets.ts";

/** ms. What is left to tidy up after an error of Tare's own. */
const patience: Millis = 2_000;
let running: App | null = null;
onOwnFault(fall);

// The Electron door. Order matters: scheme and sandbox before Electron is ready, the session before the first window.
declareScheme();
app.enableSandbox();
if (app.requestSingleInstanceLock()) void app.whenReady().then(start).catch(refuse);
else app.quit();

async function start(): Promise<void> {
  app.on("web-contents-created", (_event, contents) => secureContents(contents));
  secureSession(session.defaultSession, !app.isPackaged);
  const asked = parseCommand(process.argv.slice(app.isPackaged ? 1 : 2));
  servePage(protocol, readPage(pageFolder, asked.language));

  const tare = await startApp({
    version,
    replay: recording(asked),
    sample,
    services: false,
    dataDirectory: asked.dataDirectory,
    // Set by start.mjs, which starts the one that fell again.
    fell: Number(process.env.TARE_FELL) || null,
  });
  running = tare;
  app.on("before-quit", (event) => leave(event, tare));
  app.on("window-all-closed", () => app.quit());
  const say = words[asked.language ?? languageOf(app.getLocale())];
  const window: BrowserWindow = openWindow((pipe) => tare.serve(pipe, door), {
    unpackaged: !app.isPackaged,
    // start.mjs waits for this, and opens the browser where it doesn't come.
    onReady: () => process.send?.("ready"),
  });
  const door = { confirm: (question: Question) => confirmIn(window, question, say) };
  // Whoever looks at the page sees it there.
  tare.alerts((alerts) => {
    if (!window.isDestroyed() && !window.isFocused())
      notify(alerts, say, (instance) => lookAt(window, instance));
  });
  // A second start shows the window of the first.
  app.on("second-instance", () => raise(window));
}

let left = false;
/** Quits when nothing is left of what Tare started: a race has a VM and a container that must not outlive it. */
function leave(event: { preventDefault(): void }, tare: App): void {
  if (left) return;
  event.preventDefault();
  void tare.stop().finally(() => {
    left = true;
    app.quit();
  });
}

/** Ends what Tare started, and then Tare, which start.mjs starts again. Electron's own answer would be a dialog, and to go on. */
function fall({ message }: OwnFault): void {
  process.stderr.write(`${words[languageOf(app.getLocale())].terminal.ownFault(message)}\n`);
  const late = new Promise((end) => setTimeout(end, patience));
  void Promise.race([running?.stop(), late]).finally(() => app.exit(faultCode));
}

/** Beside the language all that the window takes from the command line; start.mjs has refused what is wrong in it. */
function recording(asked: ReturnType<typeof parseCommand>): string | null {
  return "command" in asked && asked.command.name === "start" ? asked.command.replay : null;
}

/** What can't start in this door can't in another: start.mjs ends with exit code 2. */
function refuse(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  app.exit(2);
}
