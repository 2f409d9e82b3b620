import { Button } from "react-aria-components";
import { Segmented } from "../../components/segmented.tsx";
import { choose, useUi } from "../../state/ui.ts";
import { useWords } from "../../state/words.ts";
import { SettingRow } from "./setting-row.tsx";

/** How the page looks. Kept by this browser or window, not in the file. */
export function LookPart() {
  const words = useWords().settings;
  const theme = useUi((ui) => ui.theme);
  const language = useUi((ui) => ui.language);
  return (
    <>
      <SettingRow {...words.theme}>
        <Segmented
          label={words.theme.name}
          options={(["system", "light", "dark"] as const).map((key) => ({ key, word: words.themes[key] }))}
          chosen={theme}
          onChoose={(next) => choose({ theme: next })}
        />
      </SettingRow>
      <SettingRow {...words.language}>
        <Segmented
          label={words.language.name}
          options={(["browser", "en", "ko"] as const).map((key) => ({ key, word: words.languages[key] }))}
          chosen={language ?? "browser"}
          onChoose={(next) => choose({ language: next === "browser" ? null : next })}
        />
      </SettingRow>
      <SettingRow name={words.keys.name} note={words.keys.note}>
        <Button className="btn quiet" onPress={() => choose({ help: true })}>
          {words.keys.show}
          <kbd>{"?"}</kbd>
        </Button>
      </SettingRow>
    </>
  );
}
