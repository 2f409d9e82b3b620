import { visible } from "../shared/format.ts";
import type { Millis } from "../shared/model/units.ts";
import type { Pipe } from "../shared/wire/pipe.ts";
import type { Language } from "../shared/words/language.ts";
import { terminalWords } from "../shared/words/terminal-words.ts";
import type { App, AppOptions } from "./app.ts";
import { pageFolder, sample, version } from "./machine/home.ts";
import { afterFault, OwnFault } from "./machine/own-fault.ts";
import { readPage } from "./web/assets.ts";
import { listenForLinks } from "./web/control.ts";
import { controlPlace, PlaceUnsafe } from "./web/control-place.ts";
import { DoorShut, whyShut } from "./web/door-shut.ts";
import type { Estate } from "./web/inheritance.ts";
import { refusals } from "./web/refusals.ts";
import { listen, type Server } from "./web/server.ts";
import { sessions } from "./web/session.ts";

export type WebOptions = {
  readonly app: { serve(pipe: Pipe): void };
  /** 0: one that is free. */
  readonly port: number;
  /** Opens the user's browser where there is one. */
  readonly open: boolean;
  /** One more origin under which the page is opened (through `ssh -L`): `http://127.0.0.1:<port>`. */
  readonly origin: string | null;
  readonly language: Language;
  /** The page's, where the user asked for one; null: what the browser asks for. */
  readonly pageLanguage: Language | null;
  /** Of the process that fell, in whose place this one opens the door; null: the user started it. */
  readonly estate: Estate | null;
  /** A line for stdout. The first is `Tare <version> <url>`, for programs to read. */
  print(line: string): void;
  /** A line for people, on stderr. */
  remark(line: string): void;
};

export type WebDoor = {
  /** Prints a new address: for a second window, or when the first was not used in time. */
  link(): void;
  /** A new address, for one who asks. */
  newAddress(): string;
  /** What another process needs to open this door in its place. */
  estate(): Estate;
  close(): Promise<void>;
};

/** The browser door: serves the built page on 127.0.0.1 and prints its address. Rejects with DoorShut. */
export async function startWeb(options: WebOptions): Promise<WebDoor> {
  const { app, open, origin, language, pageLanguage, estate, print, remark } = options;
  const port = estate?.port ?? options.port;
  const say = terminalWords[language].doors;
  const stop = new AbortController();
  const entry = sessions(() => performance.now(), estate?.sessions);
  const refused = refusals(
    (count, rules) => remark(say.refused({ count, rules: rules.join(", ") })),
    stop.signal,
  );
  if (origin !== null && !exactOrigin.test(origin))
    throw new DoorShut(say.badOrigin({ value: visible(origin) }));
  const page = read(say.pageMissing, pageLanguage);
  const server = await listen({
    page,
    sessions: entry,
    port,
    origin,
    serve: (pipe) => app.serve(pipe),
    refused,
  }).catch((error: NodeJS.ErrnoException) => {
    throw new DoorShut(whyShut(error, port, language));
  });
  const newAddress = () => addressOf(server, origin, entry.newToken());
  const link = () => {
    const url = newAddress();
    print(`Tare ${version} ${url}`);
    return url;
  };
  // Pages that were open come back by themselves: no address is wanted.
  if (estate) remark(say.backAgain);
  else {
    const url = link();
    // Loaded after the address is told: what starts programs takes its time.
    const opened = open && (await import("./web/open-browser.ts")).openBrowser(url, stop.signal);
    remark(opened ? say.opening : say.notOpening);
  }
  return {
    link,
    newAddress,
    estate: () => ({ port: server.port, sessions: entry.keep(), fell: Date.now() }),
    close() {
      stop.abort();
      return server.close();
    },
  };
}

/** The loopback under another port: nothing else is ever the page's address. */
const exactOrigin = /^http:\/\/127\.0\.0\.1:[1-9]\d{0,4}$/;

/** The token stands in the fragment, which no request, Referer or log ever holds. */
const addressOf = ({ port }: Server, origin: string | null, token: string): string =>
  `${origin ?? `http://127.0.0.1:${port}`}/#t=${token}`;

function read(missing: string, language: Language | null) {
  try {
    return readPage(pageFolder, language);
  } catch {
    throw new DoorShut(missing);
  }
}

/** Where the browser door says what it has to say, and when it ends: a terminal (cli/terminal.ts) is one. */
export type Surroundings = Pick<WebOptions, "language" | "pageLanguage" | "print" | "remark"> & {
  readonly signal: AbortSignal;
};

/** Lets `tare link` ask this one. Nothing of it is needed for the page: what is in its way is told, and that is all. */
async function openControl(
  { newAddress }: WebDoor,
  language: Language,
  remark: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const say = terminalWords[language].doors;
  const place = controlPlace();
  if (place === null) return;
  try {
    await listenForLinks(place, newAddress, signal);
  } catch (error) {
    if (error instanceof PlaceUnsafe) return remark(say.linkUnsafe({ path: visible(error.path) }));
    const cause = (error as NodeJS.ErrnoException).code ?? String(error);
    remark(say.linkImpossible({ path: visible(place.socket), cause }));
  }
}

/** ms. What the app has left to tidy up after an error of Tare's own, while nobody is served. */
const patience: Millis = 2_000;

/**
 * Runs the app behind the browser door until `signal` aborts. In a terminal, Enter prints a new address: one is good for
 * two minutes, and for one window. Rejects where it can't start, with a line for the user as message. Gives what another
 * process needs to take its place, where it was an error of Tare's own that ended it.
 * The address comes first, and all else is loaded while a browser opens it; but for a recording, which may not be playable.
 */
export async function runWeb(
  start: Pick<WebOptions, "port" | "open" | "origin" | "estate"> &
    Pick<AppOptions, "replay" | "dataDirectory">,
  { language, pageLanguage, print, remark, signal }: Surroundings,
): Promise<Estate | null> {
  const { port, open, origin, estate, replay, dataDirectory } = start;
  const begin = async (): Promise<App> => {
    const { startApp } = await import("./app.ts");
    return startApp({ version, replay, sample, services: false, dataDirectory, fell: estate?.fell ?? null });
  };
  const ended = new Promise<void>((end) => {
    signal.addEventListener("abort", () => end(), { once: true });
    if (signal.aborted) end();
  });
  let app: Promise<App> | null = null;
  let door: WebDoor | null = null;
  const serve = (pipe: Pipe) => void app?.then((one) => one.serve(pipe)).catch(() => pipe.close());
  try {
    if (replay !== null) app = begin();
    await app;
    door = await startWeb({
      port,
      open,
      origin,
      estate,
      app: { serve },
      language,
      pageLanguage,
      print,
      remark,
    });
    app ??= begin();
    // What falls while it begins may leave it without an end.
    await Promise.race([app, ended]);
    void openControl(door, language, remark, signal);
    if (process.stdin.isTTY) {
      remark(terminalWords[language].doors.newLink);
      process.stdin.on("data", door.link).unref();
    }
    await ended;
  } finally {
    // Another process may read the terminal from now on.
    if (process.stdin.isTTY) process.stdin.pause();
    await door?.close();
    const over = app?.then(
      (one) => one.stop(),
      () => undefined, // what it could not begin is thrown already
    );
    await Promise.race([over, afterFault(signal, patience)]);
  }
  return signal.reason instanceof OwnFault ? door.estate() : null;
}
