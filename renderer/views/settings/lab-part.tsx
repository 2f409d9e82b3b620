import type { Settings } from "../../../shared/model/settings.ts";
import { useWords } from "../../state/words.ts";
import { SettingRow } from "./setting-row.tsx";
import { TypedField } from "./typed-field.tsx";
import { useSetting } from "./use-setting.ts";

/** What the startup lab boots its guests with. */
export function LabPart({ settings }: { readonly settings: Settings }) {
  const words = useWords().settings.kernel;
  const { wrong, set } = useSetting();
  return (
    <SettingRow name={words.name} note={words.note} wrong={wrong}>
      <TypedField
        label={words.name}
        text={settings.kernel ?? ""}
        placeholder={words.own}
        className="path"
        isWrong={wrong !== null}
        onDone={(text) => void set({ kernel: text === "" ? null : text })}
      />
    </SettingRow>
  );
}
