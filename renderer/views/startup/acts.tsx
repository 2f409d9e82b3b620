import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import { type RefObject, useEffect, useState } from "react";
import { Button, ToggleButton } from "react-aria-components";
import type { Race } from "../../../shared/model/race.ts";
import { jsonOf } from "../../../shared/race/json.ts";
import { markdownOf } from "../../../shared/race/markdown.ts";
import { pictureOf } from "../../charts/picture.ts";
import { choose, useUi } from "../../state/ui.ts";
import { useWords } from "../../state/words.ts";
import { fileName } from "./file-name.ts";

type ActsProps = {
  readonly race: Race;
  readonly name: string;
  /** What is saved as a picture. */
  readonly result: RefObject<HTMLElement | null>;
  /** null: nothing can be started now. */
  readonly onAgain: (() => void) | null;
  readonly onBack: () => void;
};

/** How long "Copied" or "could not be saved" stands, in ms. */
const toldFor = 2_500;
/** Pixels a CSS pixel: sharp in print and on any screen. */
const pictureRatio = 2;
const pictureMargin = 24;

/** What can be done with a result: run it again, take it along, choose anew. */
export function Acts({ race, name, result, onAgain, onBack }: ActsProps) {
  const { startup, lab } = useWords();
  const words = startup.acts;
  const asTable = useUi((ui) => ui.asTable);
  const [told, tell] = useState<"copied" | "failed" | null>(null);
  useEffect(() => {
    if (told === null) return;
    const timer = window.setTimeout(() => tell(null), toldFor);
    return () => window.clearTimeout(timer);
  }, [told]);
  const copy = () =>
    navigator.clipboard.writeText(markdownOf(race, lab)).then(
      () => tell("copied"),
      () => tell("failed"),
    );
  const saveJson = () => {
    const text = `${JSON.stringify(jsonOf(race), null, 2)}\n`;
    save(new Blob([text], { type: "application/json" }), fileName(name, race.at, "json"));
  };
  const savePicture = () => {
    if (!result.current) return;
    pictureOf(result.current, pictureRatio, pictureMargin).toBlob((blob) => {
      if (blob === null) tell("failed");
      else save(blob, fileName(name, race.at, "png"));
    }, "image/png");
  };
  return (
    <section className="result-acts" aria-label={words.label}>
      {onAgain === null ? null : (
        <Button className="btn main" onPress={onAgain}>
          {words.again}
          <kbd>{"R"}</kbd>
        </Button>
      )}
      <Button className="btn" onPress={onBack}>
        {startup.back}
        <kbd>{"Esc"}</kbd>
      </Button>
      <span className="taking">
        <Button className="btn quiet" onPress={() => void copy()}>
          {told === "copied" ? (
            <Check className="icon" aria-hidden="true" />
          ) : (
            <Copy className="icon" aria-hidden="true" />
          )}
          {told === "copied" ? words.copied : words.copy}
        </Button>
        <Button className="btn quiet" onPress={savePicture}>
          {words.png}
        </Button>
        <Button className="btn quiet" onPress={saveJson}>
          {words.json}
        </Button>
        <ToggleButton className="btn quiet" isSelected={asTable} onChange={(on) => choose({ asTable: on })}>
          {words.table}
          <kbd>{"T"}</kbd>
        </ToggleButton>
      </span>
      <span className={told === "failed" ? "" : "unseen"} role="status">
        {told === null ? "" : words[told]}
      </span>
    </section>
  );
}

/** Hands a file to the browser, which asks or saves as it is used to. */
function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken it over by the next turn; kept any longer it would only hold the memory.
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
