import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import type { FigureName, figures } from "../../shared/figures.ts";
import { choose } from "../state/ui.ts";
import { useWords } from "../state/words.ts";
import "./meaning.css";

/** A heading of docs/measuring.md that figures lead to. */
export type Meant = (typeof figures)[FigureName]["doc"] | "time-to-ready";

/** The name of a figure, which leads to its heading in docs/measuring.md. */
export function Meaning({ of, children }: { readonly of: Meant; readonly children: ReactNode }) {
  return (
    <Button className="meaning" aria-haspopup="dialog" onPress={() => choose({ meaning: of })}>
      {children}
    </Button>
  );
}

/** The same as a mark of its own, where the name does something else (a column head sorts). */
export function MeaningMark({ of, name }: { readonly of: Meant; readonly name: string }) {
  const { meaning } = useWords().frame;
  return (
    <Button
      className="meaning-mark"
      aria-label={meaning.what(name)}
      aria-haspopup="dialog"
      onPress={() => choose({ meaning: of })}
    >
      {"?"}
    </Button>
  );
}
