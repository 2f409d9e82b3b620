import Settings2 from "lucide-react/icons/settings-2";
import { Button } from "react-aria-components";
import { choose, toSettings, useUi } from "../state/ui.ts";
import { useWords } from "../state/words.ts";

/** Leads to the settings, and back to the screen. */
export function SettingsButton() {
  const { frame } = useWords();
  const open = useUi((ui) => ui.settings !== null);
  return (
    <Button
      className={open ? "btn quiet only-icon on" : "btn quiet only-icon"}
      aria-label={frame.settings}
      {...(open ? { "aria-current": "page" as const } : {})}
      onPress={() => (open ? choose({ settings: null }) : toSettings("look"))}
    >
      <Settings2 className="icon" aria-hidden="true" />
    </Button>
  );
}
