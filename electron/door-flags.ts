import { parseArgs } from "node:util";
import { type Language, languageOf, words } from "../shared/words/words.ts";

/** What both doors with a page take from the command line. */
export type DoorFlags = {
  /** 0: one that is free. */
  readonly port: number;
  readonly open: boolean;
  readonly origin: string | null;
  readonly replay: string | null;
  readonly language: Language;
};

/** A flag that can't be right; its message is a line for the user, with the mend. */
export class FlagRefused extends Error {}

/**
 * The flags of `npm start`. Unknown ones never come here (start.mjs gives them to the terminal door), but for those that
 * Electron itself adds, which are passed over. `wanted` is the language that the system asks for. Throws FlagRefused.
 */
export function doorFlags(args: readonly string[], wanted: string | undefined): DoorFlags {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      port: { type: "string" },
      "no-open": { type: "boolean" },
      origin: { type: "string" },
      replay: { type: "string" },
      lang: { type: "string" },
    },
  });
  const language = languageOf(typeof values.lang === "string" ? values.lang : wanted);
  const say = words[language].doors;
  const refuse = (line: string): never => {
    throw new FlagRefused(line);
  };
  const text = (name: "port" | "origin" | "replay") =>
    typeof values[name] === "string" ? values[name] : null;

  if (values.lang !== undefined && values.lang !== "en" && values.lang !== "ko")
    return refuse(say.badLanguage({ value: String(values.lang) }));
  const port = text("port");
  if (port !== null && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535))
    return refuse(say.badPort({ value: port }));
  const origin = text("origin");
  if (origin !== null && !/^http:\/\/127\.0\.0\.1:[1-9]\d{0,4}$/.test(origin))
    return refuse(say.badOrigin({ value: origin }));
  return {
    port: Number(port ?? 0),
    open: values["no-open"] !== true,
    origin,
    replay: text("replay"),
    language,
  };
}
