import { useState } from "react";
import { visible } from "../../../shared/format.ts";
import type { SettingsPatch } from "../../../shared/model/settings.ts";
import type { Words } from "../../../shared/words/words.ts";
import { changeSettings, type SettingsRefused } from "../../state/settings.ts";
import { useWords } from "../../state/words.ts";

/** Changes settings from one row, which tells why where it is refused. `setWrong`: what the row itself refuses. */
export function useSetting() {
  const words = useWords().settings;
  const [wrong, setWrong] = useState<string | null>(null);
  const set = async (patch: SettingsPatch): Promise<boolean> => {
    setWrong(null);
    const refused = await changeSettings(patch);
    if (refused !== null) setWrong(whyRefused(words, refused));
    return refused === null;
  };
  return { wrong, setWrong, set };
}

function whyRefused(words: Words["settings"], refused: SettingsRefused): string {
  if (refused === "lost") return words.lost;
  const cause = refused.cause === null ? "" : ` (${visible(refused.cause, 200)})`;
  return `${words.troubles.codes[refused.code]}${cause} ${words.troubles.notKept}`;
}
