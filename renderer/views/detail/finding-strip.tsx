import { useMemo } from "react";
import { Button } from "react-aria-components";
import { isMuted } from "../../../shared/alerts.ts";
import { visible } from "../../../shared/format.ts";
import type { Finding } from "../../../shared/model/finding.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import { isBroken, worstFirst } from "../../../shared/rules/worst-first.ts";
import { Mend } from "../../components/mend.tsx";
import { PhraseText } from "../../components/phrase-text.tsx";
import { Triangle } from "../../components/triangle.tsx";
import { useFindingsOf } from "../../state/findings.ts";
import { useMutes } from "../../state/muted.ts";
import { choose } from "../../state/ui.ts";
import { useMends } from "../../state/use-mends.ts";
import { useWords } from "../../state/words.ts";
import "./finding-strip.css";

/** What the rules say of this instance: the worst finding with the command that mends it, and the way to the others. */
export function FindingStrip({ instance }: { readonly instance: Instance }) {
  const found = useFindingsOf(instance.id);
  const mutes = useMutes();
  const heard = useMemo(
    () =>
      found
        .filter(({ severity }) => severity !== "note")
        .filter((finding) => !isMuted(finding, instance.name, mutes))
        .sort(worstFirst),
    [found, instance.name, mutes],
  );
  const [worst] = heard;
  return worst === undefined ? null : (
    <Told key={worst.id} finding={worst} instance={instance} more={heard.length - 1} />
  );
}

function Told({
  finding,
  instance,
  more,
}: {
  readonly finding: Finding;
  readonly instance: Instance;
  readonly more: number;
}) {
  const { detail, findings, frame } = useWords();
  const mends = useMends(finding.instance, finding.proposal);
  // Of several ways the command is first; lines for a file stand in the case, with their place.
  const command = mends?.find(({ now, trouble }) => now && trouble === null)?.text.trimEnd() ?? null;
  const red = isBroken(finding);
  return (
    <section className={red ? "finding-strip over" : "finding-strip"} aria-label={detail.findingStrip.label}>
      <p>
        {red ? <Triangle /> : null}
        <b>
          <bdi>{findings.title(finding, visible(instance.name, 60))}</bdi>
        </b>
        {". "}
        <PhraseText phrase={findings.why(finding)} />
      </p>
      <div className="finding-acts">
        {command === null ? null : <Mend command={command} words={frame} />}
        <Button
          className="btn quiet"
          onPress={() => choose({ screen: "limits", selected: instance.id, open: null })}
        >
          {detail.findingStrip.more(more)}
        </Button>
      </div>
    </section>
  );
}
