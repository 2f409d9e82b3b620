import { useEffect } from "react";
import { Button } from "react-aria-components";
import { count } from "../../../shared/format.ts";
import type { Settings } from "../../../shared/model/settings.ts";
import { Toggle } from "../../components/toggle.tsx";
import { loadChanges, useChanges } from "../../state/changes.ts";
import { choose } from "../../state/ui.ts";
import { useWords } from "../../state/words.ts";
import { SettingRow } from "./setting-row.tsx";
import { useSetting } from "./use-setting.ts";

/** Whether Tare may change limits, and what it changed. */
export function ChangesPart({ settings }: { readonly settings: Settings }) {
  const words = useWords().settings;
  const { wrong, set } = useSetting();
  const list = useChanges((changes) => changes.list);
  useEffect(() => void loadChanges(), []);
  return (
    <>
      <SettingRow {...words.changes} wrong={wrong}>
        <Toggle
          label={words.changes.name}
          on={settings.changes}
          words={words}
          onChange={(changes) => void set({ changes })}
        />
      </SettingRow>
      <SettingRow name={words.history.name} note={words.history.note}>
        <Button className="btn" onPress={() => choose({ history: true })}>
          {list === null || list.length === 0 ? words.history.none : words.history.count(count(list.length))}
        </Button>
      </SettingRow>
    </>
  );
}
