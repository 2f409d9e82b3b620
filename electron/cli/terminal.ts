import { type Language, languageOf, type Words, words } from "../../shared/words/words.ts";

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
  /** Ends the command: Ctrl-C, or nobody reads any more. */
  readonly signal: AbortSignal;
};

/** The terminal that Tare was started in. */
export function thisTerminal(asked: Language | null): Terminal {
  const { env, stdout, stderr } = process;
  const language = asked ?? languageOf(env.LC_ALL || env.LC_MESSAGES || env.LANG);
  const stop = new AbortController();
  const end = () => stop.abort();
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  // The terminal was closed: what was started ends as it does by Ctrl-C.
  process.once("SIGHUP", end);
  // `tare watch | head`: nobody reads any more, which is no error.
  stdout.on("error", end);
  return {
    print: (line) => void stdout.write(`${line}\n`),
    remark: (line) => void stderr.write(`${line}\n`),
    write: (text) => void stdout.write(text),
    colour: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb",
    screen: stdout.isTTY === true,
    offset: -new Date().getTimezoneOffset(),
    say: words[language].terminal,
    language,
    pageLanguage: asked,
    signal: stop.signal,
  };
}
