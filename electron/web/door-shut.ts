import type { Language } from "../../shared/words/language.ts";
import { terminalWords } from "../../shared/words/terminal-words.ts";

/** Why the browser door can't open, said in the user's language; the program ends with exit code 2. */
export class DoorShut extends Error {}

/** Node's error of a port that could not be opened, as a line with its mend. */
export function whyShut({ code, message }: NodeJS.ErrnoException, port: number, language: Language): string {
  const say = terminalWords[language].doors;
  if (code === "EADDRINUSE") return say.portInUse({ port });
  if (code === "EACCES") return say.portDenied({ port });
  return say.cannotListen({ port, cause: message });
}
