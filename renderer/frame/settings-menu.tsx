import Check from "lucide-react/icons/check";
import Settings2 from "lucide-react/icons/settings-2";
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import type { Language } from "../../shared/words/words.ts";
import { choose, type Theme, useUi } from "../state/ui.ts";
import { useWords } from "../state/words.ts";
import "../components/choice.css";

/** Language, theme and the way to the keys. */
export function SettingsMenu() {
  const { frame } = useWords();
  const language = useUi((ui) => ui.language);
  const theme = useUi((ui) => ui.theme);
  return (
    <MenuTrigger>
      <Button className="btn quiet only-icon" aria-label={frame.settings}>
        <Settings2 className="icon" aria-hidden="true" />
      </Button>
      <Popover className="popover" placement="bottom end" offset={4}>
        <Menu className="menu" aria-label={frame.settings}>
          <MenuSection
            className="menu-part"
            aria-label={frame.language}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[language ?? "browser"]}
            onSelectionChange={(keys) => {
              const [key] = keys;
              choose({ language: key === "en" || key === "ko" ? (key as Language) : null });
            }}
          >
            <Header className="menu-head">{frame.language}</Header>
            <Item id="browser" word={frame.asTheBrowser} />
            <Item id="en" word={frame.english} lang="en" />
            <Item id="ko" word={frame.korean} lang="ko" />
          </MenuSection>
          <MenuSection
            className="menu-part"
            aria-label={frame.theme}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[theme]}
            onSelectionChange={(keys) => {
              const [key] = keys;
              choose({ theme: key as Theme });
            }}
          >
            <Header className="menu-head">{frame.theme}</Header>
            <Item id="system" word={frame.themes.system} />
            <Item id="light" word={frame.themes.light} />
            <Item id="dark" word={frame.themes.dark} />
          </MenuSection>
          <MenuSection className="menu-part" aria-label={frame.keys.title}>
            <MenuItem
              id="keys"
              textValue={frame.showKeys}
              className="menu-item"
              onAction={() => choose({ help: true })}
            >
              <Check className="icon small tick" aria-hidden="true" />
              {frame.showKeys}
              <kbd>{"?"}</kbd>
            </MenuItem>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function Item({ id, word, lang }: { readonly id: string; readonly word: string; readonly lang?: string }) {
  return (
    <MenuItem id={id} textValue={word} className="menu-item">
      <Check className="icon small tick" aria-hidden="true" />
      <span lang={lang}>{word}</span>
    </MenuItem>
  );
}
