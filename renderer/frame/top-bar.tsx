import { Button } from "react-aria-components";
import { choose, useUi } from "../state/ui.ts";
import { useWords } from "../state/words.ts";
import { useWorld } from "../state/world.ts";
import { views } from "../views/views.ts";
import { FindField } from "./find-field.tsx";
import { OverBadge } from "./over-badge.tsx";
import { SettingsButton } from "./settings-button.tsx";
import "./top-bar.css";

/** Name, screens, whether this is live, the find field and the settings. */
export function TopBar() {
  const { frame } = useWords();
  const screen = useUi((ui) => ui.screen);
  const inSettings = useUi((ui) => ui.settings !== null);
  return (
    <header className="top-bar">
      <span className="brand">
        <svg className="mark" viewBox="0 0 18 18" aria-hidden="true">
          <path d="M1.5 1.5h15v15h-15zM5.5 5.5v7h7v-7z" fillRule="evenodd" className="mark-fill" />
          <path d="M1.5 1.5h15v15h-15zM5.5 5.5h7v7h-7z" className="mark-line" />
        </svg>
        <b>{frame.product}</b>
      </span>
      <nav aria-label={frame.screens}>
        {views.map(({ key, name }, index) => (
          <Button
            key={key}
            className="tab"
            {...(key === screen && !inSettings ? { "aria-current": "page" as const } : {})}
            onPress={() => choose({ screen: key })}
          >
            {frame[name]}
            {name === "limits" ? <OverBadge /> : null}
            <kbd>{index + 1}</kbd>
          </Button>
        ))}
      </nav>
      <div className="right">
        <Mark />
        {!inSettings && views.find(({ key }) => key === screen)?.finds ? <FindField /> : null}
        <SettingsButton />
      </div>
    </header>
  );
}

/** Live or not; a recording says so in its own bar below. */
function Mark() {
  const { frame } = useWords();
  const connection = useWorld((world) => world.connection);
  const recorded = useWorld((world) => world.replay !== null);
  if (recorded) return null;
  const word = { live: frame.live, connecting: frame.connecting, lost: frame.away }[connection];
  return (
    <span className={`live ${connection}`}>
      <i className="pulse" />
      {word}
      {connection === "live" ? <span className="unit">{frame.period}</span> : null}
    </span>
  );
}
