import { Button } from "react-aria-components";
import { contradictions } from "../../../shared/rules/contradictions.ts";
import { defaultThresholds, type Thresholds } from "../../../shared/rules/thresholds.ts";
import { useWords } from "../../state/words.ts";
import { SettingRow } from "./setting-row.tsx";
import {
  measureOf,
  parseThreshold,
  type ThresholdName,
  thresholdGroups,
  thresholdText,
} from "./threshold-text.ts";
import { TypedField } from "./typed-field.tsx";
import { useSetting } from "./use-setting.ts";

/** What findings judge by, grouped by what they look at; each with its default, and a way back to it. */
export function ThresholdsPart({ thresholds }: { readonly thresholds: Thresholds }) {
  const words = useWords().settings.judged;
  const { wrong, set } = useSetting();
  const changed = (Object.keys(defaultThresholds) as ThresholdName[]).some(
    (name) => thresholds[name] !== defaultThresholds[name],
  );
  return (
    <>
      {(Object.keys(thresholdGroups) as (keyof typeof thresholdGroups)[]).map((group) => (
        <section key={group} className="setting-group" aria-label={words.groups[group]}>
          <h3>{words.groups[group]}</h3>
          {thresholdGroups[group].map((name) => (
            <Threshold key={name} name={name} thresholds={thresholds} />
          ))}
        </section>
      ))}
      {changed ? (
        <p className="setting-foot">
          <Button className="btn quiet" onPress={() => void set({ thresholds: defaultThresholds })}>
            {words.allUsual}
          </Button>
          {wrong}
        </p>
      ) : null}
    </>
  );
}

function Threshold({ name, thresholds }: { readonly name: ThresholdName; readonly thresholds: Thresholds }) {
  const words = useWords().settings.judged;
  const { wrong, setWrong, set } = useSetting();
  const row = words.names[name];
  const shown = thresholdText(words.units, name, thresholds[name]);
  const usual = thresholdText(words.units, name, defaultThresholds[name]);
  const take = (value: number | null) => {
    if (value === null) return setWrong(words.notRead[measureOf(name)]);
    const next = { ...thresholds, [name]: value };
    const [contradiction] = contradictions(next);
    if (contradiction) return setWrong(words.contradictions[contradiction.code]);
    void set({ thresholds: next });
  };
  return (
    <SettingRow name={row.name} note={row.note} wrong={wrong}>
      {shown === usual ? null : (
        <Button
          className="btn quiet"
          aria-label={words.toUsual(row.name, usual)}
          onPress={() => take(defaultThresholds[name])}
        >
          {words.usual(usual)}
        </Button>
      )}
      <TypedField
        label={`${row.name} ${row.note}`.trim()}
        text={shown}
        className="threshold"
        isWrong={wrong !== null}
        onDone={(text) => take(parseThreshold(name, text, shown))}
      />
    </SettingRow>
  );
}
