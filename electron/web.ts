import { visible } from "../shared/format.ts";
import type { Pipe } from "../shared/wire/pipe.ts";
import { type Language, words } from "../shared/words/words.ts";
import type { App, AppOptions } from "./app.ts";
import { pageFolder, sample, version } from "./machine/home.ts";
import { readPage } from "./web/assets.ts";
import { DoorShut, whyShut } from "./web/door-shut.ts";
import { openBrowser } from "./web/open-browser.ts";
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
  /** A line for stdout. The first is `Tare <version> <url>`, for programs to read. */
  print(line: string): void;
  /** A line for people, on stderr. */
  remark(line: string): void;
};

export type WebDoor = {
  /** The address with its one-time token, as printed. */
  readonly url: string;
  /** Prints a new address: for a second window, or when the first was not used in time. */
  link(): string;
  close(): Promise<void>;
};

/** The browser door: serves the built page on 127.0.0.1 and prints its address. Rejects with DoorShut. */
export async function startWeb(options: WebOptions): Promise<WebDoor> {
  const { app, port, open, origin, language, pageLanguage, print, remark } = options;
  const say = words[language].doors;
  const stop = new AbortController();
  const entry = sessions(() => performance.now());
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
  const link = () => {
    const url = addressOf(server, origin, entry.newToken());
    print(`Tare ${version} ${url}`);
    return url;
  };
  const url = link();
  remark(open && openBrowser(url, stop.signal) ? say.opening : say.notOpening);
  return {
    url,
    link,
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

/**
 * Runs the app behind the browser door until `signal` aborts. In a terminal, Enter prints a new address: one is good for
 * two minutes, and for one window. Rejects where it can't start, with a line for the user as message.
 * The address comes first, and all else is loaded while a browser opens it; but for a recording, which may not be playable.
 */
export async function runWeb(
  start: Pick<WebOptions, "port" | "open" | "origin"> & Pick<AppOptions, "replay" | "dataDirectory">,
  { language, pageLanguage, print, remark, signal }: Surroundings,
): Promise<void> {
  const { port, open, origin, replay, dataDirectory } = start;
  const begin = async (): Promise<App> => {
    const { startApp } = await import("./app.ts");
    return startApp({ version, replay, sample, services: false, dataDirectory });
  };
  let app: Promise<App> | null = null;
  let door: WebDoor | null = null;
  const serve = (pipe: Pipe) => void app?.then((one) => one.serve(pipe)).catch(() => pipe.close());
  try {
    if (replay !== null) app = begin();
    await app;
    door = await startWeb({ port, open, origin, app: { serve }, language, pageLanguage, print, remark });
    app ??= begin();
    await app;
    if (process.stdin.isTTY) {
      remark(words[language].doors.newLink);
      process.stdin.on("data", door.link).unref();
    }
    if (!signal.aborted) await new Promise((end) => signal.addEventListener("abort", end, { once: true }));
  } finally {
    await door?.close();
    await app?.then(
      (one) => one.stop(),
      () => undefined, // what it could not begin is thrown already
    );
  }
}
