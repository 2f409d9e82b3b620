import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import { useEffect, useState } from "react";
import { Button } from "react-aria-components";

export type Copying = { readonly copied: boolean; readonly copy: () => void };

/** Copies `text`; for two seconds after it, `copied` says so. */
export function useCopying(text: string): Copying {
  const [copied, setCopied] = useState<string | null>(null);
  useEffect(() => {
    if (copied === null) return;
    const timer = window.setTimeout(() => setCopied(null), 2_000);
    return () => window.clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(text),
      () => setCopied(null),
    );
  };
  return { copied: copied === text, copy };
}

type CopyButtonProps = {
  readonly copying: Copying;
  readonly words: { readonly copy: string; readonly copied: string };
  /** The one that is meant to be pressed. */
  readonly main?: boolean;
};

export function CopyButton({ copying, words, main = false }: CopyButtonProps) {
  const Icon = copying.copied ? Check : Copy;
  return (
    <Button className={main ? "btn main" : "btn"} onPress={copying.copy}>
      <Icon className="icon" aria-hidden="true" />
      <span aria-live="polite">{copying.copied ? words.copied : words.copy}</span>
    </Button>
  );
}
