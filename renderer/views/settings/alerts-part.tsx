import { Button } from "react-aria-components";
import { visible } from "../../../shared/format.ts";
import type { Mute, Settings } from "../../../shared/model/settings.ts";
import type { Words } from "../../../shared/words/words.ts";
import { Toggle } from "../../components/toggle.tsx";
import { useWords } from "../../state/words.ts";
import { SettingRow } from "./setting-row.tsx";
import { minuteText, parseMinute } from "./threshold-text.ts";
import { TypedField } from "./typed-field.tsx";
import { useSetting } from "./use-setting.ts";

/** A night, where quiet hours are turned on first. */
const night = { from: 22 * 60, to: 7 * 60 } as const;

/** Which findings are told while they open, and when not. */
export function AlertsPart({ settings }: { readonly settings: Settings }) {
  const words = useWords().settings;
  const { wrong, set } = useSetting();
  return (
    <>
      <SettingRow {...words.alerts} wrong={wrong}>
        <Toggle
          label={words.alerts.name}
          on={settings.alerts}
          words={words}
          onChange={(alerts) => void set({ alerts })}
        />
      </SettingRow>
      <QuietHours quiet={settings.quietHours} />
      <Muted muted={settings.muted} />
    </>
  );
}

function QuietHours({ quiet }: { readonly quiet: Settings["quietHours"] }) {
  const words = useWords().settings;
  const { wrong, setWrong, set } = useSetting();
  const take = (end: "from" | "to", text: string) => {
    const minute = parseMinute(text);
    if (minute === null) return setWrong(words.quiet.notATime);
    const next = { ...(quiet ?? night), [end]: minute };
    if (next.from === next.to) return setWrong(words.quiet.same);
    void set({ quietHours: next });
  };
  return (
    <SettingRow name={words.quiet.name} note={words.quiet.note} wrong={wrong}>
      {quiet === null ? null : (
        <span className="setting-times">
          <TypedField
            label={words.quiet.from}
            text={minuteText(quiet.from)}
            className="time"
            isWrong={wrong !== null}
            onDone={(text) => take("from", text)}
          />
          {words.quiet.between}
          <TypedField
            label={words.quiet.to}
            text={minuteText(quiet.to)}
            className="time"
            isWrong={wrong !== null}
            onDone={(text) => take("to", text)}
          />
        </span>
      )}
      <Toggle
        label={words.quiet.name}
        on={quiet !== null}
        words={words}
        onChange={(on) => void set({ quietHours: on ? night : null })}
      />
    </SettingRow>
  );
}

function Muted({ muted }: { readonly muted: readonly Mute[] }) {
  const words = useWords();
  const { wrong, set } = useSetting();
  const { muted: own } = words.settings;
  return (
    <>
      <SettingRow name={own.name} note={own.note} wrong={wrong}>
        {muted.length === 0 ? <span className="unit">{own.none}</span> : null}
      </SettingRow>
      {muted.length === 0 ? null : (
        <ul className="setting-list">
          {muted.map((mute) => {
            const what = muteText(words, mute);
            return (
              <li key={`${mute.rule} ${mute.name}`}>
                <bdi>{what}</bdi>
                <Button
                  className="btn quiet"
                  aria-label={own.againOf(what)}
                  onPress={() => void set({ muted: muted.filter((one) => one !== mute) })}
                >
                  {own.again}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}

const muteText = ({ settings: { muted }, findings }: Words, { name, rule }: Mute): string =>
  muted.of(
    name === null ? muted.everyone : visible(name, 80),
    rule === null ? muted.all : findings.rule(rule),
  );
