import { memo } from "react";
import { bytes, count, mebibytes, mebibytesFine } from "../../../shared/format.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import { engineNames } from "../../../shared/words/engine-names.ts";
import { Foreign } from "../../components/foreign.tsx";
import { Meaning, type Meant } from "../../meaning/meaning.tsx";
import { useWords } from "../../state/words.ts";
import { CountFacts, MissingFacts, NamespaceFacts, RightsFacts } from "./kernel-facts.tsx";
import { LimitsTable } from "./limits-table.tsx";
import { SourceFacts } from "./source-facts.tsx";
import type { Looked } from "./use-detail.ts";
import { useSample } from "./use-sample.ts";
import { VirtualFacts } from "./virtual-facts.tsx";
import "./facts.css";

/** The column at the right: what bounds it, what it is made of, what it was read from. */
export const Facts = memo(function Facts({
  instance,
  detail,
}: {
  readonly instance: Instance;
  readonly detail: Looked;
}) {
  const sample = useSample(instance.id);
  const looked = detail === "looking" ? null : detail;
  return (
    <div className="facts">
      {instance.virtualization && <VirtualFacts of={instance.virtualization} />}
      <LimitsTable instance={instance} sample={sample} detail={looked} />
      {looked && <NamespaceFacts detail={looked} />}
      {looked && <RightsFacts detail={looked} />}
      <Life instance={instance} />
      <Processes detail={detail} />
      {looked && <CountFacts detail={looked} />}
      {looked && <MissingFacts detail={looked} />}
      <SourceFacts instance={instance} detail={looked} />
    </div>
  );
});

/** What happened to it so far, in counts. Rows that are not known, or do not exist for it, are left out. */
function Life({ instance }: { readonly instance: Instance }) {
  const words = useWords().detail.facts;
  const sample = useSample(instance.id);
  const { health, restarts, imageSize, alsoSeenBy } = instance;
  const kills = sample?.oomKills ?? null;
  const rows: readonly { name: string; value: string; bad: boolean; means?: Meant }[] = [
    ...(health === null ? [] : [{ name: words.health, value: health, bad: false }]),
    ...(restarts === null ? [] : [{ name: words.restarts, value: count(restarts), bad: false }]),
    ...(kills === null
      ? []
      : [{ name: words.oomKills, value: count(kills), bad: kills > 0, means: "oom-kills" as const }]),
    ...(sample?.limitHits == null
      ? []
      : [
          {
            name: words.limitHits,
            value: words.timesCount(count(sample.limitHits)),
            bad: false,
            means: "limit-hits" as const,
          },
        ]),
    ...(sample?.peak == null
      ? []
      : [{ name: words.peak, value: bytes(sample.peak), bad: false, means: "peak" as const }]),
    ...(imageSize === null ? [] : [{ name: words.image, value: bytes(imageSize), bad: false }]),
    ...(alsoSeenBy.length === 0
      ? []
      : [
          { name: words.alsoSeen, value: alsoSeenBy.map((each) => engineNames[each]).join(", "), bad: false },
        ]),
  ];
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>{words.stateTitle}</h3>
      <table>
        <tbody>
          {rows.map(({ name, value, bad, means }) => (
            <tr key={name}>
              <th scope="row">{means === undefined ? name : <Meaning of={means}>{name}</Meaning>}</th>
              <td className={bad ? "over-text" : undefined}>
                <Foreign text={value} most={40} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Processes listed at most: the heaviest; helpers are always among them. */
const mostListed = 8;

function Processes({ detail }: { readonly detail: Looked }) {
  const words = useWords().detail;
  if (detail === "looking") return null;
  const all = detail?.processes ?? [];
  const listed = [
    ...all.filter(({ helper }) => !helper).slice(0, mostListed),
    ...all.filter(({ helper }) => helper),
  ];
  return (
    <section>
      <h3>{words.facts.processesTitle}</h3>
      {listed.length === 0 && (
        <p className="note">{detail === null ? words.facts.notLookedUp : words.facts.noProcesses}</p>
      )}
      <table className="names">
        <tbody>
          {listed.map(({ pid, name, helper, threads, memory }) => (
            <tr key={pid} title={String(pid)}>
              <th scope="row">
                <Foreign text={name} most={40} />
              </th>
              <td className={helper ? "second" : undefined}>
                {helper
                  ? words.tare
                  : threads === null
                    ? ""
                    : words.facts.threadsOf(count(threads), threads === 1)}
              </td>
              <td>
                {words.facts.amountMib(
                  memory !== null && memory < 100 * 1024 * 1024 ? mebibytesFine(memory) : mebibytes(memory),
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
