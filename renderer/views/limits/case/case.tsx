import { useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { isMuted } from "../../../../shared/alerts.ts";
import { clockTime, visible } from "../../../../shared/format.ts";
import type { Finding } from "../../../../shared/model/finding.ts";
import type { Instance } from "../../../../shared/model/instance.ts";
import { isBroken, worstFirst } from "../../../../shared/rules/worst-first.ts";
import { PhraseText } from "../../../components/phrase-text.tsx";
import { Triangle } from "../../../components/triangle.tsx";
import { useFindingsOf } from "../../../state/findings.ts";
import { MemoryVerdict } from "../../../state/memory-verdict.tsx";
import { useMutes } from "../../../state/muted.ts";
import { offsetHere, useWords } from "../../../state/words.ts";
import { useWorld } from "../../../state/world.ts";
import { hostKey } from "../lines.ts";
import { CaseMenu } from "./case-menu.tsx";
import { EvidenceTable } from "./evidence-table.tsx";
import { chartOf } from "./hour.ts";
import { HourChart } from "./hour-chart.tsx";
import { Mends } from "./mends.tsx";
import { Quiet } from "./quiet.tsx";
import "./case.css";

/** What is said of one instance (or of the computer), its worst finding first: claim, course, evidence, mend, doubt. */
export function Case(props: { readonly of: string; readonly onApply: (finding: Finding) => void }) {
  const { of, onApply } = props;
  const { limits } = useWords();
  const instance = useWorld(({ byId }) => byId.get(of) ?? null);
  const found = useFindingsOf(of === hostKey ? null : of);
  const mutes = useMutes();
  const name = instance?.name ?? null;
  const heard = useMemo(
    () => found.filter((finding) => !isMuted(finding, name, mutes)).sort(worstFirst),
    [found, name, mutes],
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const finding = heard.find(({ id }) => id === chosen) ?? heard[0];
  return (
    <aside className={`case ${instance?.kind ?? ""}`} aria-label={limits.case.label}>
      {finding === undefined ? (
        instance === null ? null : (
          <Quiet instance={instance} />
        )
      ) : (
        <Told
          key={finding.id}
          finding={finding}
          instance={instance}
          others={heard.filter((one) => one !== finding)}
          onChoose={setChosen}
          onApply={onApply}
        />
      )}
    </aside>
  );
}

type ToldProps = {
  readonly finding: Finding;
  readonly instance: Instance | null;
  readonly others: readonly Finding[];
  readonly onChoose: (id: string) => void;
  readonly onApply: (finding: Finding) => void;
};

function Told({ finding, instance, others, onChoose, onApply }: ToldProps) {
  const { findings } = useWords();
  const name = instance === null ? "" : visible(instance.name, 60);
  const doubt = findings.doubt(finding);
  return (
    <>
      <header className="case-head">
        <h2>
          {isBroken(finding) ? <Triangle /> : null}
          <bdi>{findings.title(finding, name)}</bdi>
        </h2>
        <CaseMenu finding={finding} instance={instance} />
      </header>
      <p>
        <PhraseText phrase={findings.why(finding)} />
      </p>
      <Since finding={finding} />
      {instance !== null && aboutMemory.has(finding.rule) ? <MemoryVerdict instance={instance} /> : null}
      {instance === null || finding.shows === null ? null : (
        <HourChart instance={instance} kind={chartOf(finding.shows, instance.kind)} />
      )}
      <EvidenceTable finding={finding} />
      {finding.proposal === null ? null : (
        <Mends finding={finding} proposal={finding.proposal} onApply={onApply} />
      )}
      {doubt === null ? null : <p className="doubt">{doubt}</p>}
      <Others others={others} onChoose={onChoose} />
    </>
  );
}

/** Findings that the verdict on memory bears on. */
const aboutMemory: ReadonlySet<Finding["rule"]> = new Set([
  "memory-killed",
  "memory-thrashing",
  "memory-filling",
  "cache-only",
  "swap-full",
  "limit-unused",
]);

/** Since when it holds. Of a recording, or without a connection, only when it began. */
function Since({ finding: { openedAt } }: { readonly finding: Finding }) {
  const { limits, frame } = useWords();
  const time = clockTime(openedAt, offsetHere()).slice(0, 5);
  const length = useWorld(({ at }) => (at === null ? null : frame.duration(Math.max(0, at - openedAt))));
  return length === null ? null : <p className="since">{limits.case.since(time, length)}</p>;
}

/** What else is said of it. */
function Others({ others, onChoose }: Pick<ToldProps, "others" | "onChoose">) {
  const { limits, findings } = useWords();
  if (others.length === 0) return null;
  return (
    <section className="others">
      <h3>{limits.case.also(others.length)}</h3>
      <ul>
        {others.map((one) => (
          <li key={one.id}>
            <Button className={isBroken(one) ? "other over-text" : "other"} onPress={() => onChoose(one.id)}>
              {isBroken(one) ? <Triangle /> : null}
              {findings.line(one)}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
