import Search from "lucide-react/icons/search";
import X from "lucide-react/icons/x";
import { useRef } from "react";
import { Button, Input, SearchField } from "react-aria-components";
import { useShortcuts } from "../state/keys.ts";
import { choose, useUi } from "../state/ui.ts";
import { useWords } from "../state/words.ts";

/** Narrows the list by name, image, project and id. / leads here; Escape empties it, and once more leaves it. */
export function FindField() {
  const { frame } = useWords();
  const search = useUi((ui) => ui.search);
  const input = useRef<HTMLInputElement>(null);
  useShortcuts({ filter: () => input.current?.focus() });
  return (
    <SearchField
      className={search === "" ? "find" : "find filled"}
      aria-label={frame.find}
      value={search}
      onChange={(text) => choose({ search: text })}
      onKeyDown={(event) => {
        if (event.key === "Escape" && search === "") input.current?.blur();
        else event.continuePropagation();
      }}
    >
      <Search className="icon" aria-hidden="true" />
      <Input ref={input} placeholder={frame.find} maxLength={200} spellCheck={false} />
      {search === "" ? (
        <kbd>{"/"}</kbd>
      ) : (
        <Button className="clear" aria-label={frame.clear}>
          <X className="icon small" aria-hidden="true" />
        </Button>
      )}
    </SearchField>
  );
}
