import { type ReactNode, useRef } from "react";
import { Button } from "react-aria-components";
import type { SettingsTold } from "../../../shared/model/settings.ts";
import { Foreign } from "../../components/foreign.tsx";
import { useSettings } from "../../state/settings.ts";
import { choose, type SettingsPart, settingsParts } from "../../state/ui.ts";
import { useWords } from "../../state/words.ts";
import { AlertsPart } from "./alerts-part.tsx";
import { ChangesPart } from "./changes-part.tsx";
import { LabPart } from "./lab-part.tsx";
import { LookPart } from "./look-part.tsx";
import { SettingRow } from "./setting-row.tsx";
import { ThresholdsPart } from "./thresholds-part.tsx";
import { useSettingKeys } from "./use-setting-keys.ts";
import "./settings-page.css";

/** All that can be set, on one page in two columns. `part`: where the focus goes first. */
export function SettingsPage({ part }: { readonly part: SettingsPart }) {
  const words = useWords().settings;
  const told = useSettings((state) => state.told);
  const page = useRef<HTMLDivElement>(null);
  const onKeyDownCapture = useSettingKeys(page, part, told !== null);
  return (
    <div className="settings" ref={page} onKeyDownCapture={onKeyDownCapture}>
      <h1>{words.title}</h1>
      <div className="settings-grid">
        <nav aria-label={words.sections}>
          {settingsParts.map((key) => (
            <Button
              key={key}
              className="settings-link"
              {...(key === part ? { "aria-current": "true" as const } : {})}
              onPress={() => choose({ settings: key })}
            >
              {words.parts[key]}
            </Button>
          ))}
        </nav>
        <div>
          <Part part="look">
            <LookPart />
          </Part>
          {told === null ? null : (
            <>
              <Part part="changes">
                <ChangesPart settings={told.settings} />
              </Part>
              <Part part="alerts">
                <AlertsPart settings={told.settings} />
              </Part>
              <Part part="lab">
                <LabPart settings={told.settings} />
              </Part>
            </>
          )}
          <Part part="data">
            <Data told={told} />
          </Part>
        </div>
        <div>
          {told === null ? (
            <p className="faint">{words.loading}</p>
          ) : (
            <Part part="findings">
              <ThresholdsPart thresholds={told.settings.thresholds} />
            </Part>
          )}
        </div>
      </div>
      <footer className="settings-foot" aria-hidden="true">
        <kbd>{"↑↓"}</kbd> {words.hints.move} <kbd>{"Space"}</kbd> {words.hints.switch} <kbd>{"Esc"}</kbd>{" "}
        {words.hints.back}
      </footer>
    </div>
  );
}

function Part({ part, children }: { readonly part: SettingsPart; readonly children: ReactNode }) {
  const words = useWords().settings;
  return (
    <section data-part={part} aria-labelledby={`settings-${part}`}>
      <h2 id={`settings-${part}`}>{words.parts[part]}</h2>
      {children}
    </section>
  );
}

/** Where the settings are kept, and why they are not used where that is so. */
function Data({ told }: { readonly told: SettingsTold | null }) {
  const words = useWords().settings;
  const trouble = told?.trouble ?? null;
  return (
    <>
      <SettingRow name={words.file.name} note={words.file.note}>
        <code className="settings-path">
          <Foreign text={told?.path ?? words.file.none} most={400} />
        </code>
      </SettingRow>
      {trouble === null ? null : (
        <div className="settings-trouble" role="alert">
          <b>{words.troubles.title}</b>
          {`. ${words.troubles.codes[trouble.code]} ${words.troubles.kept}`}
          {trouble.cause === null ? null : (
            <pre>
              <Foreign text={trouble.cause} most={600} />
            </pre>
          )}
        </div>
      )}
      <SettingRow name={words.sent.name} note={words.sent.note}>
        {words.sent.value}
      </SettingRow>
    </>
  );
}
