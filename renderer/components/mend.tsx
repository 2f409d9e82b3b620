import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import { useEffect, useState } from "react";
import { Button } from "react-aria-components";
import { visible } from "../../shared/format.ts";
import "./mend.css";

type MendProps = {
  /** The exact command. */
  readonly command: string;
  readonly words: { readonly copy: string; readonly copied: string };
};

/** A command that puts something right, as text and with a button that copies it. */
export function Mend({ command, words }: MendProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = window.setTimeout(() => setCopied(false), 2_000);
    return () => window.clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    navigator.clipboard.writeText(command).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <span className="mend">
      <code>
        <bdi>{visible(command, 400)}</bdi>
      </code>
      <Button className="btn" onPress={copy}>
        {copied ? (
          <Check className="icon" aria-hidden="true" />
        ) : (
          <Copy className="icon" aria-hidden="true" />
        )}
        <span aria-live="polite">{copied ? words.copied : words.copy}</span>
      </Button>
    </span>
  );
}
