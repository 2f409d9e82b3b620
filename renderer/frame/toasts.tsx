import X from "lucide-react/icons/x";
import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { visible } from "../../shared/format.ts";
import type { Severity } from "../../shared/model/finding.ts";
import type { Millis } from "../../shared/model/units.ts";
import { isBroken } from "../../shared/rules/worst-first.ts";
import { PhraseText } from "../components/phrase-text.tsx";
import { Triangle } from "../components/triangle.tsx";
import { toFinding } from "../state/to-finding.ts";
import { type ToldNews, useTold } from "../state/told.ts";
import { useUi } from "../state/ui.ts";
import { useWords } from "../state/words.ts";
import "./toasts.css";

/** More would hide the screen that tells the same. */
const most = 3;
/** They go by themselves: the tab's count and the list stay. */
const stays = { note: 0, warning: 15_000, critical: 60_000 } as const satisfies Record<Severity, Millis>;

/** Findings that open while the page is looked at, each leading to its instance; and the same for who listens instead. */
export function Toasts() {
  const { frame, limits, findings } = useWords();
  // For a projector they are noise, and on Limits the list itself says it, where a toast would hide the case.
  const apart = useUi((ui) => ui.presenting || (ui.screen === "limits" && ui.settings === null));
  const [shown, setShown] = useState<readonly ToldNews[]>([]);
  /** Not its words: those follow the language. */
  const [spoken, setSpoken] = useState<ToldNews | null>(null);
  const drop = (id: string) => setShown((before) => before.filter(({ finding }) => finding.id !== id));
  useTold((news) => {
    setSpoken(news);
    drop(news.finding.id);
    if (news.kind !== "cleared") setShown((before) => [...before, news].slice(-most));
  });
  const titleOf = ({ finding, name }: ToldNews) => findings.title(finding, visible(name ?? "", 60));
  return (
    <>
      <div className="unseen" role="status">
        {spoken === null ? null : limits[spoken.kind === "cleared" ? "cleared" : "opened"](titleOf(spoken))}
      </div>
      {shown.length === 0 || apart ? null : (
        <section className="toasts" aria-label={frame.toasts.label}>
          <ol>
            {shown.map((news) => (
              <Toast key={news.sequence} news={news} onClose={() => drop(news.finding.id)} />
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

function Toast({ news, onClose }: { readonly news: ToldNews; readonly onClose: () => void }) {
  const { frame, findings } = useWords();
  const { finding, name } = news;
  const title = findings.title(finding, visible(name ?? "", 60));
  // While it is pointed at or has the focus, it waits.
  const [held, setHeld] = useState(false);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    if (held) return;
    const timer = window.setTimeout(() => close.current(), stays[finding.severity]);
    return () => window.clearTimeout(timer);
  }, [held, finding.severity]);
  const look = () => {
    toFinding(finding.instance);
    onClose();
  };
  return (
    <li
      className={isBroken(finding) ? "toast broken" : "toast"}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose();
      }}
    >
      <Button className="toast-look" onPress={look}>
        <b>
          {isBroken(finding) ? <Triangle /> : null}
          <bdi>{title}</bdi>
        </b>
        <span>
          <PhraseText phrase={findings.why(finding)} />
        </span>
      </Button>
      <Button className="btn quiet only-icon" aria-label={frame.toasts.dismiss} onPress={onClose}>
        <X className="icon" aria-hidden="true" />
      </Button>
    </li>
  );
}
