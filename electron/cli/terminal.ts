import { type Language, languageOf } from "../../shared/words/language.ts";
import { terminalWords } from "../../shared/words/terminal-words.ts";
import type { Words } from "../../shared/words/words.ts";

/** Where a command writes, and in which manner. */
export type Terminal = {
  /** A line of the result. */
  print(line: string): void;
  /** A line for people that is no result. */
  remark(line: string): void;
  /** Text as it is, e.g. to clear the screen. */
  write(text: string): void;
  /** Only on a terminal, and not where NO_COLOR says no (https://no-color.org). */
  readonly colour: boolean;
  /** true: a person looks at it, lines may be replaced. */
  readonly screen: boolean;
  /** Minutes east of UTC. */
  readonly offset: number;
  readonly say: Words["terminal"];
  readonly language: Language;
  /** What --lang asked for, for the page as well. */
  readonly pageLanguage: Language | null;
  /** Ends the command: Ctrl-C, nobody reads any more, or `end`. */
  readonly signal: AbortSignal;
};

/** The terminal that Tare was started in. `end` does what Ctrl-C does, for a reason of its own. */
export function thisTerminal(asked: Language | null): Terminal & { end(reason?: Error): void } {
  const { env, stdout, stderr } = process;
  const language = asked ?? languageOf(env.LC_ALL || env.LC_MESSAGES || env.LANG);
  const stop = new AbortController();
  const end = (reason?: Error) => stop.abort(reason);
  // SIGHUP: the terminal was closed. What was started ends as it does by Ctrl-C.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => end());
  // `tare watch | head`: nobody reads any more, which is no error. Remarks that nobody reads end nothing.
  stdout.on("error", () => end());
  stderr.on("error", () => undefined);
  return {
    print: (line) => void stdout.write(`${line}\n`),
    remark: (line) => void stderr.write(`${line}\n`),
    write: (text) => void stdout.write(text),
    colour: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb",
    screen: stdout.isTTY === true,
    offset: -new Date().getTimezoneOffset(),
    say: terminalWords[language].terminal,
    language,
    pageLanguage: asked,
    signal: stop.signal,
    end,
  };
}
