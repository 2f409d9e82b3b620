import { visible } from "../../shared/format.ts";
import { CopyButton, useCopying } from "./copy-button.tsx";
import "./mend.css";

type MendProps = {
  /** The exact command. */
  readonly command: string;
  readonly words: { readonly copy: string; readonly copied: string };
};

/** A command that puts something right, as text and with a button that copies it. */
export function Mend({ command, words }: MendProps) {
  const copying = useCopying(command);
  return (
    <span className="mend">
      <code>
        <bdi>{visible(command, 400)}</bdi>
      </code>
      <CopyButton copying={copying} words={words} />
    </span>
  );
}
