import Check from "lucide-react/icons/check";
import ChevronDown from "lucide-react/icons/chevron-down";
import type { ReactNode } from "react";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import "./choice.css";

export type Option<Key extends string> = { readonly key: Key; readonly word: string };

type ChoiceProps<Key extends string> = {
  /** What is chosen here, said before the choice to those who do not see the place it stands in. */
  readonly label: string;
  /** What the closed button says. */
  readonly children: ReactNode;
  readonly options: readonly Option<Key>[];
  readonly chosen: Key;
  readonly onChoose: (key: Key) => void;
  readonly className?: string;
};

/** A quiet button that opens a list of which one is chosen. */
export function Choice<Key extends string>(props: ChoiceProps<Key>) {
  const { label, children, options, chosen, onChoose, className = "" } = props;
  return (
    <MenuTrigger>
      <Button className={`chip ${className}`}>
        <span className="unseen">{`${label}: `}</span>
        {children}
        <ChevronDown className="icon small" aria-hidden="true" />
      </Button>
      <Popover className="popover" placement="bottom end" offset={4}>
        <Menu
          className="menu"
          aria-label={label}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[chosen]}
          onAction={(key) => onChoose(key as Key)}
        >
          {options.map(({ key, word }) => (
            <MenuItem key={key} id={key} textValue={word} className="menu-item">
              <Check className="icon small tick" aria-hidden="true" />
              <bdi>{word}</bdi>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
