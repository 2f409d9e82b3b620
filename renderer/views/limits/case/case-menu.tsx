import Ellipsis from "lucide-react/icons/ellipsis";
import { useState } from "react";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { visible } from "../../../../shared/format.ts";
import type { Finding } from "../../../../shared/model/finding.ts";
import type { Instance } from "../../../../shared/model/instance.ts";
import type { Mute } from "../../../../shared/model/settings.ts";
import { mutesNow } from "../../../state/muted.ts";
import { changeSettings } from "../../../state/settings.ts";
import { choose } from "../../../state/ui.ts";
import { useWords } from "../../../state/words.ts";
import "../../../components/choice.css";

type CaseMenuProps = { readonly finding: Finding; readonly instance: Instance | null };

/** What else can be done with a finding: look closer, or mute it here, everywhere, or all of its instance. */
export function CaseMenu({ finding, instance }: CaseMenuProps) {
  const words = useWords().limits.case;
  const [failed, setFailed] = useState(false);
  const mute = (one: Mute) => {
    void changeSettings({ muted: [...mutesNow(), one] }).then((refused) => setFailed(refused !== null));
  };
  const acts = {
    detail: () => choose({ selected: instance?.id ?? null, open: instance?.id ?? null }),
    here: () => mute({ rule: finding.rule, name: instance?.name ?? null }),
    rule: () => mute({ rule: finding.rule, name: null }),
    instance: () => mute({ rule: null, name: instance?.name ?? null }),
  };
  return (
    <>
      <MenuTrigger>
        <Button className="btn quiet only-icon" aria-label={words.more}>
          <Ellipsis className="icon" aria-hidden="true" />
        </Button>
        <Popover className="popover" placement="bottom end" offset={4}>
          <Menu className="menu" aria-label={words.more} onAction={(key) => acts[key as keyof typeof acts]()}>
            {instance === null ? null : (
              <MenuItem id="detail" className="menu-item">
                {words.detail}
              </MenuItem>
            )}
            {instance === null ? null : (
              <MenuItem id="here" className="menu-item">
                {words.muteHere}
              </MenuItem>
            )}
            <MenuItem id="rule" className="menu-item">
              {words.muteRule}
            </MenuItem>
            {instance === null ? null : (
              <MenuItem id="instance" className="menu-item">
                {words.muteInstance(visible(instance.name, 40))}
              </MenuItem>
            )}
          </Menu>
        </Popover>
      </MenuTrigger>
      {failed ? (
        <p className="mute-failed" role="alert">
          {words.muteFailed}
        </p>
      ) : null}
    </>
  );
}
